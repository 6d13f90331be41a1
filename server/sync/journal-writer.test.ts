import { expect, test } from "vitest";
import type { PageId, PersonId } from "../../shared/base/ids.ts";
import { limits } from "../../shared/base/limits.ts";
import { FakeClock } from "./fake-clock.ts";
import { JournalWriter, type NewEntry } from "./journal-writer.ts";

function desk() {
  const clock = new FakeClock();
  const commits: { atMs: number; pages: string[] }[] = [];
  const startMs = clock.nowMs();
  const writer = new JournalWriter({
    ...clock,
    journal: {
      append: async (entries) => {
        commits.push({ atMs: clock.nowMs() - startMs, pages: entries.map(({ page }) => page) });
        return entries.map((_, at) => at);
      },
    },
    report: () => {},
  });
  /** An entry for this page, that is to be committed at the latest so long after the start. */
  const write = (page: string, byMs?: number) => {
    const entry: NewEntry = {
      page: page as PageId,
      at: 0,
      person: "ana" as PersonId,
      update: new Uint8Array(),
    };
    void writer.write(entry, byMs === undefined ? undefined : startMs + byMs);
  };
  return { clock, commits, write, writer };
}

test("[ORDER-3] what is told later waits that long for others to share its commit", async () => {
  const { clock, commits, write } = desk();
  write("large", 40);
  await clock.pass(30);
  write("large", 40);
  await clock.pass(30);
  expect(commits).toEqual([{ atMs: 40, pages: ["large", "large"] }]);
});

test("[ORDER-3] whoever cannot wait takes along those who could", async () => {
  const { clock, commits, write } = desk();
  write("large", 40);
  await clock.pass(10);
  write("small");
  await clock.pass(100);
  expect(commits).toEqual([{ atMs: 10, pages: ["large", "small"] }]);
});

test("[ORDER-3] commits begin no closer together than the disk is asked to bear", async () => {
  const { clock, commits, write } = desk();
  write("one");
  await clock.pass(1);
  write("two");
  await clock.pass(100);
  expect(commits.map(({ atMs }) => atMs)).toEqual([0, limits.commitMs]);
});

test("[ORDER-3] nothing is left waiting where somebody asks whether anything is", async () => {
  const { clock, commits, write, writer } = desk();
  write("large", 40);
  let isIdle = false;
  void writer.idle().then(() => (isIdle = true));
  await clock.pass(39);
  expect(isIdle).toBe(false);
  await clock.pass(1);
  expect([isIdle, commits.length]).toEqual([true, 1]);
});
