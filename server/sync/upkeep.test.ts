import { expect, test } from "vitest";
import * as Y from "yjs";
import type { BlockId, PersonId } from "../../shared/base/ids.ts";
import { limits } from "../../shared/base/limits.ts";
import { readBody, toMarker } from "../../shared/body/format.ts";
import type { LostPiece, LostRun } from "../../shared/records/lost.ts";
import { FakeHouse, noRecords, page, visitor, type Guest } from "./fake-house.ts";
import { FakeDisk } from "./fake-store.ts";
import { fold } from "./fold.ts";
import { look } from "./look.ts";
import type { RoomsNeed } from "./rooms.ts";
import { seeded } from "./update/random-page.ts";

/* The language: people in a room whose words are kept somewhere, and who may be cut off and come back. */

type KeptWords = { person: PersonId; text: string };

/** Keeps words as records would: what was kept once, by author and clock, is not kept again. */
class Keeping {
  readonly kept: KeptWords[] = [];
  readonly calls: number[] = [];
  fails = false;
  readonly #seen = new Set<string>();

  readonly keepWords = async (_: unknown, person: PersonId, lost: readonly LostRun[]): Promise<void> => {
    this.calls.push(lost.length);
    if (this.fails) throw new Error("disk full");
    for (const { author, pieces } of lost) {
      const fresh = pieces.flatMap(charactersOf).filter(({ clock }) => !this.#seen.has(`${author} ${clock}`));
      for (const { clock } of fresh) this.#seen.add(`${author} ${clock}`);
      if (fresh.length > 0) this.kept.push({ person, text: fresh.map((each) => each.text).join("") });
    }
  };
}

function charactersOf({ clock, length, text }: LostPiece): { clock: number; text: string }[] {
  return text.length === length
    ? [...text].map((each, at) => ({ clock: clock + at, text: each }))
    : [{ clock, text }];
}

function house(disk = new FakeDisk(), need: Partial<RoomsNeed> = {}) {
  const keeping = new Keeping();
  let looks = 0;
  const counted: RoomsNeed["look"] = async (seen) => {
    looks += 1;
    return look(seen);
  };
  const records = { ...noRecords, keepWords: keeping.keepWords };
  const made = new FakeHouse(disk, { records, look: counted, ...need });
  return Object.assign(made, { keeping, looks: () => looks });
}

const nested = (text: string): Y.Map<unknown> =>
  new Y.Map<unknown>([
    ["type", "table"],
    ["cells", new Y.Map([["row:column", new Y.Text(text)]])],
  ]);

const nestOf = ({ browser }: Guest): Y.Map<unknown> =>
  browser.doc
    .getText("body")
    .toDelta()
    .find((each: { insert: unknown }) => each.insert instanceof Y.Map).insert;

const cellsOf = (nest: Y.Map<unknown>) => nest.get("cells") as Y.Map<Y.Text>;
const cellOf = (nest: Y.Map<unknown>): Y.Text => cellsOf(nest).get("row:column")!;

const typeInCell = (guest: Guest, text: string): void => {
  const cell = cellOf(nestOf(guest));
  cell.insert(cell.length, text);
};

/** Ana and Ben in a room with something that text stands in; all of it looked at. */
async function begin(in_ = house()) {
  const ana = await in_.join("ana");
  const ben = await in_.join("ben");
  ana.browser.doc.getText("body").insertEmbed(0, nested("seen"));
  await in_.pass(limits.lookMs * 2);
  expect(nestOf(ben)).toBeDefined();
  return { in_, ana, ben };
}

const deleteAll = ({ browser }: Guest): void => {
  const text = browser.doc.getText("body");
  text.delete(0, text.length);
};

test.each(["typed first", "deleted first"])(
  "[LOST-6] words that died unseen are kept for who wrote them, once (%s)",
  async (order) => {
    const { in_, ana, ben } = await begin();
    const acts = [() => typeInCell(ben, " and my words"), () => deleteAll(ana)];
    // At one moment: neither has heard of the other's.
    for (const act of order === "typed first" ? acts : acts.toReversed()) act();
    await in_.pass(limits.lookMs * 3);
    expect(in_.keeping.kept).toEqual([{ person: "id-of-ben", text: " and my words" }]);
    ana.browser.write("more");
    await in_.pass(limits.lookMs * 3);
    expect(in_.keeping.kept).toHaveLength(1);
    expect(in_.reported).toEqual([]);
  },
);

test("[LOST-6] they are kept for the first who brought that author, also where that was before the checkpoint", async () => {
  const disk = new FakeDisk();
  const first = await begin(house(disk));
  const away = first.ana.browser;
  first.ana.socket.hangUp();
  typeInCell(first.ben, " long ago");
  // So much that a checkpoint takes it all in.
  first.ben.browser.write("x".repeat(limits.checkpointTailBytes + 1));
  await first.in_.pass();
  first.ben.socket.hangUp();
  await first.in_.pass();
  expect(disk.checkpoints.get(page)?.number).toBe(disk.entries.length);
  const second = house(disk);
  away.doc.getText("body").delete(0, 1);
  await second.join("ana", away);
  await second.pass(limits.lookMs * 2);
  expect(second.keeping.kept).toEqual([{ person: "id-of-ben", text: " long ago" }]);
});

test("[LOST-7] no checkpoint is made before what was lost is kept, and what failed is tried again", async () => {
  const disk = new FakeDisk();
  const { in_, ana, ben } = await begin(house(disk));
  in_.keeping.fails = true;
  typeInCell(ben, " mine");
  deleteAll(ana);
  ana.browser.write("x".repeat(limits.checkpointTailBytes + 1));
  await in_.pass(limits.lookMs * 2);
  expect(disk.checkpoints.size).toBe(0);
  expect(in_.reported.map(String)).toContain("Error: disk full");
  in_.keeping.fails = false;
  await in_.pass(limits.lookAgainMs);
  expect(in_.keeping.kept).toEqual([{ person: "id-of-ben", text: " mine" }]);
  ana.browser.write("y".repeat(limits.checkpointTailBytes + 1));
  await in_.pass();
  expect(disk.checkpoints.size).toBe(1);
});

test("[LOST-7] a process that died before it looked is followed by one that looks, and neither loses nor doubles", async () => {
  const disk = new FakeDisk();
  const { in_, ana, ben } = await begin(house(disk));
  typeInCell(ben, " mine");
  deleteAll(ana);
  await in_.pass(limits.lookMs / 2);
  expect(in_.keeping.kept).toEqual([]);
  const next = house(disk);
  await next.join("cleo");
  await next.pass(limits.lookMs * 2);
  expect(next.keeping.kept).toEqual([{ person: "id-of-ben", text: " mine" }]);
});

test("[LOST-7] the last to leave leaves nothing that was not looked at", async () => {
  const { in_, ana, ben } = await begin();
  typeInCell(ben, " mine");
  deleteAll(ana);
  await in_.pass(10);
  ana.socket.hangUp();
  ben.socket.hangUp();
  await in_.pass(10);
  expect(in_.rooms.counts().rooms).toBe(0);
  expect(in_.keeping.kept).toHaveLength(1);
});

test("[LOST-8] typing, splitting, formatting, deleting and all at once in a text that holds no other lead to no look", async () => {
  const in_ = house();
  const ana = await in_.join("ana");
  const text = ana.browser.doc.getText("body");
  const acts = [
    () => text.insertEmbed(0, toMarker({ type: "paragraph", attrs: {}, in: null }, "b1" as BlockId)),
    () => text.insert(1, "some words"),
    () => text.insertEmbed(5, toMarker({ type: "paragraph", attrs: {}, in: null }, "b2" as BlockId)),
    () => text.format(2, 3, { bold: true }),
    () => text.delete(5, 2),
    () => text.insert(5, "more"),
    () =>
      ana.browser.doc.transact(() => {
        text.delete(1, 2);
        text.insertEmbed(1, toMarker({ type: "paragraph", attrs: {}, in: null }, "b3" as BlockId));
      }),
  ];
  for (const act of acts) {
    act();
    await in_.pass(limits.lookMs * 2);
  }
  expect(in_.looks()).toBe(0);
});

test("[LOST-8] what is typed into something that was folded away long ago is doubted, and found", async () => {
  const disk = new FakeDisk();
  const first = await begin(house(disk));
  const away = first.ben.browser;
  first.ben.socket.hangUp();
  deleteAll(first.ana);
  first.ana.browser.write("x".repeat(limits.checkpointTailBytes + 1));
  await first.in_.pass();
  first.ana.socket.hangUp();
  await first.in_.pass();
  const second = house(disk);
  cellOf(away.doc.getText("body").toDelta()[0].insert).insert(4, " offline words");
  await second.join("ben", away);
  await second.pass(limits.lookMs * 2);
  expect(second.looks()).toBe(1);
  expect(second.keeping.kept).toEqual([{ person: "id-of-ben", text: " offline words" }]);
});

test("[LOST-8] a look that took long is followed by a long rest", async () => {
  const in_ = house(undefined, {
    look: async (seen) => {
      looked.push(in_.clock.nowMs());
      await new Promise<void>((resolve) => void in_.clock.schedule(resolve, 200));
      return look(seen);
    },
  });
  const looked: number[] = [];
  const ana = await in_.join("ana");
  ana.browser.doc.getText("body").insertEmbed(0, nested("seen"));
  for (let times = 0; times < 30; times += 1) {
    typeInCell(ana, "a");
    await in_.pass(1_000);
  }
  expect(looked.length).toBeGreaterThan(1);
  for (const [at, ms] of looked.entries())
    if (at > 0) expect(ms - looked[at - 1]!).toBeGreaterThanOrEqual(200 * limits.lookRest);
});

test("[LOST-8] nothing that is lost goes undoubted (seeds 1 to 40)", async () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const { in_, ana, ben } = await begin();
    const guests = [ana, ben];
    const pick = seeded(seed);
    for (let step = 0; step < 30; step += 1) {
      const guest = guests[pick(2)]!;
      const text = guest.browser.doc.getText("body");
      const nests: Y.Map<unknown>[] = text
        .toDelta()
        .map((each: { insert: unknown }) => each.insert)
        .filter((each: unknown) => each instanceof Y.Map);
      const nest = nests[pick(Math.max(1, nests.length))];
      const acts = [
        () => text.insert(pick(text.length + 1), "w"),
        () => text.length > 0 && text.delete(pick(text.length), 1),
        () => text.insertEmbed(pick(text.length + 1), nested("born ")),
        () => nest && cellOf(nest).insert(0, `w${step} `),
        () => nest && cellsOf(nest).set("row:column", new Y.Text(`set${step} `)),
        () => nest?.set("alt", `two words${step}`),
      ];
      acts[pick(acts.length)]!();
      if (pick(3) === 0) await in_.pass(20);
    }
    await in_.pass(limits.lookMs * 3);
    const all = look({ state: null, updates: in_.disk.entries.map((entry) => entry.update) });
    const lost = all.lost.flatMap(({ pieces }) => pieces.map((each) => each.text)).join("");
    const kept = in_.keeping.kept.map((each) => each.text).join("");
    expect([...kept].sort().join(""), `seed ${seed}`).toBe([...lost].sort().join(""));
  }
});

