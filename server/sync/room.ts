import type { PageId, PersonId } from "../../shared/base/ids.ts";
import { limits } from "../../shared/base/limits.ts";
import type { Relay } from "../relay/relay.ts";
import type { Checkpoint, Epochs, Journal, JournalEntry } from "../storage/storage.ts";
import { Beacon } from "./beacon.ts";
import { BodyBytes } from "./body-bytes.ts";
import type { Connection } from "./connection.ts";
import { Doubt } from "./doubt.ts";
import type { Fold, HashText, Look } from "./folder.ts";
import { editFrame } from "./frames-out.ts";
import type { JournalWriter } from "./journal-writer.ts";
import { loadPage } from "./load-page.ts";
import { outlined } from "./outline.ts";
import { ownersOf } from "./owners.ts";
import { PagePlaces } from "./page-places.ts";
import { PresenceNews } from "./presence-news.ts";
import { Presences } from "./presence.ts";
import type { RecordsPort } from "./records-port.ts";
import { Tick, type Schedule } from "./tick.ts";
import { isWhole, Known } from "./update/known.ts";
import { mergeUpdates } from "./update/merge.ts";
import { walk, type Walked } from "./update/walk.ts";
import { Upkeep } from "./upkeep.ts";

/** What a room stands on. */
export type Ground = {
  journal: Journal;
  writer: JournalWriter;
  relay: Relay;
  records: Pick<RecordsPort, "keepWords">;
  /** Left out, every page is in its first. */
  epochs: Pick<Epochs, "of"> | undefined;
  fold: Fold;
  look: Look;
  hash: HashText;
  schedule: Schedule;
  nowMs: () => number;
  /** Is told of failures that nobody else hears of. */
  report: (error: unknown) => void;
};

/** An edit on its way to those who do not have it yet; `from` is null where no connection here made it. */
type Told = { update: Uint8Array; from: Connection | null };

/** A page as the store has it. */
type Kept = {
  checkpoint: Checkpoint | null;
  entries: JournalEntry[];
  owners: Map<number, PersonId>;
  epoch: number;
};

export type Edit = {
  update: Uint8Array;
  walked: Walked;
  person: PersonId;
  from: Connection | null;
  /** Called as soon as the edit is durable, before anyone is told of it. */
  onKept: () => void;
};

/**
 * One open page: its text as bytes, its connections, their presence. What is told to anybody, or answered to
 * anybody who asks for the text, is durable.
 */
export class Room {
  readonly page: PageId;
  readonly epoch: number;
  readonly presences: Presences;
  readonly #ground: Ground;
  readonly #body: BodyBytes;
  readonly #durable: Known;
  /** Who wrote as each author first; of one that nothing is known of, whoever claimed it last. */
  readonly #owners: Map<number, PersonId>;
  /** What is on its way to disk included; null where that is to be thought through again. */
  #known: Known | null = null;
  /** Where all of that stands; null until somebody writes, and where that is to be thought through again. */
  #places: PagePlaces | null = null;
  readonly #connections = new Set<Connection>();
  readonly #textTick: Tick;
  readonly #presenceTick: Tick;
  readonly #upkeep: Upkeep;
  readonly #beacon: Beacon;
  readonly #hush: () => void;
  /** Every entry up to here was read from the journal; ours, and other nodes', may stand behind it. */
  #read: number;
  #untold: Told[] = [];
  /** Of whose text more may be durable than they were told. */
  readonly #unthanked = new Set<Connection>();
  #newest: Promise<void> = Promise.resolve();
  #writing = 0;

  /** Opens a page: one read of its checkpoint and of the journal since. */
  static async open(page: PageId, ground: Ground): Promise<Room> {
    const loaded = await loadPage(ground.journal, page);
    const epoch = (await ground.epochs?.of(page)) ?? 0;
    return new Room(page, ground, { ...loaded, epoch, owners: await ownersOf(page, loaded, ground) });
  }

