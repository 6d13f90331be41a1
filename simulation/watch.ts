import * as decoding from "lib0/decoding";
import * as Y from "yjs";
import { may } from "../shared/access/may.ts";
import type { Role } from "../shared/access/roles.ts";
import type { PageId, PersonId, SurveyId } from "../shared/base/ids.ts";
import { limits } from "../shared/base/limits.ts";
import { readCarets } from "../shared/protocol/carets.ts";
import { frame } from "../shared/protocol/frames.ts";
import { fromBrowser } from "../shared/protocol/from-browser.ts";
import type { SurveyRecord } from "../shared/records/kinds.ts";
import type { JournalEntry } from "../server/storage/storage.ts";
import { isWhole, Known } from "../server/sync/update/known.ts";
import { walk, type Walked } from "../server/sync/update/walk.ts";
import { holds } from "./broken.ts";
import type { Link } from "./link.ts";

/** A page as the disk has it. */
type Durable = { doc: Y.Doc; known: Known; owners: Map<number, PersonId> };
type RoleSince = { role: Role; sinceMs: number; before: Role | null };
/** What one socket said and was told. */
type Talk = {
  role: Role | null;
  /** Messages with text that the server counts, in their order. */
  texts: Walked[];
  saved: number;
  asked: Set<string>;
  /** Whether its browser said that it shows something else than the server has. */
  hasDiverged: boolean;
  lastSeq: number | null;
  /** Whose presence it was told, by client. */
  shown: Map<number, string>;
  /** Whose carets it was told of without being shown who that is: in the end its own alone, under the room's number. */
  nameless: Set<number>;
};

/** How soon a changed role has come into force, everywhere. */
const roleMs = 1_000;
/** How soon whoever left is gone for the others. */
const ghostMs = 2_000;
/** Who signs what the server writes of its own accord. */
const serverName = "plenum";

/**
 * Stands between the server and everything else, knows what is on the disk, and breaks the run as soon as something
 * is said, kept or left standing that must not be. It believes nothing that the server says of itself.
 */
export class Watch {
  readonly #nowMs: () => number;
  readonly #records = new Map<SurveyId, SurveyRecord[]>();
  readonly #pages = new Map<PageId, Durable>();
  readonly #roles = new Map<PersonId, RoleSince>();
  readonly #talks = new Map<Link, Talk>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** A page, with all that was ever deleted in it, as a replay of its journal. */
  page(page: PageId): Y.Doc {
    return this.#durable(page).doc;
  }

  roleOf(person: PersonId): Role | null {
    return this.#roles.get(person)?.role ?? null;
  }

  recordsOf(survey: SurveyId): readonly SurveyRecord[] {
    return this.#records.get(survey) ?? [];
  }

  /** An entry is on the disk. */
  kept({ page, person, update, number }: JournalEntry): void {
    const { doc, known, owners } = this.#durable(page);
    const since = this.#roles.get(person);
    const wasWriter = since && since.sinceMs > this.#nowMs() - roleMs && may(since.before, "page.write");
    const mayWrite = person === serverName || may(since?.role ?? null, "page.write") || wasWriter === true;
    holds(mayWrite, "SIM-5", () => `entry ${number} is by ${person}, a ${since?.role}`);
    const walked = walk(update);
    this.#checkAuthors(person, walked, owners);
    holds(isWhole(walked, known), "SIM-7", () => `entry ${number} builds on what the journal does not have`);
    known.learn(walked);
    Y.applyUpdate(doc, update);
    const { pendingStructs, pendingDs } = doc.store;
    holds(!pendingStructs && !pendingDs, "SIM-7", () => `entry ${number} leaves something pending`);
    const foreign = [...doc.share.keys()].filter((root) => !["body", "containers", "meta"].includes(root));
    holds(foreign.length === 0, "SIM-7", () => `entry ${number} opens ${foreign.join()}`);
  }

  /** A record is on the disk. */
  recorded(survey: SurveyId, record: SurveyRecord): void {
    const log = this.#records.get(survey) ?? [];
    this.#records.set(survey, log);
    holds(record.seq === log.length + 1, "SIM-3", () => `record ${record.seq} follows on ${log.length}`);
    log.push(structuredClone(record));
    if (record.type !== "member.joined" && record.type !== "member.set") return;
    const before = this.roleOf(record.member);
    this.#roles.set(record.member, { role: record.role, sinceMs: this.#nowMs(), before });
  }

