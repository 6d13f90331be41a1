import { expect, test } from "vitest";
import type { Storage } from "../storage.ts";
import { causes, home } from "./words.ts";

export function epochContract(store: () => Storage): void {
  test("a page is of epoch 0 until that is raised, by one each time, and each page's is its own", async () => {
    expect(await store().epochs.of(home)).toBe(0);
    expect(await store().epochs.raise(home)).toBe(1);
    expect(await Promise.all([store().epochs.raise(home), store().epochs.raise(home)])).toEqual([2, 3]);
    expect(await store().epochs.of(home)).toBe(3);
    expect(await store().epochs.of(causes)).toBe(0);
  });
}
