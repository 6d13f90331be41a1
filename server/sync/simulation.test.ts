import { expect, test } from "vitest";
import * as Y from "yjs";
import { frame } from "../../shared/protocol/frames.ts";
import { FakeBrowser } from "./fake-browser.ts";
import { FakeClock } from "./fake-clock.ts";
import { FakeHouse, visitor } from "./fake-house.ts";
import { FakeSocket } from "./fake-socket.ts";
import { FakeDisk } from "./fake-store.ts";
import type { Schedule } from "./tick.ts";
import { contentOf, editSomehow, seeded } from "./update/random-page.ts";

/*
 * People write into one page over a slow and breaking network, on a server that crashes, loses commits and starts
 * again from its disk. Whatever happens, in this order of importance:
 *
 * - what somebody else saw, or its writer was told is saved, is on the disk at that moment;
 * - nobody honest is ever refused;
 * - when it calms down, all have the same text, and so has the disk, and so has whoever comes then.
 */

/** One process: what it had scheduled dies with it. */
class Process {
  isAlive = true;
  readonly house: FakeHouse;

  constructor(world: World) {
    const schedule: Schedule = (run, afterMs) => world.clock.schedule(() => this.isAlive && run(), afterMs);
    this.house = new FakeHouse(world.disk, { nowMs: world.clock.nowMs, schedule });
    const { journal } = this.house;
    journal.isHeld = true;
    const append = journal.append.bind(journal);
    journal.append = (entries) => {
      const appended = append(entries);
      const isLost = world.pick(30) === 0;
      schedule(() => (isLost ? journal.fail(new Error("disk full")) : journal.commit()), world.pick(15));
      return appended;
    };
  }

  /** Dies in the middle of whatever it does; what was on its way to the disk may have arrived there, or not. */
  kill(hasArrived: boolean): void {
    this.isAlive = false;
    if (hasArrived) this.house.journal.commitUnheard();
  }
}

/** A wire in one direction: keeps the order, takes its time. */
class Wire {
  readonly #world: World;
  readonly #arrive: (bytes: Uint8Array) => void;
  #lastMs = 0;
  isCut = false;

  constructor(world: World, arrive: (bytes: Uint8Array) => void) {
    this.#world = world;
    this.#arrive = arrive;
  }

  send(bytes: Uint8Array): void {
    const { clock, pick } = this.#world;
    this.#lastMs = Math.max(this.#lastMs, clock.nowMs() + 1 + pick(40));
    clock.schedule(() => !this.isCut && this.#arrive(bytes), this.#lastMs - clock.nowMs());
  }
}

class Person {
  readonly browser: FakeBrowser;
  readonly name: string;
  readonly #world: World;
  #socket: FakeSocket | null = null;
  #wires: Wire[] = [];
  /**
   * The own clock up to which all is on the disk once this many messages with text of this connection are. An edit
   * that leaves before the answer to the server's question promises nothing: what was written offline is behind it.
   */
  #sent: number[] = [];

  constructor(world: World, name: string, client: number) {
    this.#world = world;
    this.name = name;
    this.browser = new FakeBrowser(client);
  }

  get isConnected(): boolean {
    return this.#socket !== null;
  }

