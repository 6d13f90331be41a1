import * as decoding from "lib0/decoding";
import type { HouseRoom } from "./contender.ts";
import { presenceMessage, type Dialect } from "./dialect.ts";
import type { Latencies } from "./latencies.ts";
import { deaf, LightClient, type ClientEars } from "./light-client.ts";
import type { Place } from "./page.ts";
import { pause } from "./typing.ts";

/** Who of the crowd looks at every caret; the others only receive them, since looking costs more than being told. */
const watchers = 5;
const firstNumber = 0x9000_0000;

/** Clients whose carets move. */
export class PresentCrowd {
  readonly #clients: LightClient[] = [];
  readonly #places: readonly Place[];
  readonly #movedMs: number[][];
  #latencies: Latencies | null = null;
  #expected = 0;
  #seen = 0;

  private constructor(clients: number, places: readonly Place[]) {
    this.#places = places;
    this.#movedMs = Array.from({ length: clients }, () => []);
  }

  static async gather(
    room: HouseRoom,
    dialect: Dialect,
    clients: number,
    places: readonly Place[],
  ): Promise<PresentCrowd> {
    const crowd = new PresentCrowd(clients, places);
    for (let from = 0; from < clients; from += 50) {
      const some = Array.from({ length: Math.min(50, clients - from) }, (_, at) =>
        crowd.#enter(room, dialect, from + at),
      );
      await Promise.all(some.map((client) => client.joined));
    }
    return crowd;
  }

  /** All that the server has sent them. */
  get bytes(): number {
    return this.#clients.reduce((sum, client) => sum + client.bytes, 0);
  }

  /** How many of the last moves a watcher has seen; a newer one may have taken an older one's place. */
  get shareSeen(): number {
    return this.#seen / this.#expected;
  }

  leave(): void {
    for (const client of this.#clients) client.leave();
  }

  /** Each client moves once a second, none at the same moment as another. */
  async move(forMs: number, latencies: Latencies): Promise<void> {
    this.#latencies = latencies;
    this.#expected = 0;
    this.#seen = 0;
    const startMs = performance.now();
    const moves = Math.floor((this.#clients.length * forMs) / 1000);
    for (let moved = 0; moved < moves;) {
      const due = Math.min(moves, Math.floor(((performance.now() - startMs) / forMs) * moves));
      for (; moved < due; moved += 1) this.#moveOne(moved % this.#clients.length);
      await pause(2);
    }
  }

  #moveOne(client: number): void {
    const moved = this.#movedMs[client]!;
    this.#expected += Math.min(watchers, this.#clients.length) - (client < watchers ? 1 : 0);
    moved.push(performance.now());
    const state = caret(client, moved.length - 1, this.#places[client % this.#places.length]!);
    this.#clients[client]!.say(presenceMessage(firstNumber + client, moved.length, state));
  }

  #enter(room: HouseRoom, dialect: Dialect, at: number): LightClient {
    const isWatching = at < watchers;
    const client = new LightClient(room, at, dialect, isWatching ? this.#watcher(at) : deaf);
    this.#clients.push(client);
    return client;
  }

  #watcher(own: number): ClientEars {
    const newest = new Int32Array(this.#movedMs.length).fill(-1);
    const see = (client: number, move: number) => {
      if (client === own || move <= (newest[client] ?? Infinity)) return;
      newest[client] = move;
      this.#seen += 1;
      this.#latencies?.add(performance.now() - this.#movedMs[client]![move]!);
    };
    return {
      ...deaf,
      onPresence: (entries) => movesIn(entries).forEach(({ client, move }) => see(client, move)),
      onCarets: (carets) =>
        carets.forEach(({ client, cursor }) => see(client - firstNumber, cursor?.anchor.item?.clock ?? -1)),
    };
  }
}

/** What y-websocket's browsers say of themselves; which move it is stands where the caret's character does. */
function caret(client: number, move: number, { after }: Place): string {
  const anchor = { type: null, tname: null, item: { client: after.client, clock: move }, assoc: 0 };
  const user = { id: `person-${client}`, name: `Person ${client}`, color: client % 12 };
  return JSON.stringify({ user, cursor: { anchor, head: anchor } });
}

const moveOf = /"anchor":\{[^}]*"item":\{"client":\d+,"clock":(\d+)\}/;

function movesIn(entries: Uint8Array): { client: number; move: number }[] {
  const decoder = decoding.createDecoder(entries);
  const moves: { client: number; move: number }[] = [];
  for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) {
    const client = decoding.readVarUint(decoder) - firstNumber;
    decoding.readVarUint(decoder);
    const move = moveOf.exec(decoding.readVarString(decoder))?.[1];
    if (move !== undefined) moves.push({ client, move: Number(move) });
  }
  return moves;
}