const blockOf = (id: string) => toMarker({ type: "paragraph", attrs: {}, in: null }, id as BlockId);

/** What moving a block is: one transaction that deletes it, and writes it elsewhere with its id. */
function move({ browser }: Guest, from: number, words: string, to: number): void {
  const text = browser.doc.getText("body");
  browser.doc.transact(() => {
    text.delete(from, words.length + 1);
    text.insertEmbed(to, blockOf("moved"));
    text.insert(to + 1, words);
  });
}

/** The first half of cutting and pasting, and the second: each an edit of its own. */
function cut({ browser }: Guest, from: number, words: string): void {
  browser.doc.getText("body").delete(from, words.length + 1);
}

function paste({ browser }: Guest, to: number, words: string): void {
  const text = browser.doc.getText("body");
  browser.doc.transact(() => {
    text.insertEmbed(to, blockOf("moved"));
    text.insert(to + 1, words);
  });
}

const textsOf = ({ browser }: Guest): string[] =>
  readBody(browser.doc).blocks.map((block) =>
    block.content.map((run) => ("text" in run ? run.text : "")).join(""),
  );

async function beginMoving(in_ = house()) {
  const guests = [await in_.join("ana"), await in_.join("ben")] as const;
  const text = guests[0].browser.doc.getText("body");
  guests[0].browser.doc.transact(() => {
    for (const words of ["one", "two", "three"].toReversed()) {
      text.insertEmbed(0, blockOf(words === "one" ? "moved" : words));
      text.insert(1, words);
    }
  });
  await in_.pass(limits.lookMs * 2);
  return { in_, ana: guests[0], ben: guests[1] };
}

