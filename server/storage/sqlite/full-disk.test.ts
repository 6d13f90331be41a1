import { expect, test } from "vitest";
import { hashOf } from "../asset-hash.ts";
import { OtherProcess, storageModule } from "../contract/other-process.ts";
import { makeTemporaryFolder } from "../contract/temporary-folder.ts";
import { bytesOn, home } from "../contract/words.ts";
import { openSqliteStorage } from "../sqlite.ts";

const tooLarge = 4 * 1024 * 1024;

/**
 * Writes what fits and what does not, at once and one after the other, and says each outcome. A limit on the size
 * of files stands in for a full disk: the operating system refuses to write on, in the middle of a write.
 */
function writerIn(folder: string): OtherProcess {
  const source = `
    import { hashOf } from ${storageModule("asset-hash.ts")};
    import { openSqliteStorage } from ${storageModule("sqlite.ts")};
    const storage = await openSqliteStorage(${JSON.stringify(folder)});
    const bytes = (length, value) => new Uint8Array(length).fill(value);
    const append = (update) => storage.journal.append([{ page: "home", at: 1, person: "ana", update }]);
    const put = (update) => storage.assets.put(hashOf(update), update);
    const said = (write) =>
      write.then(() => "kept", (error) => error.refusal.code + " because of " + error.cause.constructor.name);
    const say = async (...writes) => console.log((await Promise.all(writes.map(said))).join(", "));
    await say(append(bytes(1, 1)));
    await say(append(bytes(1, 2)), append(bytes(${tooLarge}, 3)), append(bytes(1, 4)));
    await say(append(bytes(1, 5)));
    await say(put(bytes(${tooLarge}, 6)), put(bytes(1, 7)));
    await say(put(bytes(1, 8)));
    console.log(JSON.stringify((await storage.journal.read("home", 0)).map(({ update }) => [...update])));
  `;
  return new OtherProcess(source, { largestFileKiB: 1024 });
}

test.skipIf(process.platform === "win32")(
  "a write that the disk does not take is refused with its cause, and those beside and after it are kept (Windows limits no file's size)",
  async () => {
    const folder = await makeTemporaryFolder();
    const writer = writerIn(folder);
    expect(await writer.line()).toBe("kept");
    expect(await writer.line()).toBe("kept, cannot-save because of Error, kept");
    expect(await writer.line()).toBe("kept");
    expect(await writer.line()).toBe("cannot-save because of Error, kept");
    expect(await writer.line()).toBe("kept");
    expect(await writer.line()).toBe("[[1],[2],[4],[5]]");
    await writer.kill();

    const storage = await openSqliteStorage(folder);
    expect(await bytesOn(storage, home)).toEqual([[1], [2], [4], [5]]);
    expect(await storage.assets.get(hashOf(new Uint8Array(tooLarge).fill(6)))).toBe(null);
    expect(await storage.assets.get(hashOf(Uint8Array.of(7)))).toEqual(Uint8Array.of(7));
    expect(await storage.assets.get(hashOf(Uint8Array.of(8)))).toEqual(Uint8Array.of(8));
    await storage.close();
  },
);
