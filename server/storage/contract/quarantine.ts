import { expect, test } from "vitest";
import { limits } from "../../../shared/base/limits.ts";
import { hashOf } from "../asset-hash.ts";
import type { NewQuarantined, Storage } from "../storage.ts";
import { ana, badTime, ben, causes, home, rejected } from "./words.ts";

const hourMs = 60 * 60 * 1000;

/** Something of Ana's that was refused, of this many bytes. */
function refused(length: number, at = 1, person = ana): NewQuarantined {
  return { page: home, person, at, code: "not-in-format", update: new Uint8Array(length).fill(7) };
}

export function quarantineContract(store: () => Storage): void {
  test("what was refused comes back as it was, the oldest first", async () => {
    const first = refused(3, 5);
    const second = { ...refused(0, 6, ben), page: causes, code: "too-large" };
    expect(await store().quarantine.keep(first)).toBe(true);
    expect(await store().quarantine.keep(second)).toBe(true);
    expect(await store().quarantine.read()).toEqual([
      { ...first, bytes: 3 },
      { ...second, bytes: 0 },
    ]);
  });

  test("of many bytes the beginning is kept, and how many they were", async () => {
    const update = Uint8Array.from({ length: limits.quarantinedBytes + 10 }, (_, at) => at % 251);
    await store().quarantine.keep({ ...refused(0), update });
    const [kept] = await store().quarantine.read();
    expect(kept?.bytes).toBe(limits.quarantinedBytes + 10);
    expect(hashOf(kept?.update ?? new Uint8Array())).toBe(
      hashOf(update.subarray(0, limits.quarantinedBytes)),
    );
  });

  test("of one person a bounded amount is kept in an hour, and of another as much", async () => {
    const times = limits.quarantinedHourlyBytes / limits.quarantinedBytes;
    for (let at = 1; at <= times; at += 1)
      expect(await store().quarantine.keep(refused(limits.quarantinedBytes, at))).toBe(true);
    expect(await store().quarantine.keep(refused(0, times))).toBe(false);
    expect(await store().quarantine.keep(refused(0, times, ben))).toBe(true);
    expect(await store().quarantine.keep(refused(0, hourMs + 1))).toBe(true);
    expect(await store().quarantine.read()).toHaveLength(times + 2);
  });

  test("tiny ones count for more than their bytes", async () => {
    const times = limits.quarantinedHourlyBytes / limits.quarantinedLeastBytes;
    const asked = Array.from({ length: times + 1 }, () => store().quarantine.keep(refused(1)));
    expect((await Promise.all(asked)).filter((isKept) => !isKept)).toHaveLength(1);
  });

  test("what is old goes when the next is kept", async () => {
    await store().quarantine.keep(refused(1, 1));
    await store().quarantine.keep(refused(2, 2));
    await store().quarantine.keep(refused(3, 2 + limits.quarantinedMs));
    expect((await store().quarantine.read()).map(({ bytes }) => bytes)).toEqual([2, 3]);
  });

  test("what is old goes when that is asked for, and nothing else does", async () => {
    await store().quarantine.keep(refused(1, 1));
    await store().quarantine.keep(refused(2, 2));
    await store().quarantine.forgetOld(2 + limits.quarantinedMs);
    expect((await store().quarantine.read()).map(({ bytes }) => bytes)).toEqual([2]);
  });

  test("what a writer does to the bytes after asking changes nothing, and a write that fails keeps nothing", async () => {
    const asked = refused(2);
    const kept = store().quarantine.keep(asked);
    asked.update.fill(9);
    await kept;
    await rejected(store().quarantine.keep(refused(1, badTime)));
    expect((await store().quarantine.read()).map(({ update }) => [...update])).toEqual([[7, 7]]);
  });
}
