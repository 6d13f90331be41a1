import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import type { PersonId } from "../../shared/base/ids.ts";
import { limits } from "../../shared/base/limits.ts";
import type { Caret } from "../../shared/protocol/carets.ts";
import { Refused } from "../../shared/protocol/refusals.ts";
import { readPresence, type Cursor } from "./cursor.ts";

/** Whoever has a presence: a connection. */
export type Present = { readonly person: { readonly id: PersonId; readonly name: string } };

type Entry = { client: number; clock: number; json: Uint8Array };

type State = { user: { id: PersonId; name: string; color: number }; cursor?: Cursor };

/** What is said of somebody: an entry as y-protocols has it, written when the first asks for it. */
class Said {
  readonly client: number;
  readonly clock: number;
  readonly state: State | null;
  #entry: Uint8Array | null = null;

  constructor(client: number, clock: number, state: State | null) {
    this.client = client;
    this.clock = clock;
    this.state = state;
  }

  get entry(): Uint8Array {
    this.#entry ??= encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, this.client);
      encoding.writeVarUint(encoder, this.clock);
      encoding.writeVarString(encoder, JSON.stringify(this.state));
    });
    return this.#entry;
  }
}

/** Above all of Yjs' client ids, so that none of a room's own numbers is one. */
const firstNumber = 2 ** 32;

/** `namedMs`: when it was last told with its name. */
type Presence = { owner: Present; state: State; said: Said; namedMs: number };

/** What is to be told of somebody; and, where all know them, the caret alone, which says the same. */
export type Change = { readonly said: { readonly entry: Uint8Array }; readonly caret: Caret | null };

/**
 * Who is in a room, and where. Each connection has one presence: the first number (Yjs' client id) it speaks for
 * is its own from then on, and whatever it says for others is passed over (y-websocket repeats to us all that it
 * hears). What others see is made here: id and name as the session says, a colour's number, the cursor. They see it
 * under a number of the room's own: who knew somebody's client id before their first word could write it in their name.
 *
 * Clocks are the room's own, from the time of day, so that what is told after a reconnection or a restart is never
 * older than what was told before.
 */
export class Presences {
  readonly #nowMs: () => number;
  readonly #writerAs: (client: number) => PersonId | null;
  readonly #firstClock: number;
  #clock: number;
  readonly #byClient = new Map<number, Presence>();
  readonly #clients = new Map<Present, number>();
  readonly #colors = new Map<PersonId, { color: number; connections: number }>();
  /** By client, under which number the others hear of it. */
  readonly #shownAs = new Map<number, number>();
  #newestNumber = firstNumber;
  #changes = new Map<number, Change>();
  /** Whether everybody's presence carries a clock that nobody was told before this tick. */
  #isFresh = false;

  /** `writerAs`: who wrote as a client, if anybody did. Nobody else speaks for it. */
  constructor(nowMs: () => number, writerAs: (client: number) => PersonId | null = () => null) {
    this.#nowMs = nowMs;
    this.#writerAs = writerAs;
    this.#firstClock = Math.floor(nowMs());
    this.#clock = this.#firstClock;
  }

  /** Takes a color, which lasts until `leave`: the lowest that no other person in the room has. */
  enter({ person }: Present): void {
    const held = this.#colors.get(person.id) ?? { color: this.#freeColor(), connections: 0 };
    this.#colors.set(person.id, { ...held, connections: held.connections + 1 });
  }

  /** The color of who has entered. */
  colorOf({ person }: Present): number {
    return this.#colors.get(person.id)?.color ?? 0;
  }

