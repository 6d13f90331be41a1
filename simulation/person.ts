import * as Y from "yjs";
import { writerAt } from "../client/editor/binding/fuzz-plenum.stage.ts";
import {
  perform,
  wordsShown,
  type Clipboard,
  type Writer,
} from "../client/editor/binding/fuzz-hands.stage.ts";
import { wordsIn, type Ledger } from "../client/editor/binding/fuzz-ledger.stage.ts";
import type { Act } from "../client/editor/binding/fuzz-plan.stage.ts";
import type { Device } from "../client/connection/device.ts";
import { PageConnection } from "../client/connection/page-connection.ts";
import type { FakeClock } from "../server/sync/fake-clock.ts";
import type { PageId, PersonId, SurveyId } from "../shared/base/ids.ts";
import { holds } from "./broken.ts";
import { NearSocket } from "./link.ts";

export type PersonNeeds = {
  name: string;
  survey: SurveyId;
  clock: FakeClock;
  pick: (below: number) => number;
  /** The format that this person's program knows, if not the newest. */
  schema?: number;
  ledgerOf: (page: PageId) => Ledger;
  dial: (person: Person, page: PageId, near: NearSocket) => void;
};

type Tab = {
  page: PageId;
  connection: PageConnection;
  writer: Writer | null;
  client: number;
  clipboard: Clipboard;
};

/**
 * Somebody honest, with the program that browsers run: its connection, its editor's commands, its undo. Only what a
 * browser itself does is played: time, frames, the network, and what a device keeps.
 */
export class Person {
  readonly id: PersonId;
  readonly name: string;
  /** What the program reported: bugs, each of them. */
  readonly reported: unknown[] = [];
  tab: Tab | null = null;
  isOnline = true;
  readonly #needs: PersonNeeds;
  readonly #kept = new Map<string, Uint8Array[]>();
  #stirs = new Set<() => void>();

  constructor(needs: PersonNeeds) {
    this.#needs = needs;
    this.name = needs.name;
    this.id = `id-of-${needs.name}` as PersonId;
  }

  get isOld(): boolean {
    return this.#needs.schema !== undefined;
  }

  get state(): string {
    return this.tab?.connection.status.get().state ?? "shut";
  }

  visit(page: PageId): void {
    if (this.tab?.page === page) return;
    this.shut();
    const { survey, schema } = this.#needs;
    const client = 1 + this.#needs.pick(2 ** 31);
    const device = this.#deviceFor(page, client);
    const program = schema === undefined ? {} : { schema };
    const base = "https://host/";
    const connection = new PageConnection({ page, survey, person: this.id, base, device, ...program });
    this.tab = { page, connection, writer: null, client, clipboard: null };
  }

  /** The tab is shut; the device keeps what it had. */
  shut(): void {
    this.tab?.connection.destroy();
    this.tab = null;
    this.#stirs.clear();
  }

  setOnline(isOnline: boolean): void {
    this.isOnline = isOnline;
    this.stir();
  }

  /** The network came or went, or somebody looks at the page again. */
  stir(): void {
    for (const stir of this.#stirs) stir();
  }

  /** Whether the editor takes what this person writes. */
  get mayWrite(): boolean {
    return ["saved", "saving", "offline", "reconnecting"].includes(this.state) && !this.isOld;
  }

  /** The editor, once there is text to show. */
  get writer(): Writer | null {
    const { tab } = this;
    if (tab && !tab.writer && this.state !== "loading") {
      tab.writer = writerAt(`${this.name}${tab.client.toString(36)}`, tab.connection.doc);
    }
    return tab?.writer ?? null;
  }

  /** One act at the editor, entered into the page's ledger. Answers whether anything could be done. */
  act(act: Act): boolean {
    const { tab, writer } = this;
    const role = tab?.connection.survey.get().role;
    if (!tab || !writer || !this.mayWrite || role === "reader" || role === "commenter") return false;
    const before = wordsShown(writer);
    const [licence, clipboard] = perform(writer, act, tab.clipboard);
    tab.clipboard = clipboard;
    const erased = wordsIn(writer.erased());
    const number = Number(this.name.replace(/\D/g, ""));
    const strange = this.#needs.ledgerOf(tab.page).book(number, licence, erased, before, wordsShown(writer));
    holds(
      strange.length === 0,
      "SIM-12",
      () => `${this.name}'s ${JSON.stringify(act)} touched ${strange.join()}`,
    );
    return true;
  }

  get doc(): Y.Doc | null {
    return this.tab?.connection.doc ?? null;
  }

  #deviceFor(page: PageId, client: number): Device {
    const { clock, pick, dial } = this.#needs;
    const isOnline = () => this.isOnline;
    return {
      WebSocket: socketClass((near) => dial(this, page, near)),
      nowMs: clock.nowMs,
      chance: (bytes) => bytes.map(() => pick(256)),
      after: (waitMs, then) => clock.schedule(then, waitMs),
      frame: (then) => clock.schedule(then, 16),
      report: (error) => void this.reported.push(error),
      keep: (name, doc) => {
        doc.clientID = client;
        return this.#keep(name, doc);
      },
      isOnline,
      onStir: (then) => {
        this.#stirs.add(then);
        return () => void this.#stirs.delete(then);
      },
      guardLeaving: () => () => {},
    };
  }

  #keep(name: string, doc: Y.Doc): ReturnType<Device["keep"]> {
    const kept = this.#kept.get(name) ?? [];
    this.#kept.set(name, kept);
    const { promise, resolve } = Promise.withResolvers<void>();
    const origin = {};
    const add = (update: Uint8Array, from: unknown) => void (from !== origin && kept.push(update));
    let isStopped = false;
    doc.on("update", add);
    this.#needs.clock.schedule(() => {
      if (isStopped) return;
      if (kept.length > 0) Y.applyUpdate(doc, Y.mergeUpdates([...kept]), origin);
      resolve();
    }, this.#needs.pick(50));
    const stop = () => {
      isStopped = true;
      doc.off("update", add);
    };
    return { loaded: promise, stop, discard: async () => void kept.splice(0) };
  }
}

/** The class of the sockets that a person's browser opens. */
function socketClass(dial: (near: NearSocket) => void): typeof WebSocket {
  class Socket extends NearSocket {
    constructor() {
      super();
      dial(this);
    }
  }
  return Socket as unknown as typeof WebSocket;
}
