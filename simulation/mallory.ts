import * as decoding from "lib0/decoding";
import * as Y from "yjs";
import type { CommentId, PageId, PersonId, ThreadId } from "../shared/base/ids.ts";
import { schemaVersion } from "../shared/body/schema.ts";
import { frame } from "../shared/protocol/frames.ts";
import { protocolVersion } from "../shared/protocol/version.ts";
import { browserFrame } from "../server/sync/fake-browser.ts";
import { editSomehow, seeded } from "../server/sync/update/random-page.ts";
import { NearSocket } from "./link.ts";

type Around = {
  dial: (near: NearSocket) => void;
  page: () => PageId;
};

/**
 * A member of the survey who wishes everybody ill, with a program of their own that says whatever it likes. Whatever
 * that is, it costs nobody else anything.
 */
export class Mallory {
  readonly id = "id-of-mallory" as PersonId;
  readonly name = "mallory";
  readonly #around: Around;
  readonly #client: number;
  #near: NearSocket | null = null;
  #doc = new Y.Doc();
  #asks = 0;
  /** Whom to impersonate: the others' numbers, as their presence tells them, and their authors, as the text does. */
  readonly #victims = new Set<number>();
  /** What the server said last: all that can be known of what others say. */
  #overheard: Uint8Array = new Uint8Array([frame.sync, 0, 1, 0]);

  constructor(client: number, around: Around) {
    this.#client = client;
    this.#around = around;
    this.#doc.clientID = client;
  }

  /** One trick; which one, and how, follows from the lot. */
  trick(lot: number): void {
    const pick = seeded(lot);
    if (!this.#near || this.#near.readyState === 3) return this.#enter(pick);
    const tricks = [
      ...tricksOf(this.#doc, this.#client, [...this.#victims], this.#overheard, pick),
      () => this.#askWrongly(pick),
    ];
    for (const bytes of tricks[pick(tricks.length)]!()) this.#near.send(bytes);
  }

  leave(): void {
    this.#near?.close();
    this.#near = null;
  }

  #enter(pick: Pick): void {
    const near = new NearSocket();
    this.#near = near;
    near.onopen = () => {
      near.send(browserFrame.askState(Y.encodeStateVector(new Y.Doc())));
      if (pick(3) > 0)
        near.send(
          browserFrame.say({ say: "hello", version: protocolVersion, schema: schemaVersion, seq: 0 }),
        );
    };
    near.onmessage = ({ data }) => this.#hear(data);
    this.#around.dial(near);
  }

  /** Keeps up with the text, so that some of what it writes is valid. */
  #hear(bytes: Uint8Array): void {
    this.#overheard = bytes;
    if (bytes[0] === frame.awareness) for (const client of clientsIn(bytes)) this.#victims.add(client);
    const [type, step] = bytes;
    if (type !== frame.sync || step === 0) return;
    Y.applyUpdate(this.#doc, payloadOf(bytes));
    for (const author of this.#doc.store.clients.keys())
      if (author !== this.#client) this.#victims.add(author);
  }

  #askWrongly(pick: Pick): Uint8Array[] {
    this.#asks += 1;
    const id = `mallory${pick(3)}`;
    const thread = `t${this.#asks}` as ThreadId;
    const forged = { person: "id-of-p0", at: 1, seq: 99_999 };
    const asks: { type: string }[] = [
      { type: "member.set", ...forged, member: this.id, role: "owner" } as { type: string },
      { type: "comment.added", ...forged, thread, comment: "c" as CommentId, text: "hm" } as { type: string },
      { type: "survey.created", title: "mine" } as { type: string },
      { type: "nonsense" },
      { type: "page.renamed", page: this.#around.page(), title: "x".repeat(pick(300)) } as { type: string },
    ];
    const ask = asks[pick(asks.length)]!;
    return [browserFrame.say({ say: "ask", id, ask })];
  }
}

type Pick = (below: number) => number;

function tricksOf(
  doc: Y.Doc,
  client: number,
  victims: readonly number[],
  overheard: Uint8Array,
  pick: Pick,
): (() => Uint8Array[])[] {
  return [
    () => editsOf(doc, 1 + pick(5), pick).map(browserFrame.edit),
    () =>
      editsOf(doc, 1 + pick(5), pick)
        .slice(1)
        .map(browserFrame.edit),
    () => editsOf(doc, 2, pick).map((update) => browserFrame.edit(damaged(update, pick))),
    () => [damaged(overheard, pick)],
    () => [overheard],
    () => [Uint8Array.from({ length: pick(60) }, () => pick(256))],
    () => [browserFrame.edit(forged(doc, victims, pick))],
    () => editsOf(unrelated(pick), 2, pick).map(browserFrame.answer),
    () => Array.from({ length: 400 }, () => browserFrame.askPresence()),
    () => Array.from({ length: 12 }, () => browserFrame.askState(Y.encodeStateVector(new Y.Doc()))),
    () => [browserFrame.presence(client, 1 + pick(99), { user: { id: "id-of-p0", name: "p0", color: 0 } })],
    () => [presenceOf(victims, pick)],
    () => [browserFrame.presence(client, 1 + pick(99), { cursor: { anchor: "x".repeat(pick(9_000)) } })],
  ];
}

/** Some edits that a page's own document might see; the document keeps them, sent or not. */
function editsOf(doc: Y.Doc, count: number, pick: Pick): Uint8Array[] {
  const updates: Uint8Array[] = [];
  const hear = (update: Uint8Array) => void updates.push(update);
  doc.on("update", hear);
  for (let left = count; left > 0; left -= 1) editSomehow(doc, pick);
  doc.off("update", hear);
  return updates;
}

function clientsIn(presence: Uint8Array): number[] {
  const decoder = decoding.createDecoder(presence);
  decoding.readVarUint(decoder);
  const entries = decoding.createDecoder(decoding.readVarUint8Array(decoder));
  return Array.from({ length: decoding.readVarUint(entries) }, () => {
    const client = decoding.readVarUint(entries);
    decoding.readVarUint(entries);
    decoding.readVarString(entries);
    return client;
  });
}

/** The next words of somebody else. */
function forged(doc: Y.Doc, victims: readonly number[], pick: Pick): Uint8Array {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  copy.clientID = victims[pick(victims.length)] ?? 1;
  const before = Y.encodeStateVector(copy);
  editSomehow(copy, pick);
  return Y.encodeStateAsUpdate(copy, before);
}

/** A document of another page, or of none. */
function unrelated(pick: Pick): Y.Doc {
  const doc = new Y.Doc();
  doc.clientID = 1 + pick(2 ** 31);
  const root = ["body", "comments", "prosemirror"][pick(3)]!;
  doc.getText(root).insert(0, "something else ");
  return doc;
}

/** Presence in the names of the others, or their leaving. */
function presenceOf(victims: readonly number[], pick: Pick): Uint8Array {
  const victim = victims[pick(victims.length)] ?? 1;
  return browserFrame.presence(victim, 1_000_000 + pick(9), pick(2) === 0 ? null : { cursor: null });
}

function damaged(bytes: Uint8Array, pick: Pick): Uint8Array {
  if (bytes.length === 0) return bytes;
  const result = bytes.slice(0, pick(6) === 0 ? pick(bytes.length) : bytes.length);
  for (let left = pick(4); left > 0 && result.length > 0; left -= 1) result[pick(result.length)] = pick(256);
  return result;
}

/** What a message of the sync protocol carries. */
function payloadOf(bytes: Uint8Array): Uint8Array {
  let at = 2;
  while (bytes[at]! >= 128) at += 1;
  return bytes.subarray(at + 1);
}
