import { expect, test } from "vitest";
import { linkId } from "../../../shared/base/ids.ts";
import { hashOf } from "../asset-hash.ts";
import type { Storage } from "../storage.ts";
import { ana, entry, home, renamed, wheels } from "./words.ts";

export function closingContract(store: () => Storage): void {
  test("closing finishes what is being written", async () => {
    const bytes = Uint8Array.of(1, 2, 3);
    const writes = [
      store().journal.append([entry([1])]),
      store().records.append(wheels, [renamed("a")], []),
      store().assets.put(hashOf(bytes), bytes),
    ];
    await store().close();
    expect((await Promise.allSettled(writes)).map(({ status }) => status)).toEqual(
      writes.map(() => "fulfilled"),
    );
  });

  test("closing twice is closing once", async () => {
    await Promise.all([store().close(), store().close()]);
    await store().close();
  });

  test("every call after closing rejects", async () => {
    const { journal, records, people, links, assets, quarantine, epochs, close } = store();
    await close();
    const calls: (() => Promise<unknown>)[] = [
      () => journal.append([entry([1])]),
      () => journal.read(home, 0),
      () => journal.checkpoint(home),
      () => journal.keepCheckpoint(home, { number: 1, state: new Uint8Array() }),
      () => records.append(wheels, [renamed("a")], []),
      () => records.read(wheels, 0),
      () => records.surveyOf(home),
      () => records.surveysOf(ana),
      () => people.add({ id: ana, name: "Ana", at: 1 }, "hash"),
      () => people.byToken("hash"),
      () => links.add({ id: linkId.parse("l"), survey: wheels, role: "reader", at: 1 }, "hash"),
      () => links.bySecret("hash"),
      () => assets.put(hashOf(new Uint8Array()), new Uint8Array()),
      () => assets.get(hashOf(new Uint8Array())),
      () => quarantine.keep({ page: home, person: ana, at: 1, code: "malformed", update: new Uint8Array() }),
      () => quarantine.forgetOld(1),
      () => quarantine.read(),
      () => epochs.of(home),
      () => epochs.raise(home, 1),
    ];
    for (const call of calls) await expect(call()).rejects.toThrow("closed");
  });
}
