import { expect, test } from "vitest";
import type { PageId, PersonId, SurveyId } from "../../shared/base/ids.ts";
import { limits } from "../../shared/base/limits.ts";
import { foldRecords } from "../../shared/records/fold.ts";
import type { Ask, SurveyRecord } from "../../shared/records/kinds.ts";
import { emptyState } from "../../shared/records/state.ts";
import type { IndexEntry, NewRecord, RecordLog } from "../storage/storage.ts";
import { Records } from "./records.ts";

const ana = "ana" as PersonId;
const ben = "ben" as PersonId;
const survey = "packaging" as SurveyId;
const page = "front" as PageId;

const beginning: Ask[] = [
  { type: "survey.created", title: "Packaging" },
  { type: "member.joined", member: ana, name: "Ana", role: "owner" },
  { type: "member.joined", member: ben, name: "Ben", role: "reader" },
  { type: "page.added", page, title: "Front", path: "index.md", parent: null },
];

/** A log in memory that counts how often it is read and fails on demand. */
class ScriptedLog implements RecordLog {
  readonly kept = new Map<SurveyId, SurveyRecord[]>();
  readonly index: IndexEntry[] = [];
  reads = 0;
  failing: Error | null = null;

  async append(id: SurveyId, records: readonly NewRecord[], index: readonly IndexEntry[]) {
    if (this.failing) throw this.failing;
    const log = this.kept.get(id) ?? [];
    const numbered = records.map((record, at) => ({ ...record, seq: log.length + at + 1 }));
    await Promise.resolve(); // As a disk: not at once.
    this.kept.set(id, [...log, ...numbered]);
    this.index.push(...index);
    return numbered;
  }

  async read(id: SurveyId, after: number) {
    this.reads += 1;
    if (this.failing) throw this.failing;
    return (this.kept.get(id) ?? []).filter((record) => record.seq > after);
  }

  surveyOf = async () => null;
  surveysOf = async () => [];
}

async function begun(): Promise<{ records: Records; log: ScriptedLog; reported: unknown[] }> {
  const log = new ScriptedLog();
  const reported: unknown[] = [];
  const records = new Records(
    log,
    () => 1_000,
    (error) => reported.push(error),
  );
  await records.say(survey, ana, () => beginning);
  return { records, log, reported };
}

const rename = (title: string) => ({ type: "survey.renamed", title });

test("what is accepted is numbered, timed, signed, kept, and folded into the state", async () => {
  const { records, log } = await begun();
  const record = await records.ask(survey, ana, { ...rename("Native"), seq: 99, person: ben });
  expect(record).toEqual({ type: "survey.renamed", title: "Native", seq: 5, at: 1_000, person: ana });
  expect(log.kept.get(survey)?.at(-1)).toEqual(record);
  expect((await records.state(survey)).title).toBe("Native");
});

test("what a role does not allow is refused and leaves no trace", async () => {
  const { records, log } = await begun();
  await expect(records.ask(survey, ben, rename("Mine"))).rejects.toMatchObject({
    refusal: { code: "not-allowed" },
  });
  expect(log.kept.get(survey)).toHaveLength(beginning.length);
});

test("a stranger, an unknown type and an unknown survey are refused", async () => {
  const { records } = await begun();
  const code = async (asked: Promise<unknown>) =>
    asked.then(
      () => "accepted",
      (error) => error.refusal.code,
    );
  expect(await code(records.ask(survey, "eve" as PersonId, rename("Mine")))).toBe("not-allowed");
  expect(await code(records.ask(survey, ana, { type: "survey.burnt" }))).toBe("bad-request");
  expect(await code(records.ask(survey, ana, { type: "page.added", page, title: "x" }))).toBe("not-allowed");
  expect(await code(records.ask("nowhere" as SurveyId, ana, rename("x")))).toBe("not-found");
  expect(await code(records.state("nowhere" as SurveyId))).toBe("not-found");
});

test("a title is words, of a survey and of a page, without the spaces around them", async () => {
  const { records } = await begun();
  const asks = (title: string) => [rename(title), { type: "page.renamed", page, title }];
  for (const blank of asks(" \t "))
    await expect(records.ask(survey, ana, blank)).rejects.toMatchObject({ refusal: { code: "bad-request" } });
  for (const ask of asks("  Native code "))
    expect(await records.ask(survey, ana, ask)).toMatchObject({ title: "Native code" });
});

