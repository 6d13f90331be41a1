import { expect, test, vi } from "vitest";
import * as Y from "yjs";
import { limits } from "../../shared/base/limits.ts";
import { schemaVersion } from "../../shared/body/schema.ts";
import { Refused } from "../../shared/protocol/refusals.ts";
import { protocolVersion } from "../../shared/protocol/version.ts";
import type { SurveyRecord } from "../../shared/records/kinds.ts";
import type { PersonId, SurveyId } from "../../shared/base/ids.ts";
import { browserFrame, FakeBrowser } from "./fake-browser.ts";
import { FakeHouse, visitor, type Guest } from "./fake-house.ts";
import type { RecordsPort } from "./records-port.ts";
import { Room } from "./room.ts";

/** A record log of titles, in memory. */
class FakeRecords implements RecordsPort {
  readonly log: SurveyRecord[] = [];
  asked = 0;
  readonly #hearers = new Set<(records: readonly SurveyRecord[]) => void>();

  async ask(_: SurveyId, person: PersonId, ask: unknown): Promise<SurveyRecord> {
    this.asked += 1;
    const { title } = ask as { title: string };
    if (title === "bad") throw new Refused("not-allowed");
    if (title === "broken") throw new Error("a bug");
    return this.add(title, person);
  }

  add(title: string, person = "somebody" as PersonId): SurveyRecord {
    const record: SurveyRecord = { type: "survey.renamed", title, seq: this.log.length + 1, at: 0, person };
    this.log.push(record);
    for (const hear of this.#hearers) hear([record]);
    return record;
  }

  async read(_: SurveyId, after: number): Promise<SurveyRecord[]> {
    return this.log.slice(after);
  }

  async keepWords(): Promise<void> {}

  listen(_: SurveyId, hear: (records: readonly SurveyRecord[]) => void): () => void {
    this.#hearers.add(hear);
    return () => void this.#hearers.delete(hear);
  }
}

const ask = (id: string, title: string) =>
  browserFrame.say({ say: "ask", id, ask: { type: "survey.renamed", title } });

const toldTo = ({ browser }: Guest) =>
  browser.said.map((each) => (each.say === "records" ? each.records.map((record) => record.seq) : each.say));

test("[TALK-1] hello is answered by who you are, and all records after the last you have, in order", async () => {
  const records = new FakeRecords();
  records.add("one");
  records.add("two");
  const house = new FakeHouse(undefined, { records });
  const ana = await house.join(visitor("ana", "commenter"));
  expect(ana.browser.said[0]).toEqual({
    say: "welcome",
    version: protocolVersion,
    epoch: 0,
    schema: schemaVersion,
    survey: "survey-1",
    person: "id-of-ana",
    name: "ana",
    role: "commenter",
    color: 0,
  });
  const ben = await house.join("ben");
  expect(ben.browser.said[0]).toMatchObject({ say: "welcome", color: 1 });
  records.add("three");
  await house.pass();
  expect(toldTo(ana)).toEqual(["welcome", [1, 2], [3]]);
});

test("[TALK-2] where there is no record yet, that is said", async () => {
  const house = new FakeHouse(undefined, { records: new FakeRecords() });
  expect(toldTo(await house.join("ana"))).toEqual(["welcome", []]);
});

test("[TALK-3] an ask is answered after its record was told, to the asker and everyone else", async () => {
  const house = new FakeHouse(undefined, { records: new FakeRecords() });
  const [ana, ben] = [await house.join("ana"), await house.join("ben")];
  ana.socket.say(ask("q1", "a title"));
  await house.pass();
  expect(toldTo(ana)).toEqual(["welcome", [], [1], "answer"]);
  expect(ana.browser.said.at(-1)).toEqual({ say: "answer", id: "q1", seq: 1 });
  expect(toldTo(ben)).toEqual(["welcome", [], [1]]);
});

test("[TALK-4] a refused ask is answered with the refusal and the connection lives on; a bug is told to us only", async () => {
  const house = new FakeHouse(undefined, { records: new FakeRecords() });
  const ana = await house.join("ana");
  ana.socket.say(ask("q1", "bad"));
  ana.socket.say(ask("q2", "broken"));
  await house.pass();
  expect(ana.browser.said.slice(2)).toEqual([
    { say: "answer", id: "q1", refusal: { code: "not-allowed" } },
    { say: "answer", id: "q2", refusal: { code: "internal" } },
  ]);
  expect(house.reported.map(String)).toEqual(["Error: a bug"]);
  expect(ana.socket.closed).toBeNull();
});

test("[TALK-5] an ask that is repeated is made once and answered each time", async () => {
  const records = new FakeRecords();
  const house = new FakeHouse(undefined, { records });
  const ana = await house.join("ana");
  for (let times = 0; times < 3; times += 1) ana.socket.say(ask("q1", "once"));
  await house.pass();
  expect(records.asked).toBe(1);
  expect(ana.browser.said.filter((each) => each.say === "answer")).toHaveLength(3);
});

test("[TALK-6] records that come while others are being read are neither lost nor told twice", async () => {
  const records = new FakeRecords();
  records.add("one");
  const read = records.read.bind(records);
  records.read = async (survey, after) => {
    const before = await read(survey, after);
    if (records.log.length < 5) records.add("meanwhile");
    return before;
  };
  const house = new FakeHouse(undefined, { records });
  const ana = await house.join("ana");
  expect(toldTo(ana).flat().filter(Number)).toEqual([1, 2, 3, 4, 5]);
});

test("[TALK-7] nothing of ours is sent to whoever has not said hello", async () => {
  const house = new FakeHouse(undefined, { records: new FakeRecords() });
  const socket = house.knock("ana");
  const types: (number | undefined)[] = [];
  socket.onSent = (bytes) => types.push(bytes[0]);
  const doc = new Y.Doc();
  doc.getText("body").insert(0, "plain");
  socket.say(browserFrame.askState(Uint8Array.of(0)));
  socket.say(browserFrame.edit(Y.encodeStateAsUpdate(doc)));
  await house.pass();
  expect(types.length).toBeGreaterThan(0);
  expect(types.every((type) => type === 0)).toBe(true);
});

test("[TALK-8] too many asks are refused, one by one", async () => {
  const house = new FakeHouse(undefined, { records: new FakeRecords() });
  const ana = await house.join("ana");
  for (let at = 0; at <= limits.asks.burst; at += 1) ana.socket.say(ask(`q${at}`, "again"));
  await house.pass();
  expect(ana.browser.said.at(-1)).not.toHaveProperty("refusal");
  const refused = ana.browser.said.filter((each) => "refusal" in each);
  expect(refused).toEqual([{ say: "answer", id: `q${limits.asks.burst}`, refusal: { code: "too-fast" } }]);
});

/** An edit that builds on one which the server never got. */
function editWithHole(): Uint8Array {
  const doc = new Y.Doc();
  doc.getText("body").insert(0, "lost");
  const vector = Y.encodeStateVector(doc);
  doc.getText("body").insert(4, "found");
  return browserFrame.edit(Y.encodeStateAsUpdate(doc, vector));
}

/** Another tab's text comes into the browser's document by itself, before the server has it. */
function overhear({ browser }: Guest, words: string): void {
  const tab = new Y.Doc();
  tab.getText("body").insert(0, words);
  Y.applyUpdate(browser.doc, Y.encodeStateAsUpdate(tab), browser);
}

test("[HOLE-1] what builds on text that we lack is answered by our question, and the answer makes it whole", async () => {
  const house = new FakeHouse();
  const [ana, ben] = [await house.join("ana"), await house.join("ben")];
  overhear(ana, "one ");
  ana.browser.write("two");
  await house.pass();
  expect(ben.browser.text).toBe("one two");
  expect(ana.socket.closed).toBeNull();
});

test("[HOLE-2] the third hole within ten seconds closes; slower ones do not", async () => {
  const house = new FakeHouse();
  const [slow, fast] = [house.knock("ana"), house.knock("ben")];
  await house.pass();
  for (let times = 0; times < 5; times += 1) {
    slow.say(editWithHole());
    await house.pass(limits.holePatienceMs);
    for (const socket of [slow, fast]) socket.answerPing();
  }
  expect(slow.closed).toBeNull();
  fast.say(editWithHole());
  fast.say(editWithHole());
  expect(fast.closed).toBeNull();
  fast.say(editWithHole());
  expect(fast.closed).toEqual({ code: 4409, reason: "missing-updates" });
  expect(house.disk.entries).toEqual([]);
});

test("[HOLE-3] a message with a hole is not counted as saved before the answer that fills it is", async () => {
  const house = new FakeHouse();
  const ana = await house.join("ana");
  const { saved } = ana.browser;
  house.journal.isHeld = true;
  overhear(ana, "one ");
  ana.browser.write("two");
  await house.pass();
  expect(ana.browser.saved).toBe(saved);
  house.journal.commit();
  await house.pass();
  expect(ana.browser.saved).toBe(saved + 2);
  expect(ana.browser.saved).toBe(ana.browser.textSent);
});

test("[SLOW-1] a reader who does not read is not queued for; when it does, it gets what it missed at once", async () => {
  const house = new FakeHouse();
  const [ana, ben] = [await house.join("ana"), await house.join("ben")];
  let sent = 0;
  ben.socket.onSent = (bytes) => {
    sent += 1;
    ben.browser.hear(bytes);
  };
  ben.socket.bufferedAmount = limits.readerSkipBytes + 1;
  for (let at = 0; at < 10; at += 1) {
    ana.browser.write("word ");
    await house.pass();
  }
  expect([sent, ben.browser.text]).toEqual([0, ""]);
  ben.socket.drain();
  expect([sent, ben.browser.text]).toEqual([1, ana.browser.text]);
});

test("[SLOW-1] what was missed is forgotten where it is more than the whole text, which leaves instead", async () => {
  const house = new FakeHouse();
  const [ana, ben] = [await house.join("ana"), await house.join("ben")];
  const sent: Uint8Array[] = [];
  ben.socket.onSent = (bytes) => {
    sent.push(bytes.slice());
    ben.browser.hear(bytes);
  };
  ben.socket.bufferedAmount = limits.readerSkipBytes + 1;
  const text = ana.browser.doc.getText("body");
  for (let at = 0; at < 20; at += 1) {
    ana.browser.write("word ".repeat(10_000));
    await house.pass();
    text.delete(0, text.length);
    await house.pass();
  }
  ana.browser.write("what is left");
  await house.pass();
  await house.pass();
  ben.socket.drain();
  expect(ben.browser.text).toBe("what is left");
  expect(sent.length).toBeLessThan(3);
});

test("[SLOW-2] who is hopelessly behind is closed, to come back", async () => {
  const house = new FakeHouse();
  const [ana, ben] = [await house.join("ana"), await house.join("ben")];
  ben.socket.bufferedAmount = limits.readerBehindBytes;
  ana.browser.write("the last straw");
  await house.pass();
  expect(ben.socket.closed).toEqual({ code: 1013, reason: "too-slow" });
  expect(ana.socket.closed).toBeNull();
});

test("[RATE-1] who sends too fast is read more slowly, not cut off", async () => {
  const house = new FakeHouse();
  const { socket } = await house.join("ana");
  const message = browserFrame.presence(1, 1, {});
  for (let left = limits.messages.burst * 0.9; left > 0; left -= 1) socket.say(message);
  expect(socket.isPaused).toBe(false);
  for (let left = limits.messages.burst * 0.2; left > 0; left -= 1) socket.say(message);
  expect(socket.isPaused).toBe(true);
  await house.pass(1000);
  expect([socket.isPaused, socket.closed]).toEqual([false, null]);
});

test("[RATE-1] what was read before reading paused counts, too", async () => {
  const house = new FakeHouse();
  const { socket } = await house.join("ana");
  const { burst, perSecond } = limits.messages;
  for (let left = burst + 3 * perSecond; left > 0; left -= 1) socket.say(browserFrame.presence(1, 1, {}));
  await house.pass(2_500);
  expect(socket.isPaused).toBe(true);
  await house.pass(1_000);
  expect([socket.isPaused, socket.closed]).toEqual([false, null]);
});

test("[GATE-10] an older client opening a newer page changes no byte: it reads, hears the schema, and is told to reload", async () => {
  const house = new FakeHouse(undefined, { schema: 8 });
  const ana = await house.join("ana", new FakeBrowser(1, 8));
  ana.browser.write("new words");
  await house.pass();
  const kept = house.disk.entries.length;
  const old = await house.join("ben", new FakeBrowser(2, 7));
  expect(old.browser.said[0]).toMatchObject({ say: "welcome", schema: 8 });
  expect(old.browser.text).toBe("new words");
  expect([old.socket.closed, old.browser.saved]).toEqual([null, old.browser.textSent]);
  ana.browser.write(", more of them");
  await house.pass();
  expect(old.browser.text).toBe("new words, more of them");
  old.browser.write("old ", 0);
  await house.pass();
  expect(old.socket.closed).toEqual({ code: 4426, reason: "old-version" });
  expect(ana.browser.text).toBe("new words, more of them");
  expect(house.disk.entries).toHaveLength(kept + 1);
});

test("[GATE-10] what an older client wrote offline is refused as its edits are, and never asked for again", async () => {
  const house = new FakeHouse(undefined, { schema: 8 });
  const offline = new FakeBrowser(2, 7);
  offline.write("written offline");
  const old = await house.join("ben", offline);
  expect(old.socket.closed?.reason).toBe("old-version");
  const waiting = await house.join("cleo", new FakeBrowser(3, 7));
  waiting.socket.say(editWithHole());
  expect(waiting.socket.closed?.reason).toBe("old-version");
  expect(house.disk.entries).toEqual([]);
});

test("[GATE-10] who knows the format, or a newer one, or says no hello, writes", async () => {
  const house = new FakeHouse(undefined, { schema: 8 });
  for (const schema of [8, 9]) {
    const { browser } = await house.join("ana", new FakeBrowser(schema, schema));
    browser.write(`${schema}`);
    await house.pass();
    expect(browser.saved).toBe(browser.textSent);
  }
  const plain = house.knock("ben");
  const doc = new Y.Doc();
  doc.getText("body").insert(0, "plain");
  plain.say(browserFrame.edit(Y.encodeStateAsUpdate(doc)));
  await house.pass();
  expect(house.disk.entries).toHaveLength(3);
});

test("[RATE-2] the whole state is answered some times at once, then in its time, and the last question counts", async () => {
  const house = new FakeHouse();
  const { socket } = await house.join("ana");
  let states = 0;
  socket.onSent = (bytes) => {
    if (bytes[0] === 0 && bytes[1] === 1) states += 1;
  };
  for (let left = 100; left > 0; left -= 1) socket.say(browserFrame.askState(Uint8Array.of(0)));
  expect(states).toBeLessThanOrEqual(limits.states.burst);
  await house.pass(10_000);
  expect(states).toBeLessThanOrEqual(limits.states.burst + 1);
  expect(states).toBeGreaterThan(1);
  socket.say(browserFrame.askState(Uint8Array.of(9, 9)));
  expect(socket.closed?.reason).toBe("malformed");
});

test("[RATE-3] what is said while the room opens is heard then, up to a limit", async () => {
  const house = new FakeHouse();
  const socket = house.knock("ana");
  const half = new Uint8Array(limits.earlyBytes / 2);
  socket.say(half);
  socket.say(half);
  expect(socket.closed).toBeNull();
  socket.say(Uint8Array.of(1));
  expect(socket.closed).toEqual({ code: 4429, reason: "too-fast" });
});

test("[BEAT-1] a socket that leaves two pings unanswered is cut; one that answers is not", async () => {
  const house = new FakeHouse();
  const [dead, alive] = [house.knock("ana"), house.knock("ben")];
  for (let left = 5; left > 0; left -= 1) {
    await house.pass(limits.pingMs);
    alive.answerPing();
  }
  expect([dead.closed?.code, dead.pings]).toEqual([1006, 2]);
  expect([alive.closed, alive.pings]).toEqual([null, 5]);
  expect(house.rooms.counts().connections).toBe(1);
  expect(3 * limits.pingMs).toBeLessThanOrEqual(45_000);
});

test("[PLACE-6] whoever only looks, or brings nothing new, costs no walk through the page", async () => {
  const house = new FakeHouse();
  const ana = await house.join("ana");
  ana.browser.write("hello");
  await house.pass();
  using places = vi.spyOn(Room.prototype, "places", "get");
  await house.join(visitor("vera", "reader"), new FakeBrowser(701));
  const reader = new FakeBrowser(702);
  Y.applyUpdate(reader.doc, Y.encodeStateAsUpdate(ana.browser.doc));
  await house.join("ben", reader);
  expect(reader.textSent).toBe(1);
  expect(places).not.toHaveBeenCalled();
  reader.write(" all");
  await house.pass();
  expect(ana.browser.text).toBe("hello all");
  expect(places).toHaveBeenCalled();
});
