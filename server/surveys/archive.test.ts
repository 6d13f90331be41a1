import { crc32, deflateRawSync } from "node:zlib";
import { strToU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { limits } from "../../shared/base/limits.ts";
import { Refused } from "../../shared/protocol/refusals.ts";
import { openArchive, packArchive } from "./archive.ts";

type Made = {
  path: string;
  content: Uint8Array;
  mode?: number;
  method?: number;
  flags?: number;
  checksum?: number;
};

/** A zip made by hand, so that it can hold what no tool writes. */
function zipOf(...made: (Made | { copies: number; of: Made })[]): Uint8Array {
  const parts: Buffer[] = [];
  const list: Buffer[] = [];
  let count = 0;
  for (const each of made) {
    const [entry, copies] = "of" in each ? [each.of, each.copies] : [each, 1];
    const start = Buffer.concat(parts).length;
    const packed = entry.method === 0 ? Buffer.from(entry.content) : deflateRawSync(entry.content);
    parts.push(header(0x04034b50, entry, packed, null), packed);
    for (let nth = 0; nth < copies; nth += 1) {
      const path = copies === 1 ? entry.path : `${entry.path}${nth}`;
      list.push(header(0x02014b50, { ...entry, path }, packed, start));
      count += 1;
    }
  }
  const [files, listed] = [Buffer.concat(parts), Buffer.concat(list)];
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(files.length, 16);
  return Buffer.concat([files, listed, end]);
}

function header(signature: number, entry: Made, packed: Buffer, start: number | null): Buffer {
  const name = Buffer.from(entry.path);
  const made = start === null ? [] : [0x031e];
  const words = [...made, 20, entry.flags ?? 0, entry.method ?? 8, 0, 0x21];
  const sizes = [entry.checksum ?? crc32(entry.content), packed.length, entry.content.length];
  const head = Buffer.alloc(4 + 2 * words.length + 12 + 4);
  head.writeUInt32LE(signature, 0);
  words.forEach((word, at) => head.writeUInt16LE(word, 4 + 2 * at));
  sizes.forEach((size, at) => head.writeUInt32LE(size, 4 + 2 * words.length + 4 * at));
  head.writeUInt16LE(name.length, 4 + 2 * words.length + 12);
  if (start === null) return Buffer.concat([head, name]);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 6);
  rest.writeUInt32LE(start, 10);
  return Buffer.concat([head, rest, name]);
}

const file = (path: string, text = path): Made => ({ path, content: strToU8(text) });

function refusalOf(bytes: Uint8Array): { code: string; details?: string } | null {
  try {
    openArchive(bytes);
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}

const texts = (files: Map<string, Uint8Array>) =>
  Object.fromEntries(Array.from(files, ([path, bytes]) => [path, Buffer.from(bytes).toString()]));

describe("An archive is opened", () => {
  test("with its files, packed or not, and without its folders", () => {
    const zip = zipSync({
      "a.md": strToU8("A"),
      docs: { "b.md": [strToU8("B"), { level: 0 }] },
      "empty/": new Uint8Array(),
    });
    expect(texts(openArchive(zip))).toEqual({ "a.md": "A", "docs/b.md": "B" });
  });

  test("without the one folder around everything, and without what a Mac adds", () => {
    const zip = zipOf(
      file("site/a.md"),
      file("site/docs/b.md"),
      file("__MACOSX/site/._a.md"),
      file("site/.DS_Store"),
    );
    expect([...openArchive(zip).keys()]).toEqual(["a.md", "docs/b.md"]);
    expect([...openArchive(zipOf(file("one/a.md"), file("two/b.md"))).keys()]).toEqual([
      "one/a.md",
      "two/b.md",
    ]);
  });

  test("with names in any script, and with an empty file", () => {
    expect(texts(openArchive(zipOf(file("é/漢.md", ""), file("b.md"))))).toEqual({
      "é/漢.md": "",
      "b.md": "b.md",
    });
  });
});

describe("An archive is refused", () => {
  const good = zipOf(file("a.md", "text ".repeat(100)));
  const noZip: readonly [what: string, bytes: Uint8Array][] = [
    ["nothing", new Uint8Array()],
    ["text", strToU8("# A page, not an archive of pages")],
    ["the first half of a zip", good.subarray(0, good.length / 2)],
    ["a zip whose list is elsewhere", Buffer.from(good).fill(0xff, good.length - 6, good.length - 2)],
    ["a zip with other bytes in a file", Buffer.from(good).fill(7, 40, 44)],
    ["a zip with a wrong checksum", zipOf({ ...file("a.md"), checksum: 1 })],
    ["an encrypted file", zipOf({ ...file("a.md"), flags: 1 })],
    ["a way of packing that nobody knows", zipOf({ ...file("a.md"), method: 99 })],
    ["one path twice", zipOf(file("a.md"), file("a.md"))],
    ["a symbolic link", zipOf({ ...file("a.md", "/etc/passwd"), mode: 0o120777 })],
    ["a device", zipOf({ ...file("a.md"), mode: 0o020666 })],
  ];

  test.each(noZip)("that is %s", (_, bytes) => {
    expect(refusalOf(bytes)?.code).toBe("bad-zip");
  });

  test.each([
    "../a.md",
    "a/../../b.md",
    "/etc/a.md",
    "a\\..\\b.md",
    "C:/a.md",
    "a//b.md",
    "./a.md",
    "a\u0000.md",
  ])("for the path %j", (path) => {
    expect(refusalOf(zipOf(file(path), file("b.md")))?.code).toBe("bad-zip");
  });

  test("for paths too long and too deep", () => {
    expect(refusalOf(zipOf(file("a".repeat(limits.pathLength + 1))))?.code).toBe("bad-zip");
    expect(refusalOf(zipOf(file(`${"a/".repeat(limits.pathDepth)}b`)))?.code).toBe("bad-zip");
  });

  test("for too many files, before any is unpacked", () => {
    const many = zipOf({ copies: limits.zipEntries + 1, of: { ...file("a"), checksum: 1 } });
    expect(refusalOf(many)?.code).toBe("too-large");
  });

  test("for what it unpacks to, whatever it says: a bomb of one file, and one of many", () => {
    const content = new Uint8Array(limits.zipUnpackedBytes / 4);
    expect(refusalOf(zipOf({ copies: 5, of: { path: "a", content } }))?.code).toBe("too-large");
    const one = { path: "a", content: new Uint8Array(limits.zipUnpackedBytes + 1) };
    expect(refusalOf(zipOf(one))?.code).toBe("too-large");
  });

  test("for its own size", () => {
    expect(refusalOf(new Uint8Array(limits.zipBytes + 1))?.code).toBe("too-large");
  });

  test("never with anything but a refusal, whatever its bytes are", () => {
    for (let at = 0; at < good.length; at += 1) {
      for (const value of [0, 0xff]) refusalOf(Buffer.from(good).fill(value, at, at + 1));
      refusalOf(good.subarray(0, at));
    }
  });
});

test("the same files make the same archive, in whatever order they are given, and it opens to them", () => {
  const a: [string, Uint8Array] = ["docs/a.md", strToU8("A")];
  const b: [string, Uint8Array] = ["mkdocs.yml", strToU8("site_name: A")];
  const packed = packArchive(new Map([a, b]));
  expect(packArchive(new Map([b, a]))).toEqual(packed);
  expect(texts(openArchive(packed))).toEqual({ "docs/a.md": "A", "mkdocs.yml": "site_name: A" });
});