test("asks of one survey are decided one after another, each on the state the one before left", async () => {
  const { records } = await begun();
  const demote = { type: "member.set", member: ana, role: "reader" };
  await records.say(survey, ana, () => [{ type: "member.set", member: ben, role: "owner" }]);
  const [first, second] = await Promise.allSettled([
    records.ask(survey, ben, demote),
    records.ask(survey, ana, rename("Too late")),
  ]);
  expect([first.status, second.status]).toEqual(["fulfilled", "rejected"]);
});

test("everyone hears a record in order and once, before its asker is answered", async () => {
  const { records } = await begun();
  const events: string[] = [];
  records.listen(survey, (heard) => events.push(...heard.map((record) => `heard ${record.seq}`)));
  const asked = [1, 2, 3].map(async (nth) => {
    const record = await records.ask(survey, ana, rename(`Title ${nth}`));
    events.push(`answered ${record.seq}`);
  });
  await Promise.all(asked);
  expect(events.filter((event) => event.startsWith("heard"))).toEqual(["heard 5", "heard 6", "heard 7"]);
  for (const seq of [5, 6, 7]) {
    expect(events.indexOf(`heard ${seq}`)).toBeLessThan(events.indexOf(`answered ${seq}`));
  }
});

test("who stops listening hears no more; a listener that throws is reported and hurts nobody", async () => {
  const { records, reported } = await begun();
  const heard: number[] = [];
  const stop = records.listen(survey, () => heard.push(1));
  records.listen(survey, () => {
    throw new Error("a bug of mine");
  });
  await records.ask(survey, ana, rename("One"));
  stop();
  await records.ask(survey, ana, rename("Two"));
  expect(heard).toEqual([1]);
  expect(reported).toHaveLength(2);
});

test("an append that fails reaches its asker alone, and leaves state and numbers as they were", async () => {
  const { records, log } = await begun();
  log.failing = new Error("no space left");
  await expect(records.ask(survey, ana, rename("Lost"))).rejects.toThrow("no space left");
  expect((await records.state(survey)).title).toBe("Packaging");
  log.failing = null;
  expect((await records.ask(survey, ana, rename("Kept"))).seq).toBe(5);
});

test("a survey is read and folded once, however many ask at once", async () => {
  const { log } = await begun();
  const records = new Records(
    log,
    () => 2_000,
    () => expect.unreachable(),
  );
  log.reads = 0;
  const states = await Promise.all([1, 2, 3].map(() => records.state(survey)));
  expect(states.map((state) => state.seq)).toEqual([4, 4, 4]);
  expect(log.reads).toBe(1);
});

test("a survey that could not be read is read anew by the next one who asks", async () => {
  const { log } = await begun();
  const records = new Records(
    log,
    () => 2_000,
    () => expect.unreachable(),
  );
  log.failing = new Error("a cable");
  await expect(records.state(survey)).rejects.toThrow("a cable");
  log.failing = null;
  expect((await records.state(survey)).title).toBe("Packaging");
});

test("memory holds a bounded number of unused surveys, and what was let go is there when asked for", async () => {
  const { records, log } = await begun();
  for (let nth = 0; nth <= limits.surveysInMemory; nth += 1) {
    await records.say(`survey-${nth}` as SurveyId, ana, () => beginning);
  }
  log.reads = 0;
  expect((await records.state(survey)).title).toBe("Packaging");
  expect(log.reads).toBe(1);
});

test("the state equals the fold of what is kept, and the index says who is where", async () => {
  const { records, log } = await begun();
  await records.ask(survey, ana, { type: "member.set", member: ben, role: "editor" });
  const again = emptyState();
  foldRecords(again, await records.read(survey, 0));
  expect(await records.state(survey)).toEqual(again);
  expect(log.index.at(-1)).toEqual({ index: "member", survey, person: ben, role: "editor" });
  expect(log.index).toContainEqual({ index: "page", page, survey });
});

test("the server itself cannot say what has not its kind's shape", async () => {
  const { records, log } = await begun();
  const said = records.say(survey, ana, () => [{ type: "survey.renamed", title: "" }]);
  await expect(said).rejects.toThrow("has its shape");
  expect(log.kept.get(survey)).toHaveLength(beginning.length);
});
