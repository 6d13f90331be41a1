import { expect, test } from "vitest";
import { hashOf } from "../asset-hash.ts";
import type { JournalEntry, Storage } from "../storage.ts";
import { ana, badTime, ben, causes, bytesOn, entry, home, rejected } from "./words.ts";

export function journalContract(store: () => Storage): void {
  test("an append answers a number for each entry, in order, and each is above all before it", async () => {
    const first = await store().journal.append([entry([1]), entry([2], causes), entry([3])]);
    const second = await store().journal.append([entry([4])]);
    const numbers = [...first, ...second];
    expect(numbers).toHaveLength(4);
    expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other));
  });

  test("appends asked at once get numbers of their own, in the order in which they were asked", async () => {
    const asked = Array.from({ length: 50 }, (_, value) => store().journal.append([entry([value])]));
    const numbers = (await Promise.all(asked)).flat();
    expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other));
    expect(await bytesOn(store(), home)).toEqual(Array.from({ length: 50 }, (_, value) => [value]));
  });

  test("a page's entries come back whole, in order, without those of other pages", async () => {
    const [number] = await store().journal.append([
      entry([7, 8], home, 1_700_000_000_123),
      entry([9], causes),
    ]);
    expect(await store().journal.read(home, 0)).toEqual([
      { number, page: home, at: 1_700_000_000_123, person: ana, update: Uint8Array.of(7, 8) },
    ]);
  });

  test("reading after a number leaves out that entry and those before it", async () => {
    const numbers = await store().journal.append([entry([1]), entry([2]), entry([3])]);
    const read = await store().journal.read(home, numbers[1] ?? 0);
    expect(read.map(({ update }) => [...update])).toEqual([[3]]);
    expect(await store().journal.read(home, numbers[2] ?? 0)).toEqual([]);
  });

  test("a page that nobody wrote to has no entries", async () => {
    expect(await store().journal.read(home, 0)).toEqual([]);
  });

  test("appending nothing answers no numbers", async () => {
    expect(await store().journal.append([])).toEqual([]);
  });

  test("a reader sees what was asked to be written before it, even when nobody has waited for it", async () => {
    const written = store().journal.append([entry([1])]);
    expect(await bytesOn(store(), home)).toEqual([[1]]);
    await written;
  });

  test("of an append that rejects, nothing is kept", async () => {
    await rejected(store().journal.append([entry([1]), entry([2], home, badTime)]));
    expect(await bytesOn(store(), home)).toEqual([]);
  });

  test("an append that rejects fails no other that was asked at the same time", async () => {
    const asked = Array.from({ length: 9 }, (_, value) =>
      store().journal.append([entry([value], home, value % 4 === 1 ? badTime : 1)]),
    );
    const outcomes = (await Promise.allSettled(asked)).map(({ status }) => status === "fulfilled");
    expect(outcomes).toEqual([true, false, true, true, true, false, true, true, true]);
    expect(await bytesOn(store(), home)).toEqual([[0], [2], [3], [4], [6], [7], [8]]);
  });

  test("after an append that rejects, the next one is kept", async () => {
    await rejected(store().journal.append([entry([1], home, badTime)]));
    await store().journal.append([entry([2])]);
    expect(await bytesOn(store(), home)).toEqual([[2]]);
  });

  test("bytes come back exactly: none, every value, a megabyte, a view into a larger buffer", async () => {
    const every = Uint8Array.from({ length: 256 }, (_, value) => value);
    const large = new Uint8Array(1024 * 1024).fill(255);
    const updates = [new Uint8Array(), every, large, every.subarray(100, 110), Buffer.from("héllo")];
    await store().journal.append(updates.map((update) => ({ ...entry([]), update })));
    const read = (await store().journal.read(home, 0)).map(({ update }) => update);
    expect(read.map(hashOf)).toEqual(updates.map(hashOf));
    expect(read.every((update) => update.constructor === Uint8Array)).toBe(true);
  });

  test("what a writer does to the bytes after asking changes nothing", async () => {
    const update = Uint8Array.of(1);
    const entries: Omit<JournalEntry, "number">[] = [{ ...entry([]), update }];
    const written = store().journal.append(entries);
    update[0] = 9;
    entries.push(entry([8]));
    expect(await written).toHaveLength(1);
    expect(await bytesOn(store(), home)).toEqual([[1]]);
  });

  test("what a reader does to the bytes changes nothing for the next reader", async () => {
    await store().journal.append([entry([1])]);
    for (const { update } of await store().journal.read(home, 0)) update[0] = 9;
    expect(await bytesOn(store(), home)).toEqual([[1]]);
  });
}

export function checkpointContract(store: () => Storage): void {
  const keep = (number: number, byte: number) =>
    store().journal.keepCheckpoint(home, { number, state: Uint8Array.of(byte) });

  test("a page has no checkpoint before one was kept", async () => {
    expect(await store().journal.checkpoint(home)).toBe(null);
  });

  test("a checkpoint is its own page's alone", async () => {
    await keep(3, 1);
    expect(await store().journal.checkpoint(home)).toEqual({ number: 3, state: Uint8Array.of(1) });
    expect(await store().journal.checkpoint(causes)).toBe(null);
  });

  test("a later checkpoint takes the place of an earlier one, never the other way", async () => {
    await keep(3, 1);
    await keep(5, 2);
    await keep(4, 3);
    expect(await store().journal.checkpoint(home)).toEqual({ number: 5, state: Uint8Array.of(2) });
  });

  test("a checkpoint says who owns which client id, if that was said when it was kept", async () => {
    const state = Uint8Array.of(1);
    const owners = new Map([
      [7, ana],
      [4_294_967_295, ben],
      [3, ana],
    ]);
    await store().journal.keepCheckpoint(home, { number: 1, state, owners });
    owners.delete(7);
    const kept = await store().journal.checkpoint(home);
    expect(new Map([...(kept?.owners ?? [])].sort(([one], [other]) => one - other))).toEqual(
      new Map([
        [3, ana],
        [7, ana],
        [4_294_967_295, ben],
      ]),
    );
    await store().journal.keepCheckpoint(home, { number: 2, state });
    expect(await store().journal.checkpoint(home)).toEqual({ number: 2, state });
  });

  test("a checkpoint has the outline that it was kept with, or none", async () => {
    const state = Uint8Array.of(1);
    const outline = Uint8Array.of(0, 255, 7);
    const written = store().journal.keepCheckpoint(home, { number: 1, state, outline });
    outline[0] = 9;
    await written;
    const kept = { number: 1, state, outline: Uint8Array.of(0, 255, 7) };
    (await store().journal.checkpoint(home))?.outline?.fill(8);
    expect(await store().journal.checkpoint(home)).toEqual(kept);
    await store().journal.keepCheckpoint(home, { number: 2, state });
    expect(await store().journal.checkpoint(home)).toEqual({ number: 2, state });
  });

  test("the journal stays whole under a checkpoint", async () => {
    const numbers = await store().journal.append([entry([1]), entry([2])]);
    await keep(numbers[1] ?? 0, 7);
    expect(await bytesOn(store(), home)).toEqual([[1], [2]]);
  });

  test("neither writer nor reader of a checkpoint can change it", async () => {
    const state = Uint8Array.of(1);
    const written = store().journal.keepCheckpoint(home, { number: 1, state });
    state[0] = 9;
    await written;
    (await store().journal.checkpoint(home))?.state.fill(8);
    expect(await store().journal.checkpoint(home)).toEqual({ number: 1, state: Uint8Array.of(1) });
  });
}