  /** The server is about to hear this. */
  heard(link: Link, bytes: Uint8Array): void {
    const talk = this.#talkOf(link);
    try {
      const decoder = decoding.createDecoder(bytes);
      const type = decoding.readVarUint(decoder);
      if (type === frame.sync) this.#heardText(talk, decoder);
      else if (type === frame.say) {
        const said = fromBrowser.parse(JSON.parse(decoding.readVarString(decoder)));
        if (said.say === "ask") talk.asked.add(said.id);
        if (said.say === "diverged") talk.hasDiverged = true;
        if (said.say === "hello") talk.lastSeq ??= said.seq;
      }
    } catch {
      // Not a message; whoever says such things is closed for it, and nothing of it counts.
    }
  }

  /** The server says this to somebody. */
  said(link: Link, bytes: Uint8Array): void {
    const talk = this.#talkOf(link);
    this.#checkRole(link, talk);
    holds(
      link.bufferedAmount <= limits.readerBehindBytes * 2,
      "SIM-8",
      () => `${link.bufferedAmount} bytes wait for ${link.person}`,
    );
    const decoder = decoding.createDecoder(bytes);
    const type = decoding.readVarUint(decoder);
    if (type === frame.sync) this.#saidText(link, decoder);
    else if (type === frame.saved) this.#saidSaved(link, talk, decoding.readVarUint(decoder));
    else if (type === frame.awareness) this.#saidPresence(link, talk, decoding.readVarUint8Array(decoder));
    else if (type === frame.carets) this.#saidCarets(talk, decoder);
    else if (type === frame.say) this.#saidOwn(link, talk, JSON.parse(decoding.readVarString(decoder)));
  }

  /** Who is at a socket, as the server was told. */
  entered(link: Link, role: Role): void {
    this.#talkOf(link).role = role;
  }

  /** After each step: nobody sits on a role that is no more, and nobody is shown who has left, or by a caret alone. */
  look(links: readonly Link[]): void {
    for (const [link, talk] of this.#talks) {
      if (!link.isOpen) {
        if (this.#nowMs() - (link.closedAtMs ?? 0) > 10 * ghostMs) this.#talks.delete(link);
        continue;
      }
      this.#checkRole(link, talk);
      const { nameless } = talk;
      const told = () => `${link.person} is told of carets at ${[...nameless].join()}, and not whose`;
      holds(nameless.size <= 1, "SIM-9", told);
      const isTrue = !talk.hasDiverged || link.person === "mallory";
      holds(isTrue, "SIM-1", () => `${link.person}'s browser found its page to be another`);
    }
    for (const [link, talk] of this.#talks)
      if (link.isOpen)
        for (const [client, person] of talk.shown) this.#checkShown(link, client, person, links);
  }

  /** Of each author, whoever wrote as it first. */
  #checkAuthors(person: PersonId, { runs }: Walked, owners: Map<number, PersonId>): void {
    for (const author of new Set(runs.flat().map((struct) => struct.author))) {
      const owner = owners.get(author) ?? person;
      holds(owner === person, "SIM-4", () => `${person} writes as ${author}, who is ${owner}`);
      owners.set(author, owner);
    }
  }

  #heardText(talk: Talk, decoder: decoding.Decoder): void {
    const step = decoding.readVarUint(decoder);
    if (step === 0 || !may(talk.role, "page.write")) return;
    talk.texts.push(walk(decoding.readVarUint8Array(decoder).slice()));
  }

  #saidText({ page, person }: Link, decoder: decoding.Decoder): void {
    const { known } = this.#durable(page);
    const step = decoding.readVarUint(decoder);
    const content = decoding.readVarUint8Array(decoder);
    if (step === 0) {
      for (const [author, clock] of Y.decodeStateVector(content))
        holds(clock <= known.end(author), "SIM-2", () => `${person} is asked from beyond what is durable`);
      return;
    }
    const walked = walk(content);
    holds(this.#isDurable(page, walked), "SIM-2", () => `${person} is told what is not on the disk`);
  }

