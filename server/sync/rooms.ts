import { z } from "zod/mini";
import { role, type Role } from "../../shared/access/roles.ts";
import { assert } from "../../shared/base/assert.ts";
import { personId, surveyId, type PageId, type PersonId, type SurveyId } from "../../shared/base/ids.ts";
import { limits } from "../../shared/base/limits.ts";
import { schemaVersion } from "../../shared/body/schema.ts";
import type { RefusalCode } from "../../shared/protocol/refusals.ts";
import type { Relay } from "../relay/relay.ts";
import type { Epochs, Journal, Quarantine } from "../storage/storage.ts";
import { Connection, type Around } from "./connection.ts";
import { Folder, type Fold, type HashText, type Look } from "./folder.ts";
import { JournalWriter } from "./journal-writer.ts";
import { readPage } from "./load-page.ts";
import type { RecordsPort } from "./records-port.ts";
import { Room, type Ground } from "./room.ts";
import type { Socket } from "./socket.ts";
import type { Schedule } from "./tick.ts";
import { isWhole } from "./update/known.ts";
import { walk } from "./update/walk.ts";
import type { Visitor } from "./visitor.ts";

export type RoomsNeed = {
  journal: Journal;
  relay: Relay;
  records: RecordsPort;
  nowMs: () => number;
  schedule: Schedule;
  /** Is told, once each, of failures; whom they concern hears a refusal. */
  report: (error: unknown) => void;
  /** Where refused text is kept aside; left out, it is not. */
  quarantine?: Pick<Quarantine, "keep">;
  /** Of pages; left out, every page is in its first. */
  epochs?: Pick<Epochs, "of">;
  /** How checkpoints are made, and pages looked at; left out, in a worker thread. */
  fold?: Fold;
  look?: Look;
  hash?: HashText;
  /** The version of the format, if it is not this program's. */
  schema?: number;
};

/** A room that is open, opening or closing, and how many need it. */
type Seat = { room: Promise<Room>; users: number };

/**
 * Every open page of this node. A page has one room however many come at once; it opens when the first comes and
 * closes when the last has left, and who comes while it closes finds it open.
 */
export class Rooms {
  readonly #need: RoomsNeed;
  readonly #around: Around;
  readonly #ground: Ground;
  readonly #folder = new Folder();
  readonly #seats = new Map<PageId, Seat>();
  readonly #connections = new Map<PersonId, Set<Connection>>();
  readonly #hush: () => void;
  #isDraining = false;
  #divergences = 0;

