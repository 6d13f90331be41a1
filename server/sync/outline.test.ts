import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { crc32 } from "node:zlib";
import { expect, test } from "vitest";
import * as Y from "yjs";
import type { PersonId } from "../../shared/base/ids.ts";
import { must } from "../../shared/base/assert.ts";
import { BodyBytes } from "./body-bytes.ts";
import { Doubt } from "./doubt.ts";
import { FakeHouse, page, visitor } from "./fake-house.ts";
import { FakeDisk } from "./fake-store.ts";
import { fold } from "./fold.ts";
import { judge } from "./gate.ts";
import { outlined, outlineOf, readOutline, type Folded } from "./outline.ts";
import { PagePlaces } from "./page-places.ts";
import { Known } from "./update/known.ts";
import { mergeUpdates } from "./update/merge.ts";
import { contentOf, randomUpdates, seeded } from "./update/random-page.ts";
import { lay } from "./update/splice.ts";
import { walk } from "./update/walk.ts";

/* The language: a page with a checkpoint, a tail behind it, and edits that come once it is open. */

type Opened = { known: Known; doubt: Doubt; whole: Uint8Array };

function pageWith(seed: number) {
  const updates = randomUpdates(seed, 120);
  const pick = seeded(seed);
  const [from, to] = [pick(100), 100 + pick(10)];
  return { folded: fold(updates.slice(0, from)), tail: updates.slice(from, to), edits: updates.slice(to) };
}

/** As a room opens a page. */
function openByOutline(folded: Folded, tail: readonly Uint8Array[]): Opened {
  const { laid, ground } = outlined({ number: 1, ...folded });
  const [known, doubt] = [Known.of(laid), new Doubt(ground)];
  for (const update of tail) known.learn(walk(update));
  for (const update of tail) doubt.learn(walk(update));
  return { known, doubt, whole: new BodyBytes(folded, tail).whole() };
}

function openByWalking({ state }: Folded, tail: readonly Uint8Array[]): Opened {
  const whole = mergeUpdates([state, ...tail]);
  const [known, doubt] = [new Known(), new Doubt()];
  known.learn(walk(whole));
  doubt.learn(walk(whole));
  return { known, doubt, whole };
}

/** Every clock of an author, and whether it is known to be deleted. */
function deletedIn(known: Known): string[] {
  return [...known.clocks].flatMap(([author, end]) =>
    Array.from({ length: end }, (_, clock) => ({ author, clock, end: clock + 1 }))
      .filter((range) => known.newsIn({ runs: [], deletes: [range] }).deletes === 0)
      .map(({ clock }) => `${author} ${clock}`),
  );
}

const sorted = (known: Known) => [...known.clocks].sort(([one], [other]) => one - other);

const verdictOn = ({ known, whole }: Opened, update: Uint8Array) =>
  judge({
    role: "editor",
    person: "ana" as PersonId,
    isOutdated: false,
    form: "edit",
    update,
    known,
    places: () => new PagePlaces(walk(whole)),
    ownerOf: () => null,
    bodyBytes: whole.length,
    authorsBrought: 0,
  });

/** A checkpoint whose text nobody could read: what its structs say is scrambled, and its outline says that it is so. */
function unreadable({ state, outline }: Folded): Folded {
  const damaged = state.slice();
  for (const { from, to } of lay(state).stretches) damaged.fill(31, from, to);
  const decoder = decoding.createDecoder(outline);
  const form = decoding.readVarUint(decoder);
  decoding.readVarUint(decoder);
  const rest = decoding.readTailAsUint8Array(decoder);
  const head = encoding.encode((encoder) => {
    for (const number of [form, crc32(damaged)]) encoding.writeVarUint(encoder, number);
  });
  return { state: damaged, outline: new Uint8Array([...head, ...rest]) };
}

const seeds = Array.from({ length: 12 }, (_, at) => at + 1);