  private constructor(page: PageId, ground: Ground, { checkpoint, entries, owners, epoch }: Kept) {
    this.page = page;
    this.epoch = epoch;
    this.#ground = ground;
    this.#owners = owners;
    const updates = entries.map((entry) => entry.update);
    const opened = checkpoint && outlined(checkpoint);
    this.#body = new BodyBytes(opened?.folded ?? null, updates, opened?.laid ?? null);
    this.#durable = opened ? Known.of(opened.laid) : new Known();
    const since = updates.map(walk);
    for (const walked of since) this.#durable.learn(walked);
    this.#read = entries.at(-1)?.number ?? checkpoint?.number ?? 0;
    this.#upkeep = new Upkeep({
      page,
      ground,
      body: this.#body,
      isWriting: () => this.isWriting,
      write: (update) => this.#write(update),
    });
    this.#upkeep.begin(checkpoint, new Doubt(opened?.ground), since);
    const { schedule, nowMs, relay } = ground;
    this.presences = new Presences(nowMs, (client) => this.ownerOf(client));
    const windowMs = () => windowFor(this.#connections.size);
    this.#textTick = new Tick(() => this.#tellEdits(), windowMs, schedule, nowMs);
    this.#presenceTick = new Tick(
      () => this.#tellPresence(),
      () => presenceWindowFor(this.#connections.size),
      schedule,
      nowMs,
    );
    this.#beacon = new Beacon({
      whole: () => this.whole(),
      vector: () => this.vector(),
      isQuiet: () => !this.isWriting && this.#untold.length === 0,
      watchers: () => [...this.#connections].filter((each) => each.canCompare),
      hash: ground.hash,
      schedule,
      nowMs,
      report: ground.report,
    });
    this.#hush = relay.listen(topicOf(page), this.#hearNode);
  }

  /** Whether anything that was let in is neither durable nor lost yet. */
  get isWriting(): boolean {
    return this.#writing > 0;
  }

  /** Everything let in, durable or on its way there: what the gate judges by. */
  get known(): Known {
    this.#known ??= this.#durable.copy();
    return this.#known;
  }

  /** Where everything let in stands. Costs a walk through the page for the first who writes. */
  get places(): PagePlaces {
    if (this.#places) return this.#places;
    const whole = walk(this.#body.whole());
    this.#upkeep.learn(whole);
    this.#places = new PagePlaces(whole);
    return this.#places;
  }

  /** Who owns an author: whoever wrote as it first. Null where nobody did, so that it is whoever's does. */
  ownerOf(author: number): PersonId | null {
    return this.known.clocks.has(author) ? (this.#owners.get(author) ?? null) : null;
  }

  get size(): number {
    return this.#body.size;
  }

  /** The durable text as one update; shared, so never written to. */
  whole(): Uint8Array {
    return this.#body.whole();
  }

  /** The state vector of the durable text. */
  vector(): Uint8Array {
    return this.#durable.vector();
  }

  enter(connection: Connection): void {
    this.#connections.add(connection);
    this.presences.enter(connection);
    this.#beacon.arm();
  }

  leave(connection: Connection): void {
    if (!this.#connections.delete(connection)) return;
    this.#unthanked.delete(connection);
    this.presences.leave(connection);
    this.presenceIsDue();
  }

  /** Keeps an edit that the gate let in. Resolves once it is durable; rejects where it was not kept. */
  keep({ update: whole, walked, person, from, onKept }: Edit): Promise<void> {
    const { writer, nowMs } = this.#ground;
    // A copy: the socket's memory is used again for what comes next.
    const update = this.known.newPartOf(whole, walked);
    this.#claim(walked, person, this.known);
    this.places.learn(walked);
    this.known.learn(walked);
    this.#writing += 1;
    const entry = { page: this.page, at: nowMs(), person, update };
    // Nobody is told before the room's next tick, so the commit can wait for others until then.
    const tellMs = this.#textTick.slotMs();
    const kept = writer.write(entry, tellMs).then(
      () => {
        this.#writing -= 1;
        onKept();
        this.#add({ update, from }, walked, person, tellMs);
      },
      (error: unknown) => {
        this.#writing -= 1;
        this.#known = null;
        this.#places = null;
        // Whoever asks from now on asks of what is durable: the failure is for those who waited for it.
        if (this.#newest === kept) this.#newest = Promise.resolve();
        throw error;
      },
    );
    this.#newest = kept;
    return kept;
  }

  /** Resolves once all that was let in until now is durable; rejects where the last of it was not kept. */
  settled(): Promise<void> {
    return this.#newest;
  }

  /** What this connection said is durable, and was before. */
  savedIsDue(connection: Connection): void {
    this.#unthanked.add(connection);
    this.#textTick.due();
  }

  presenceIsDue(): void {
    this.#presenceTick.due();
  }

  /** Tells at once what would be told at the next tick. */
  tellNow(): void {
    this.#textTick.now();
  }

  /** Makes a new checkpoint where that would be worth it. Never rejects: without it, opening is slower, that is all. */
  checkpoint(): Promise<void> {
    return this.#upkeep.checkpoint();
  }

  /** Looks after the page as far as that is due, and makes a checkpoint where that would be worth it. Never rejects. */
  rest(): Promise<void> {
    return this.#upkeep.rest();
  }

  close(): void {
    this.#hush();
    this.#upkeep.stop();
    this.#beacon.stop();
    this.#textTick.stop();
    this.#presenceTick.stop();
  }

  #claim({ runs }: Walked, person: PersonId, known: Known): void {
    for (const [first] of runs)
      if (first && !known.clocks.has(first.author)) this.#owners.set(first.author, person);
  }

  #add(told: Told, walked: Walked, person: PersonId, tellMs: number): void {
    this.#claim(walked, person, this.#durable);
    this.#durable.learn(walked);
    // A copy that was made after a commit failed has not heard of what was on its way then.
    this.#known?.learn(walked);
    this.#places?.learn(walked);
    this.#body.add(told.update);
    this.#upkeep.hear(walked);
    this.#beacon.edited();
    this.#untold.push(told);
    if (told.from) this.#unthanked.add(told.from);
    // What a commit for other rooms took along waits for what the one for this room brings.
    this.#textTick.due(tellMs > this.#ground.nowMs() ? tellMs + limits.commitMs : tellMs);
  }

  /** The server's own edit, for the page's good. */
  async #write(update: Uint8Array): Promise<void> {
    const walked = walk(update);
    const news = this.known.newsIn(walked);
    if (!isWhole(walked, this.known) || (news.structs.length === 0 && news.deletes === 0)) return;
    await this.keep({ update, walked, person: ownName, from: null, onKept: () => {} });
  }

  #tellEdits(): void {
    const untold = this.#untold;
    this.#untold = [];
    if (untold.length > 0) this.#tellAll(untold);
    for (const connection of this.#unthanked) connection.tellSaved();
    this.#unthanked.clear();
    void this.checkpoint();
  }

  #tellAll(untold: readonly Told[]): void {
    const update = mergeUpdates(untold.map((each) => each.update));
    const frame = editFrame(update);
    const [first] = untold;
    // Whoever alone made all of this has it.
    const author = untold.every((each) => each.from === first?.from) ? first?.from : null;
    for (const connection of this.#connections) if (connection !== author) connection.tellEdit(frame, update);
    if (untold.some((each) => each.from)) this.#ground.relay.say(topicOf(this.page), nudge, this.#hearNode);
  }

  #tellPresence(): void {
    const changes = this.presences.takeChanges();
    const news = new PresenceNews(changes);
    for (const connection of this.#connections) {
      if (changes.size > 0) news.tell(connection, this.presences.clientOf(connection));
      // Behind the news: the list does not say who has gone.
      if (connection.wantsEverybody) connection.tellEverybody();
    }
  }

  /** Another node changed this page: what it wrote is in the journal. */
  readonly #hearNode = (): void => {
    this.#readOn().catch(this.#ground.report);
  };

  async #readOn(): Promise<void> {
    for (const { number, update, person } of await this.#ground.journal.read(this.page, this.#read)) {
      if (number <= this.#read) continue;
      const walked = walk(update);
      // Entries of nodes may be seen out of order; what is missing comes with the next news.
      if (!isWhole(walked, this.#durable)) return;
      this.#read = number;
      const news = this.known.newsIn(walked);
      if (news.structs.length > 0 || news.deletes > 0)
        this.#add({ update, from: null }, walked, person, this.#textTick.slotMs());
    }
  }
}

/** In a large room an edit costs a write for each person, so it waits a little for others to leave with it. */
function windowFor(connections: number): number {
  const fitting = limits.roomWindows.find((each) => connections <= each.connections);
  return fitting?.ms ?? limits.roomWindowMostMs;
}

function presenceWindowFor(connections: number): number {
  const fitting = limits.presenceWindows.find((each) => connections <= each.connections);
  return fitting?.ms ?? limits.presenceWindowMostMs;
}

/** Signs what the server writes of its own accord. No person has this id: theirs are made by chance, and longer. */
const ownName = "plenum" as PersonId;

const topicOf = (page: PageId): string => `page/${page}`;
const nudge = new Uint8Array();
