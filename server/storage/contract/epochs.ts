import { expect, test } from "vitest";
import type { Storage } from "../storage.ts";
import { badTime, causes, home, rejected } from "./words.ts";

export function epochContract(store: () => Storage): void {
  test("a page is of epoch 0 until that is raised, and each page's is its own", async () => {
    const { epochs } = store();
    expect(await epochs.of(home)).toBe(0);
    expect(await epochs.raise(home, 1_700)).toBe(1_700);
    expect(await epochs.of(home)).toBe(1_700);
    expect(await epochs.of(causes)).toBe(0);
  });

  test("a raised epoch is above the one before, whatever the clock says, and raised twice at once twice", async () => {
    const { epochs } = store();
    expect(await Promise.all([epochs.raise(home, 9), epochs.raise(home, 9)])).toEqual([9, 10]);
    expect(await epochs.raise(home, 3)).toBe(11);
    expect(await epochs.raise(causes, 0)).toBe(1);
    await rejected(epochs.raise(home, badTime));
    expect(await epochs.of(home)).toBe(11);
  });
}