  #saidSaved({ page, person }: Link, talk: Talk, saved: number): void {
    holds(
      saved <= talk.texts.length,
      "SIM-3",
      () => `${person} said ${talk.texts.length}, ${saved} are saved`,
    );
    for (const walked of talk.texts.slice(talk.saved, saved)) {
      holds(
        this.#isDurable(page, walked),
        "SIM-3",
        () => `${person} is told that it is saved, and it is not`,
      );
    }
    talk.saved = saved;
  }

  #saidPresence({ person }: Link, talk: Talk, bytes: Uint8Array): void {
    const decoder = decoding.createDecoder(bytes);
    for (let left = decoding.readVarUint(decoder); left > 0; left -= 1) {
      const client = decoding.readVarUint(decoder);
      decoding.readVarUint(decoder);
      const json = decoding.readVarString(decoder);
      holds(json.length <= limits.presenceBytes * 2, "SIM-8", () => `a presence of ${json.length} bytes`);
      const state = JSON.parse(json) as { user?: { id?: string; name?: string } } | null;
      talk.nameless.delete(client);
      if (state === null) talk.shown.delete(client);
      else {
        const { id, name } = state.user ?? {};
        holds(id === `id-of-${name}`, "SIM-9", () => `${person} is shown ${id} by the name of ${name}`);
        talk.shown.set(client, String(id));
      }
    }
  }

  /** Who comes is told of the tick's carets first and then of everybody, in one go. */
  #saidCarets(talk: Talk, decoder: decoding.Decoder): void {
    for (const { client } of readCarets(decoder)) if (!talk.shown.has(client)) talk.nameless.add(client);
  }

  #saidOwn({ person }: Link, talk: Talk, said: { say: string } & Record<string, unknown>): void {
    if (said.say === "records") this.#saidRecords(person, talk, said["records"] as SurveyRecord[]);
    if (said.say !== "answer" || typeof said["seq"] !== "number") return;
    const seq = said["seq"];
    const record = [...this.#records.values()].flat().find((each) => each.seq === seq);
    holds(record?.person === `id-of-${person}`, "SIM-10", () => `${person} is answered with record ${seq}`);
    holds((talk.lastSeq ?? 0) >= seq, "SIM-10", () => `${person} is answered ${seq} before it was told`);
    holds(talk.asked.has(String(said["id"])), "SIM-10", () => `${person} is answered what was not asked`);
  }

  #saidRecords(person: string, talk: Talk, records: readonly SurveyRecord[]): void {
    const [log = []] = this.#records.values();
    for (const record of records) {
      const same = JSON.stringify(record) === JSON.stringify(log[record.seq - 1]);
      holds(same, "SIM-10", () => `${person} is told ${JSON.stringify(record)}`);
      holds(
        record.seq === (talk.lastSeq ?? 0) + 1,
        "SIM-10",
        () => `${person} is told record ${record.seq} after ${talk.lastSeq}`,
      );
      talk.lastSeq = record.seq;
    }
  }

  #checkRole(link: Link, talk: Talk): void {
    const since = this.#roles.get(`id-of-${link.person}` as PersonId);
    const isNow = talk.role === since?.role || (since && this.#nowMs() - since.sinceMs <= roleMs);
    holds(isNow === true, "SIM-6", () => `${link.person} sits as ${talk.role}, and is a ${since?.role}`);
  }

  #checkShown(link: Link, client: number, person: string, links: readonly Link[]): void {
    const recently = this.#nowMs() - ghostMs;
    const isThere = links.some(
      (each) =>
        `id-of-${each.person}` === person &&
        each.page === link.page &&
        (each.closedAtMs === null || each.closedAtMs >= recently),
    );
    holds(isThere, "SIM-9", () => `${link.person} is shown ${person} at ${client}, who has left`);
  }

  /** Whether a replay of the journal has all of it; what dies with what it stands in is deleted without being named. */
  #isDurable(page: PageId, walked: Walked): boolean {
    const { known, doc } = this.#durable(page);
    const { structs, deletes } = known.newsIn(walked);
    return structs.length === 0 && (deletes === 0 || walked.deletes.every((range) => isDeleted(doc, range)));
  }

  #durable(page: PageId): Durable {
    const known = this.#pages.get(page);
    if (known) return known;
    const fresh: Durable = {
      doc: new Y.Doc({ gc: false }),
      known: new Known(),
      owners: new Map(),
    };
    this.#pages.set(page, fresh);
    return fresh;
  }

  #talkOf(link: Link): Talk {
    const known = this.#talks.get(link);
    if (known) return known;
    const talk: Talk = {
      role: null,
      texts: [],
      saved: 0,
      asked: new Set(),
      hasDiverged: false,
      lastSeq: null,
      shown: new Map(),
      nameless: new Set(),
    };
    this.#talks.set(link, talk);
    return talk;
  }
}

function isDeleted({ store }: Y.Doc, { author, clock, end }: Walked["deletes"][number]): boolean {
  const structs = store.clients.get(author) ?? [];
  const inRange = structs.filter(({ id, length }) => id.clock < end && id.clock + length > clock);
  return Y.getState(store, author) >= end && inRange.every((struct) => struct.deleted);
}
