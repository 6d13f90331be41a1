import { expect, test } from "vitest";
import { surveyId } from "../../../shared/base/ids.ts";
import type { IndexEntry, Storage } from "../storage.ts";
import {
  ana,
  badTime,
  ben,
  builds,
  causes,
  home,
  member,
  rejected,
  renamed,
  titled,
  trickyTexts,
  wheels,
} from "./words.ts";

export function recordContract(store: () => Storage): void {
  const seqs = async (survey = wheels) => (await store().records.read(survey, 0)).map(({ seq }) => seq);

  test("a survey's records are numbered from 1 without gaps, whatever other surveys say", async () => {
    await store().records.append(wheels, [renamed("a"), renamed("b")], []);
    await store().records.append(builds, [renamed("c")], []);
    await store().records.append(wheels, [renamed("d")], []);
    expect(await seqs(wheels)).toEqual([1, 2, 3]);
    expect(await seqs(builds)).toEqual([1]);
  });

  test("appends to one survey asked at once are numbered in the order in which they were asked", async () => {
    const asked = Array.from({ length: 20 }, (_, at) =>
      store().records.append(wheels, [renamed("t", at)], []),
    );
    const signed = (await Promise.all(asked)).flat();
    expect(signed.map(({ seq, at }) => [seq, at])).toEqual(
      Array.from({ length: 20 }, (_, at) => [at + 1, at]),
    );
  });

  test("an append answers the records as they are read later: what was said, number, time and person", async () => {
    const said = renamed("Wheels", 1_700_000_000_123);
    const signed = await store().records.append(wheels, [said], []);
    expect(signed).toEqual([{ ...said, seq: 1 }]);
    expect(await store().records.read(wheels, 0)).toEqual(signed);
  });

  test("reading after a number leaves out that record and those before it", async () => {
    await store().records.append(wheels, [renamed("a"), renamed("b"), renamed("c")], []);
    expect((await store().records.read(wheels, 2)).map(({ seq }) => seq)).toEqual([3]);
    expect(await store().records.read(wheels, 3)).toEqual([]);
  });

  test("texts come back exactly", async () => {
    await store().records.append(
      wheels,
      trickyTexts.map((text) => renamed(text)),
      [],
    );
    const read = await store().records.read(wheels, 0);
    expect(read).toEqual(trickyTexts.map((text, place) => ({ ...renamed(text), seq: place + 1 })));
  });

  test("of an append that rejects, neither records nor look-up entries are kept, and no number is used up", async () => {
    const index = [titled("Wheels"), member(ben), titled("Builds", builds, badTime)];
    await rejected(store().records.append(wheels, [renamed("a")], index));
    await rejected(store().records.append(wheels, [renamed("b", badTime)], [titled("Wheels"), member(ben)]));
    expect(await store().records.surveysOf(ben)).toEqual([]);
    const signed = await store().records.append(wheels, [renamed("c")], []);
    expect(signed.map(({ seq }) => seq)).toEqual([1]);
  });

  test("an append that rejects leaves no gap between others asked at the same time", async () => {
    const asked = [1, badTime, 3].map((at) => store().records.append(wheels, [renamed("t", at)], []));
    expect((await Promise.allSettled(asked)).map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "fulfilled",
    ]);
    expect((await store().records.read(wheels, 0)).map(({ seq, at }) => [seq, at])).toEqual([
      [1, 1],
      [2, 3],
    ]);
  });

  test("neither writer nor reader of a record can change it", async () => {
    const said = { type: "survey.renamed" as const, title: "Wheels", at: 1, person: ana };
    const written = store().records.append(wheels, [said], []);
    said.title = "changed after asking";
    Object.assign((await written)[0] ?? {}, { title: "changed by its writer" });
    Object.assign((await store().records.read(wheels, 0))[0] ?? {}, { title: "changed by a reader" });
    expect(await store().records.read(wheels, 0)).toEqual([{ ...renamed("Wheels"), seq: 1 }]);
  });
}

export function indexContract(store: () => Storage): void {
  const index = (...entries: IndexEntry[]) => store().records.append(wheels, [], entries);

  test("a page is found in its survey, and a page that nobody added in none", async () => {
    await index({ index: "page", page: home, survey: wheels });
    expect(await store().records.surveyOf(home)).toBe(wheels);
    expect(await store().records.surveyOf(causes)).toBe(null);
  });

  test("a member has a role in the survey and in no other", async () => {
    await index(titled("Wheels"), titled("Builds", builds), member(ben));
    expect(await store().records.surveysOf(ben)).toMatchObject([{ survey: wheels, role: "reader" }]);
    expect(await store().records.surveysOf(ana)).toEqual([]);
  });

  test("of two entries about one thing the later holds, within one append as well", async () => {
    await index(titled("Old"), member(ben), member(ben, wheels, "owner"), {
      index: "page",
      page: home,
      survey: wheels,
    });
    await index(titled("New", wheels, 2), { index: "page", page: home, survey: builds });
    expect(await store().records.surveysOf(ben)).toEqual([
      { survey: wheels, title: "New", role: "owner", at: 2 },
    ]);
    expect(await store().records.surveyOf(home)).toBe(builds);
  });

  test("a member's surveys are the newest first; those of others are not among them", async () => {
    const third = surveyId.parse("third");
    await index(titled("Builds", builds, 1), titled("Wheels", wheels, 5), titled("Third", third, 3));
    await index(member(ben, builds), member(ben, wheels, "owner"), member(ana, third));
    expect((await store().records.surveysOf(ben)).map(({ title }) => title)).toEqual(["Wheels", "Builds"]);
    await index(member(ben, third));
    expect((await store().records.surveysOf(ben)).map(({ title }) => title)).toEqual([
      "Wheels",
      "Third",
      "Builds",
    ]);
  });

  test("of surveys of the same time, the one made last comes first", async () => {
    await index(titled("First", builds), titled("Last", wheels), member(ben, builds), member(ben, wheels));
    expect((await store().records.surveysOf(ben)).map(({ title }) => title)).toEqual(["Last", "First"]);
  });

  test("titles come back exactly", async () => {
    for (const title of trickyTexts) {
      await index(titled(title), member(ben));
      expect((await store().records.surveysOf(ben))[0]?.title).toBe(title);
    }
  });
}