  connect(): void {
    if (this.#socket) return;
    const { browser } = this;
    const socket = new FakeSocket();
    const up = new Wire(this.#world, (bytes) => socket.say(bytes));
    const down = new Wire(this.#world, (bytes) => this.#hear(bytes));
    this.#socket = socket;
    this.#wires = [up, down];
    this.#sent = [];
    socket.onSent = (bytes) => down.send(bytes.slice());
    socket.onClosed = (code) => this.#closed(socket, code);
    this.#world.process.house.rooms.connect(socket, visitor(this.name));
    let hasAnswered = false;
    browser.connect((bytes) => {
      hasAnswered ||= bytes[0] === frame.sync && bytes[1] === 1;
      if (this.#sent.length < browser.textSent) this.#sent.push(hasAnswered ? this.#ownClock() : 0);
      up.send(bytes);
    });
  }

  /** The network goes: both sides notice, and what was under way is lost. */
  cut(): void {
    const socket = this.#socket;
    this.#socket = null;
    for (const wire of this.#wires) wire.isCut = true;
    this.browser.disconnect();
    socket?.hangUp();
  }

  #closed(socket: FakeSocket, code: number): void {
    this.#world.refusals.push(...(code >= 4400 && code < 4500 ? [`${this.name}: ${code}`] : []));
    if (this.#socket === socket) this.cut();
  }

  #ownClock(): number {
    return Y.getState(this.browser.doc.store, this.browser.doc.clientID);
  }

  #hear(bytes: Uint8Array): void {
    this.browser.hear(bytes);
    const durable = this.#world.durable();
    for (const [author, clock] of Y.decodeStateVector(Y.encodeStateVector(this.browser.doc)))
      if (author !== this.browser.doc.clientID) expect(durable.get(author)).toBeGreaterThanOrEqual(clock);
    const acknowledged = this.#sent[this.browser.saved - 1] ?? 0;
    expect(durable.get(this.browser.doc.clientID) ?? 0).toBeGreaterThanOrEqual(acknowledged);
  }
}

class World {
  readonly clock = new FakeClock();
  readonly disk = new FakeDisk();
  readonly pick: (below: number) => number;
  readonly refusals: string[] = [];
  readonly people: Person[];
  process: Process;
  readonly #doc = new Y.Doc();
  #applied = 0;

  constructor(seed: number) {
    this.pick = seeded(seed);
    this.process = new Process(this);
    const count = 3 + this.pick(3);
    this.people = Array.from({ length: count }, (_, at) => new Person(this, `p${at}`, seed * 100 + at));
  }

  /** What is on the disk, up to which clock of each author. */
  durable(): Map<number, number> {
    for (const entry of this.disk.entries.slice(this.#applied)) Y.applyUpdate(this.#doc, entry.update);
    this.#applied = this.disk.entries.length;
    expect(this.#doc.store.pendingStructs).toBeNull();
    return Y.decodeStateVector(Y.encodeStateVector(this.#doc));
  }

  text(): unknown {
    this.durable();
    return contentOf(this.#doc);
  }

  restart(): void {
    this.process.kill(this.pick(2) === 0);
    for (const person of this.people) person.cut();
    this.process = new Process(this);
  }

  async live(steps: number): Promise<void> {
    for (let left = steps; left > 0; left -= 1) {
      const person = this.people[this.pick(this.people.length)]!;
      const what = this.pick(100);
      if (what < 60) editSomehow(person.browser.doc, this.pick);
      else if (what < 65) person.cut();
      else if (what < 85) person.connect();
      else if (what < 87) this.restart();
      await this.clock.pass(this.pick(30));
    }
  }

  /** Everybody comes, as often as it takes, and nobody writes any more. */
  async calmDown(): Promise<void> {
    for (let left = 20; left > 0; left -= 1) {
      for (const person of this.people) person.connect();
      await this.clock.pass(500);
    }
  }
}

const seeds = Array.from({ length: 30 }, (_, at) => at + 1);

test.each(seeds)("[SIM-1] nothing seen or acknowledged is lost, and all converge (seed %i)", async (seed) => {
  const world = new World(seed);
  await world.live(150);
  await world.calmDown();
  expect(world.refusals).toEqual([]);
  for (const person of world.people) {
    expect(person.isConnected).toBe(true);
    expect(person.browser.saved).toBe(person.browser.textSent);
    expect(contentOf(person.browser.doc)).toEqual(world.text());
  }
  world.restart();
  const late = new Person(world, "late", 99);
  late.connect();
  await world.clock.pass(1000);
  expect(late.browser.isSynced).toBe(true);
  expect(contentOf(late.browser.doc)).toEqual(world.text());
});