  /** Somebody tells their presence. Throws a refusal where that cannot be read. */
  hear(from: Present, entries: Uint8Array): void {
    for (const entry of readEntries(entries)) {
      if (entry.json.length > limits.presenceBytes || !this.#isOwn(from, entry)) continue;
      const state = read(entry);
      if (state) this.#show(from, entry.client, state);
      else this.#hide(from);
    }
  }

  /** The connection has gone, and its presence with it. */
  leave(from: Present): void {
    this.#hide(from);
    this.#clients.delete(from);
    const held = this.#colors.get(from.person.id);
    if (held && held.connections > 1)
      this.#colors.set(from.person.id, { ...held, connections: held.connections - 1 });
    else this.#colors.delete(from.person.id);
  }

  /**
   * Everybody's presence, but for the asker's own: told of itself, a browser would take it for its newest. Under clocks
   * of this tick: a browser that was cut off has forgotten the others, and not their clocks, and passes over a known one.
   */
  everybodyBut(asker: Present): Uint8Array[] {
    this.#refresh();
    const others = [...this.#byClient.values()].filter((each) => each.owner !== asker);
    return others.map((each) => each.said.entry);
  }

  /** What changed since this was last taken, by whose it is. */
  takeChanges(): Map<number, Change> {
    const changes = this.#changes;
    this.#changes = new Map();
    this.#isFresh = false;
    return changes;
  }

  get hasChanges(): boolean {
    return this.#changes.size > 0;
  }

  /** The number that this connection speaks for, or null while it has said nothing. */
  clientOf(present: Present): number | null {
    return this.#clients.get(present) ?? null;
  }

  #isOwn(from: Present, { client, clock, json }: Entry): boolean {
    const own = this.#clients.get(from);
    if (own !== undefined) return own === client;
    const writer = this.#writerAs(client);
    const isFree = writer === null || writer === from.person.id;
    if (!isFree || client >= firstNumber) return false;
    const holder = this.#byClient.get(client)?.owner;
    // After a lost connection the same browser is back before the old socket is found dead. An entry with a
    // clock of ours is an echo of what the browser heard.
    const isBack = holder?.person.id === from.person.id && clock < this.#firstClock;
    if (isNull(json) || (holder && !isBack)) return false;
    if (holder) this.#clients.delete(holder);
    this.#clients.set(from, client);
    this.#number(client);
    return true;
  }

  /** Gives a client its number, which it keeps when its browser comes back. */
  #number(client: number): void {
    if (this.#shownAs.has(client)) return;
    this.#newestNumber += 1;
    this.#shownAs.set(client, this.#newestNumber);
    if (this.#shownAs.size <= limits.bodyAuthors) return;
    const gone = [...this.#shownAs.keys()].find((each) => !this.#byClient.has(each) && each !== client);
    if (gone !== undefined) this.#shownAs.delete(gone);
  }

  #show(owner: Present, client: number, { cursor }: { cursor?: Cursor }): void {
    const { id, name } = owner.person;
    const color = this.colorOf(owner);
    const state = { user: { id, name, color }, ...(cursor && { cursor }) };
    const said = this.#say(client, state);
    const before = this.#byClient.get(client);
    const nowMs = this.#nowMs();
    const isKnown = before?.owner === owner && before.state.user.color === color;
    // Whoever heard the name of late needs no more than where the caret is.
    const isLate = !isKnown || Math.abs(nowMs - before.namedMs) >= limits.presenceNameMs;
    const isShort = !isLate && this.#changes.get(client)?.caret !== null;
    this.#byClient.set(client, {
      owner,
      state,
      said,
      namedMs: isLate ? nowMs : before.namedMs,
    });
    const caret = isShort ? { client: said.client, clock: said.clock, cursor: cursor ?? null } : null;
    this.#changes.set(client, { said, caret });
  }

  #hide(owner: Present): void {
    const client = this.#clients.get(owner);
    if (client === undefined || this.#byClient.get(client)?.owner !== owner) return;
    this.#byClient.delete(client);
    this.#changes.set(client, { said: this.#say(client, null), caret: null });
  }

  #refresh(): void {
    if (this.#isFresh) return;
    this.#isFresh = true;
    for (const [client, each] of this.#byClient) each.said = this.#say(client, each.state);
  }

  #say(client: number, state: State | null): Said {
    this.#clock = Math.max(this.#clock + 1, Math.floor(this.#nowMs()));
    return new Said(this.#shownAs.get(client)!, this.#clock, state);
  }

  #freeColor(): number {
    const taken = new Set([...this.#colors.values()].map((each) => each.color));
    let color = 0;
    while (taken.has(color)) color += 1;
    return color;
  }
}

const isNull = (json: Uint8Array): boolean => json.length === 4 && json[0] === "n".charCodeAt(0);

function readEntries(bytes: Uint8Array): Entry[] {
  try {
    const decoder = decoding.createDecoder(bytes);
    const entries: Entry[] = [];
    for (let left = decoding.readVarUint(decoder); left > 0; left -= 1)
      entries.push({
        client: decoding.readVarUint(decoder),
        clock: decoding.readVarUint(decoder),
        json: decoding.readVarUint8Array(decoder),
      });
    if (decoder.pos === bytes.length) return entries;
  } catch {
    // Falls through: these bytes are no presence, whatever it was that reading stumbled over.
  }
  throw new Refused("malformed", "presence");
}

function read({ json }: Entry): { cursor?: Cursor } | null {
  try {
    return readPresence(new TextDecoder().decode(json));
  } catch {
    throw new Refused("malformed", "presence");
  }
}
