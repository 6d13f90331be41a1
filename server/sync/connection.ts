import { unreachable } from "../../shared/base/assert.ts";
import { limits } from "../../shared/base/limits.ts";
import { Refused, refusals, type Refusal } from "../../shared/protocol/refusals.ts";
import type { Quarantine } from "../storage/storage.ts";
import { Allowance } from "./allowance.ts";
import { readFrame, type FrameIn } from "./frames-in.ts";
import { askStateFrame, presenceFrame, savedFrame } from "./frames-out.ts";
import { judge } from "./gate.ts";
import { Outbox } from "./outbox.ts";
import { Receipts } from "./receipts.ts";
import type { RecordsPort } from "./records-port.ts";
import type { Room } from "./room.ts";
import type { Socket } from "./socket.ts";
import { Talk } from "./talk.ts";
import type { Schedule } from "./tick.ts";
import { emptyUpdate, lackOf } from "./update/merge.ts";
import type { Visitor } from "./visitor.ts";

export type Around = {
  records: RecordsPort;
  schedule: Schedule;
  nowMs: () => number;
  report: (error: unknown) => void;
  /** Where refused text is kept aside. */
  quarantine?: Pick<Quarantine, "keep">;
  /** Is told of each browser that shows something else than it should. */
  onDiverged: () => void;
  /** The version of the format that this server writes: who knows an older one only does not write. */
  schema: number;
};

type Text = Extract<FrameIn, { kind: "text" }>;

/**
 * One tab's socket in a room. Speaks y-websocket's protocol, and Plenum's own with whoever says hello.
 *
 * A message that is refused costs its sender the connection and nobody else anything. What comes before the room
 * is open waits for it.
 */
export class Connection {
  readonly visitor: Visitor;
  readonly #socket: Socket;
  readonly #around: Around;
  readonly #talk: Talk;
  readonly #outbox: Outbox;
  readonly #receipts = new Receipts();
  readonly #messages: Allowance;
  readonly #bytes: Allowance;
  readonly #states: Allowance;
  #room: Room | null = null;
  #early: (Uint8Array | string)[] = [];
  #isClosed = false;
  #isDeaf = false;
  #isPaused = false;
  /** Whether it was sent the text, and so can make sense of edits to it. */
  #hasText = false;
  #wantsEverybody = false;
  #hasEverybody = false;
  /** The vector of a question for our state that is not answered yet; the latest counts. */
  #owed: Uint8Array | null = null;
  #isPayingLater = false;
  #authorsBrought = 0;
  #holesMs: number[] = [];
  #toldSaved = 0;
  #onEnd = () => {};
  #stopWatching = () => {};