test("[MEND-1] a block that two moved at once stands once again, for everyone, and in nobody's undo", async () => {
  const { in_, ana, ben } = await beginMoving();
  const undo = new Y.UndoManager(ana.browser.doc.getText("body"), { trackedOrigins: new Set([null]) });
  move(ana, 0, "one", 4);
  move(ben, 0, "one", 10);
  await in_.pass(10);
  expect(textsOf(ana)).toEqual(["two", "one", "three", "one"]);
  await in_.pass(limits.lookMs * 3);
  expect(textsOf(ana)).toEqual(["two", "one", "three"]);
  expect(textsOf(ben)).toEqual(["two", "one", "three"]);
  expect(in_.disk.entries.at(-1)?.person).toBe("plenum");
  expect(undo.undoStack).toHaveLength(1);
  expect((await in_.join("cleo")).browser.text).toBe(ana.browser.text);
  expect(in_.reported).toEqual([]);
});

test("[MEND-1] a block that two cut at once, and each pastes elsewhere a while later, stands once again", async () => {
  const { in_, ana, ben } = await beginMoving();
  for (const guest of [ana, ben]) cut(guest, 0, "one");
  await in_.pass(limits.lookMs * 3);
  expect(textsOf(ben)).toEqual(["two", "three"]);
  expect(in_.looks()).toBe(0);
  paste(ana, 4, "one");
  paste(ben, 10, "one");
  await in_.pass(10);
  expect(textsOf(ana)).toEqual(["two", "one", "three", "one"]);
  await in_.pass(limits.lookMs * 3);
  for (const guest of [ana, ben]) expect(textsOf(guest)).toEqual(["two", "one", "three"]);
});