test.each(seeds)("[JOIN-7] a page opened by its outline is the page opened by walking (seed %i)", (seed) => {
  const { folded, tail, edits } = pageWith(seed);
  const [one, other] = [openByOutline(folded, tail), openByWalking(folded, tail)];
  expect(one.whole).toEqual(other.whole);
  expect(sorted(one.known)).toEqual(sorted(other.known));
  expect(deletedIn(one.known).sort()).toEqual(deletedIn(other.known).sort());
  for (const update of [folded.state, ...tail, ...edits])
    expect(verdictOn(one, update)).toEqual(verdictOn(other, update));
});

test.each(seeds)("[LOST-8] a page opened by its outline is doubted where the whole is (seed %i)", (seed) => {
  const { folded, tail, edits } = pageWith(seed);
  for (const edit of [...tail, ...edits]) {
    const [one, other] = [openByOutline(folded, []), openByWalking(folded, [])];
    if (other.doubt.raises(walk(edit))) expect(one.doubt.raises(walk(edit))).toBe(true);
  }
});

test("[LOST-8] an outline says that text stands in what stands in the text", () => {
  const doc = new Y.Doc();
  doc.getText("body").insertEmbed(0, new Y.Map([["cells", new Y.Map([["a:b", new Y.Text("in a cell")]])]]));
  const state = Y.encodeStateAsUpdate(doc);
  const typed = new Y.Doc();
  typed.getText("body").insert(0, "a");
  const edit = walk(Y.encodeStateAsUpdate(typed));
  const isDoubted = (of: Uint8Array) =>
    new Doubt(must(readOutline(outlineOf(of), of), "its outline").ground).raises(edit);
  expect(isDoubted(state)).toBe(true);
  expect(isDoubted(Y.encodeStateAsUpdate(typed))).toBe(false);
});

test("[JOIN-7] who comes with nothing is answered by a checkpoint without its text being read", async () => {
  const disk = new FakeDisk();
  const checkpoint = unreadable(fold(randomUpdates(1, 60)));
  disk.checkpoints.set(page, { number: 0, owners: new Map(), ...checkpoint });
  const house = new FakeHouse(disk);
  const socket = house.knock(visitor("ana"));
  const sent: Uint8Array[] = [];
  socket.onSent = (bytes) => sent.push(bytes);
  socket.say(Uint8Array.of(0, 0, 1, 0));
  socket.say(Uint8Array.of(0, 1, 2, 0, 0));
  await house.pass();
  expect(sent.some((frame) => Buffer.from(frame).includes(Buffer.from(checkpoint.state)))).toBe(true);
  expect(socket.closed).toBe(null);
  socket.hangUp();
  await house.pass();
  expect(house.reported).toEqual([]);
});

test("[JOIN-7] a page opens with a checkpoint that has no outline, or another's, as with its own", async () => {
  const updates = randomUpdates(4, 60);
  const folded = fold(updates);
  const other = fold(randomUpdates(5, 60)).outline;
  const cut = folded.outline.subarray(0, -1);
  const newer = Uint8Array.of(9, ...folded.outline.subarray(1));
  for (const outline of [folded.outline, undefined, other, cut, newer, new Uint8Array()]) {
    const disk = new FakeDisk();
    disk.checkpoints.set(page, { number: 0, state: folded.state, ...(outline && { outline }) });
    const house = new FakeHouse(disk);
    const ana = await house.join("ana");
    const doc = new Y.Doc();
    Y.applyUpdate(doc, folded.state);
    expect(contentOf(ana.browser.doc)).toEqual(contentOf(doc));
    ana.browser.write("more");
    await house.pass();
    expect(disk.entries).toHaveLength(1);
    expect(house.reported).toEqual([]);
  }
});

test("[JOIN-7] an outline is of one state alone, and of all of it", () => {
  const { state, outline } = fold(randomUpdates(6, 60));
  expect(readOutline(outline, state)?.laid).toEqual(lay(state));
  for (let at = 0; at < state.length; at += 7) {
    const damaged = state.slice();
    damaged[at]! ^= 1;
    expect(readOutline(outline, damaged)).toBe(null);
  }
  for (let length = 0; length < outline.length; length += 1)
    expect(readOutline(outline.subarray(0, length), state)).toBe(null);
});