  constructor(socket: Socket, visitor: Visitor, around: Around) {
    const { nowMs, records, report, schema, onDiverged } = around;
    this.visitor = visitor;
    this.#socket = socket;
    this.#around = around;
    this.#messages = new Allowance(limits.messages, nowMs);
    this.#bytes = new Allowance(limits.messageBytes, nowMs);
    this.#states = new Allowance(limits.states, nowMs);
    const text = { whole: () => this.#room?.whole() ?? emptyUpdate, size: () => this.#room?.size ?? 0 };
    this.#outbox = new Outbox(socket, text, () => this.refuse({ code: "too-slow" }));
    const send = (frame: Uint8Array) => this.#outbox.send(frame);
    const fail = (error: unknown) => this.#fail(error);
    const epoch = () => this.#room?.epoch ?? 0;
    const color = () => this.#room?.presences.colorOf(this) ?? 0;
    this.#talk = new Talk({ visitor, records, schema, color, epoch, nowMs, send, report, fail, onDiverged });
    socket.onMessage((message) => this.#receive(message));
    socket.onClose(() => this.#end());
    this.#watch();
  }

  get person(): Visitor["person"] {
    return this.visitor.person;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  get wantsEverybody(): boolean {
    return this.#wantsEverybody;
  }

  /** Called once, when it has left its room. */
  onEnd(then: () => void): void {
    this.#onEnd = then;
  }

  /** The room is open: asks the browser what we lack, and hears what it said meanwhile. */
  enter(room: Room): void {
    if (this.#isClosed) return;
    // First of all, so that whatever it answers is heard behind what it said before: its hello.
    this.#outbox.send(askStateFrame(room.vector()));
    if (this.#isClosed) return;
    this.#room = room;
    room.enter(this);
    for (const message of this.#early.splice(0)) this.#hear(message, room);
  }

  /** Closes the socket with the refusal's code. Nothing that comes afterwards is heard. */
  refuse({ code }: Refusal): void {
    if (this.#isClosed) return;
    this.#end();
    // A paused socket would not read the other side's goodbye.
    this.#socket.resume();
    this.#socket.close(refusals[code].close, code);
  }

  /** What it says from now on is lost on us; it still hears. */
  stopHearing(): void {
    this.#isDeaf = true;
  }

  tellEdit(frame: Uint8Array, update: Uint8Array): void {
    if (this.#hasText) this.#outbox.sendEdit(frame, update);
  }

  /** Whether it is told of moved carets by themselves: it reads them, and has all that came before. */
  get hearsCarets(): boolean {
    return this.#talk.knowsCarets && !this.#outbox.isBehind;
  }

  /** Where it hears carets (`hearsCarets`). */
  tellCarets(frame: Uint8Array): void {
    if (this.#hasText) this.#outbox.send(frame);
  }

  tellPresence(frame: Uint8Array): void {
    if (this.#hasText) this.#outbox.sendPresence(frame);
  }

  /** Whether it can tell what its page comes to from what it should come to. */
  get canCompare(): boolean {
    return this.#hasText && this.#talk.knowsBeacons;
  }

  /** Answers whether it was told: who lags behind would compare what it cannot have. */
  tellBeacon(frame: Uint8Array): boolean {
    if (this.#isClosed || this.#outbox.isBehind) return false;
    this.#outbox.send(frame);
    return true;
  }

  tellEverybody(): void {
    const everybody = this.#room?.presences.everybodyBut(this) ?? [];
    // The first time whatever waits for it, as with a large page: nothing else would tell it of those who are still.
    if (this.#outbox.isBehind && this.#hasEverybody) return;
    this.#wantsEverybody = false;
    this.#hasEverybody = true;
    if (everybody.length > 0) this.#outbox.send(presenceFrame(everybody));
  }

  /** Tells how much of its text is durable, if that is news and it can understand it. */
  tellSaved(): void {
    const { saved } = this.#receipts;
    if (!this.#talk.hasBegun || saved === this.#toldSaved) return;
    this.#toldSaved = saved;
    this.#outbox.send(savedFrame(saved));
  }

  #receive(message: Uint8Array | string): void {
    if (this.#isClosed || this.#isDeaf) return;
    this.#pace(message.length);
    if (this.#room) return this.#hear(message, this.#room);
    this.#early.push(message);
    const waiting = this.#early.reduce((sum, each) => sum + each.length, 0);
    if (waiting > limits.earlyBytes) this.refuse({ code: "too-fast" });
  }

  /**
   * Whoever sends too fast is read more slowly, and so slowed down, not cut off. What was read already when reading
   * paused counts, too: some thousand small messages fit into what a socket hands over at once.
   */
  #pace(bytes: number): void {
    this.#messages.spend(1);
    this.#bytes.spend(bytes);
    if (!this.#isPaused) this.#restIfTooFast();
  }

  #restIfTooFast(): void {
    if (this.#isClosed) return;
    const waitMs = Math.max(this.#messages.waitMs(), this.#bytes.waitMs());
    if (waitMs > 0) this.#socket.pause();
    else if (this.#isPaused) this.#socket.resume();
    this.#isPaused = waitMs > 0;
    if (this.#isPaused) this.#around.schedule(() => this.#restIfTooFast(), waitMs);
  }

  #hear(message: Uint8Array | string, room: Room): void {
    if (this.#isClosed) return;
    try {
      this.#handle(readFrame(message), room);
    } catch (error) {
      this.#fail(error);
    }
  }

  #handle(read: FrameIn, room: Room): void {
    switch (read.kind) {
      case "ask-state":
        this.#owed = read.vector.slice();
        return this.#payState(room);
      case "text":
        return this.#hearText(read, room);
      case "presence":
        room.presences.hear(this, read.entries);
        return room.presences.hasChanges ? room.presenceIsDue() : undefined;
      case "ask-presence":
        this.#wantsEverybody = true;
        return room.presenceIsDue();
      case "say":
        this.#talk.hear(read.message).then(
          () => this.tellSaved(),
          (error: unknown) => this.#fail(error),
        );
        return;
      default:
        return unreachable(read);
    }
  }

  /** Answers with our state, unless that was asked for too often: then later, once. */
  #payState(room: Room): void {
    const vector = this.#owed;
    if (vector === null || this.#isClosed || this.#isPayingLater) return;
    if (this.#outbox.isBehind || !this.#states.take()) return this.#payLater(room);
    this.#owed = null;
    this.#outbox.sendState(lackFor(room, vector));
    if (this.#hasText) return;
    this.#hasText = true;
    this.#wantsEverybody = true;
    room.presenceIsDue();
  }

  #payLater(room: Room): void {
    this.#isPayingLater = true;
    const pay = () => {
      this.#isPayingLater = false;
      this.#payState(room);
    };
    this.#around.schedule(pay, Math.max(this.#states.waitMs(), limits.stateRetryMs));
  }

  #hearText({ form, update }: Text, room: Room): void {
    const verdict = judge({
      role: this.visitor.role,
      person: this.person.id,
      isOutdated: this.#talk.isOutdated,
      form,
      update,
      known: room.known,
      // Only news is judged by them: who comes and has none does not make the room read its page for that.
      get places() {
        return room.places;
      },
      ownerOf: (author) => room.ownerOf(author),
      bodyBytes: room.size,
      authorsBrought: this.#authorsBrought,
    });
    if ("refused" in verdict) return this.#refuseText(verdict.refused, update);
    if (verdict.pass === "ignored") return;
    const place = this.#receipts.receive();
    const onKept = () => this.#receipts.durable(place, form === "answer");
    if (verdict.pass === "hole") return this.#askAgain(place, update, room);
    if (verdict.pass === "known") {
      const told = room.settled().then(onKept);
      return this.#await(told.then(() => room.savedIsDue(this)));
    }
    this.#authorsBrought += verdict.authors;
    const { walked } = verdict;
    this.#await(room.keep({ update, walked, person: this.person.id, from: this, onKept }));
  }

  /** What somebody wrote may be in there, and nowhere else: it is not thrown away. */
  #refuseText(refusal: Refusal, update: Uint8Array): void {
    const { page, person } = this.visitor;
    const { quarantine, nowMs, report } = this.#around;
    const refused = { page, person: person.id, at: nowMs(), code: refusal.code, update };
    quarantine?.keep(refused).catch(report);
    this.refuse(refusal);
  }

  /** What was not kept, its writer brings again when it comes back. */
  #await(kept: Promise<void>): void {
    kept.catch(() => this.refuse({ code: "cannot-save" }));
  }

  /** Text that builds on what we lack: the browser is asked for all of it, with patience that ends. */
  #askAgain(place: number, update: Uint8Array, room: Room): void {
    const nowMs = this.#around.nowMs();
    this.#receipts.hole(place);
    this.#holesMs = [...this.#holesMs, nowMs].filter((atMs) => nowMs - atMs < limits.holePatienceMs);
    if (this.#holesMs.length >= limits.holesAtOnce)
      return this.#refuseText({ code: "missing-updates" }, update);
    this.#outbox.send(askStateFrame(room.vector()));
  }

  #fail(error: unknown): void {
    if (this.#isClosed) return;
    if (!(error instanceof Refused)) this.#around.report(error);
    this.refuse(error instanceof Refused ? error.refusal : { code: "internal" });
  }

  /** Two pings without an answer: the other side is gone, and its presence must not stay. */
  #watch(): void {
    let unanswered = 0;
    this.#socket.onPong(() => {
      unanswered = 0;
    });
    const beat = () => {
      if (unanswered >= 2) {
        this.#end();
        return this.#socket.terminate();
      }
      unanswered += 1;
      this.#socket.ping();
      this.#stopWatching = this.#around.schedule(beat, limits.pingMs);
    };
    this.#stopWatching = this.#around.schedule(beat, limits.pingMs);
  }

  #end(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#early = [];
    // Else thousands of sockets that were thrown out would be kept in memory until their next ping.
    this.#stopWatching();
    this.#talk.stop();
    this.#room?.leave(this);
    this.#onEnd();
  }
}

/** Everything, as it lies there, for whoever has nothing. */
function lackFor(room: Room, vector: Uint8Array): Uint8Array {
  return vector.length <= 1 ? room.whole() : lackOf(room.whole(), vector);
}