test("[MEND-1] so does one that was cut long ago, of which the page knows no more, also where nobody looked", async () => {
  const disk = new FakeDisk();
  const first = await beginMoving(house(disk));
  cut(first.ana, 0, "one");
  first.ana.browser.write("x".repeat(limits.checkpointTailBytes + 1));
  await first.in_.pass();
  const browsers = [first.ana.browser, first.ben.browser];
  first.ana.socket.hangUp();
  first.ben.socket.hangUp();
  await first.in_.pass();
  expect(disk.checkpoints.get(page)?.number).toBe(disk.entries.length);
  const second = house(disk);
  const ana = await second.join("ana", browsers[0]);
  const ben = await second.join("ben", browsers[1]);
  paste(ana, 4, "one");
  paste(ben, 4, "one");
  await second.pass(limits.lookMs / 2);
  expect(textsOf(ana)).toHaveLength(4);
  // As after a crash: the next process finds both in the journal.
  const third = house(disk);
  const cleo = await third.join("cleo");
  await third.pass(limits.lookMs * 3);
  expect(textsOf(cleo)).toHaveLength(3);
});

test("[MEND-1] of doubles that differ, no word is deleted, also where they differ by what was typed meanwhile", async () => {
  const { in_, ana, ben } = await beginMoving();
  move(ana, 0, "one", 4);
  move(ben, 0, "one", 10);
  ben.browser.write("!");
  await in_.pass(limits.lookMs * 3);
  expect(textsOf(ben)).toEqual(["two", "one", "three", "one!"]);
});

test("[MEND-1] who types while the server looks delays the mending, and loses nothing", async () => {
  const { in_, ana, ben } = await beginMoving();
  move(ana, 0, "one", 4);
  move(ben, 0, "one", 10);
  await in_.pass(limits.lookMs - 20);
  in_.journal.isHeld = true;
  ben.browser.write("!");
  await in_.pass(100);
  in_.journal.isHeld = false;
  in_.journal.commit();
  await in_.pass(limits.lookMs * 3);
  expect(textsOf(ana)).toEqual(["two", "one", "three", "one!"]);
});

test("[MEND-2] mending what is mended changes nothing, and whoever looks mends alike", async () => {
  const { in_, ana, ben } = await beginMoving();
  move(ana, 0, "one", 4);
  move(ben, 0, "one", 10);
  await in_.pass(10);
  const updates = in_.disk.entries.map((entry) => entry.update);
  const { mend } = look({ state: null, updates });
  expect(mend).not.toBeNull();
  expect(look({ state: fold(updates.slice(0, -1)).state, updates: updates.slice(-1) }).mend).toEqual(mend);
  expect(look({ state: null, updates: [...updates, mend!] }).mend).toBeNull();
  await in_.pass(limits.lookMs * 9);
  expect(in_.disk.entries).toHaveLength(updates.length + 1);
  expect(in_.disk.entries.at(-1)?.update).toEqual(mend);
  await in_.rooms.write(page, mend!, visitor("eve").person.id);
  expect(textsOf(ana)).toEqual(["two", "one", "three"]);
});