  constructor(need: RoomsNeed) {
    const { journal, relay, records, schedule, nowMs, report, epochs, fold, look, hash } = need;
    this.#need = need;
    const onDiverged = () => (this.#divergences += 1);
    this.#around = { ...need, schema: need.schema ?? schemaVersion, onDiverged };
    const writer = new JournalWriter({ journal, schedule, nowMs, report });
    const folder = this.#folder;
    const work = { fold: fold ?? folder.fold, look: look ?? folder.look, hash: hash ?? folder.hash };
    this.#ground = { journal, epochs, relay, records, schedule, nowMs, report, writer, ...work };
    this.#hush = relay.listen(accessTopic, this.#hearAccess);
  }

  /** A socket whose person, survey and role are known. From here on it is the room's, to its end. */
  connect(socket: Socket, visitor: Visitor): void {
    const connection = new Connection(socket, visitor, this.#around);
    const refusal = this.#noRoomFor(visitor);
    if (refusal) return connection.refuse({ code: refusal });
    const seat = this.#take(visitor.page);
    const own = this.#connections.get(visitor.person.id) ?? new Set();
    this.#connections.set(visitor.person.id, own.add(connection));
    connection.onEnd(() => {
      own.delete(connection);
      if (own.size === 0 && this.#connections.get(visitor.person.id) === own)
        this.#connections.delete(visitor.person.id);
      this.#giveBack(visitor.page, seat);
    });
    seat.room.then(
      (room) => connection.enter(room),
      () => connection.refuse({ code: "internal" }), // Whoever opened it has reported why.
    );
  }

  /** A page's text as one Yjs update: what is durable now. The caller's to keep. */
  async read(page: PageId): Promise<Uint8Array> {
    const seat = this.#seats.get(page);
    return seat ? (await seat.room).whole().slice() : readPage(this.#need.journal, page);
  }

  /**
   * The server's own writing, in a person's name: kept and told as anybody's, without an editor's limits. Throws
   * where it builds on what the page does not have. Resolves once it is durable.
   */
  async write(page: PageId, update: Uint8Array, person: PersonId): Promise<void> {
    const seat = this.#take(page);
    try {
      const room = await seat.room;
      const walked = walk(update);
      assert(isWhole(walked, room.known), "what the server writes builds on the page as it is");
      await room.keep({ update, walked, person, from: null, onKept: () => {} });
    } finally {
      this.#giveBack(page, seat);
    }
  }

  /**
   * Somebody may do other things in a survey than before, or nothing (null): their sockets there are closed, here
   * at once and on other nodes as the relay tells. They connect again as what they now are.
   */
  changeRole(person: PersonId, survey: SurveyId, role: Role | null): void {
    this.#closeWhere(person, survey, role);
    const said = new TextEncoder().encode(JSON.stringify([person, survey, role]));
    this.#need.relay.say(accessTopic, said, this.#hearAccess);
  }

  /** The end: nobody comes in, what was let in is kept and told, everybody is told to connect again. */
  async drain(): Promise<void> {
    this.#isDraining = true;
    this.#hush();
    for (const connection of this.#everyConnection()) connection.stopHearing();
    await this.#ground.writer.idle();
    const seats = [...this.#seats];
    const rooms = await Promise.allSettled(seats.map(([, seat]) => seat.room));
    for (const each of rooms) if (each.status === "fulfilled") each.value.tellNow();
    for (const connection of this.#everyConnection()) connection.refuse({ code: "restarting" });
    await Promise.all(seats.map(([page, seat]) => this.#close(page, seat)));
    await this.#folder.close();
  }

  /** For whoever watches over the process. */
  counts(): { rooms: number; connections: number; divergences: number } {
    const connections = this.#everyConnection().length;
    return { rooms: this.#seats.size, connections, divergences: this.#divergences };
  }

  #everyConnection(): Connection[] {
    return [...this.#connections.values()].flatMap((own) => [...own]);
  }

  #noRoomFor({ page, person }: Visitor): RefusalCode | null {
    if (this.#isDraining) return "restarting";
    if ((this.#seats.get(page)?.users ?? 0) >= limits.socketsPerRoom) return "room-full";
    return (this.#connections.get(person.id)?.size ?? 0) >= limits.socketsPerPerson ? "too-fast" : null;
  }

  #take(page: PageId): Seat {
    const seat = this.#seats.get(page) ?? { room: Room.open(page, this.#ground), users: 0 };
    if (!this.#seats.has(page)) this.#seats.set(page, seat);
    seat.users += 1;
    return seat;
  }

  #giveBack(page: PageId, seat: Seat): void {
    seat.users -= 1;
    if (seat.users === 0) void this.#close(page, seat);
  }

  async #close(page: PageId, seat: Seat): Promise<void> {
    const room = await seat.room.catch((error: unknown) => {
      this.#need.report(error);
      return null;
    });
    do {
      await room?.settled().catch(() => {}); // Whoever wrote it was told.
      // What was not looked at by the end of the process is looked at when the page is opened again.
      await (this.#isDraining ? room?.checkpoint() : room?.rest());
      if (seat.users > 0 || this.#seats.get(page) !== seat) return;
    } while (room?.isWriting);
    this.#seats.delete(page);
    room?.close();
  }

  #closeWhere(person: PersonId, survey: SurveyId, role: Role | null): void {
    const concerned = [...(this.#connections.get(person) ?? [])];
    for (const connection of concerned)
      if (connection.visitor.survey === survey && connection.visitor.role !== role)
        connection.refuse({ code: "access-changed" });
  }

  readonly #hearAccess = (message: Uint8Array): void => {
    this.#closeWhere(...accessNews.parse(JSON.parse(new TextDecoder().decode(message))));
  };
}

const accessTopic = "access";
const accessNews = z.tuple([personId, surveyId, z.nullable(role)]);
