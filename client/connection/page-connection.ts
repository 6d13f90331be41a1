import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import type { Awareness } from "y-protocols/awareness";
import * as sync from "y-protocols/sync";
import * as Y from "yjs";
import { may } from "../../shared/access/may.ts";
import { makeId, type PageId, type PersonId, type SurveyId } from "../../shared/base/ids.ts";
import { limits } from "../../shared/base/limits.ts";
import { schemaVersion } from "../../shared/body/schema.ts";
import { frame } from "../../shared/protocol/frames.ts";
import type { FromServer } from "../../shared/protocol/from-server.ts";
import type { Refusal } from "../../shared/protocol/refusals.ts";
import { protocolVersion } from "../../shared/protocol/version.ts";
import type { Ask } from "../../shared/records/kinds.ts";
import { PendingAsks } from "./asks.ts";
import { Beacon } from "./beacon.ts";
import { browserDevice, type Device, type Kept } from "./device.ts";
import type { OutgoingText } from "./gated-socket.ts";
import { IncomingText } from "./incoming-text.ts";
import * as ledger from "./ledger.ts";
import { presentPeople, withMe, type Me, type PresentPerson } from "./people.ts";
import { statusOf, type Status } from "./status.ts";
import { Held, isSameJson, type Store } from "./store.ts";
import { SurveyFold, type SurveyView } from "./survey-view.ts";
import { Wire } from "./wire.ts";
import { insertedText, wordsBeyond, wordsIn } from "./words.ts";

/*
 * One page, open in this tab: its text, who is there, the survey's records, and how it stands with the server.
 *
 * On each socket: hello, first of all; the server's welcome says the role; then, for those who may write, the
 * server's question what it lacks is answered with everything made here, and from there on edits go out as they
 * are made. Before the answer no text leaves, since the answer carries it; of those who do not write, none ever.
 */

type Options = {
  page: PageId;
  survey: SurveyId;
  /** Whose tab this is: what the device keeps is kept apart for each person. */
  person: PersonId;
  /** The address under which Plenum lives, a path included; by default the document's base. */
  base?: string;
  /** The newest format that this program knows, if it is not its own version's. */
  schema?: number;
  device?: Device;
};

export class PageConnection {
  readonly page: PageId;
  readonly doc = new Y.Doc();
  readonly awareness: Awareness;
  readonly status: Store<Status>;
  readonly survey: Store<SurveyView>;
  readonly people: Store<readonly PresentPerson[]>;
  readonly me: Store<Me | null>;

  readonly #options: Options;
  readonly #device: Device;
  readonly #kept: Kept;
  readonly #wire: Wire;
  readonly #incoming: IncomingText;
  readonly #asks: PendingAsks;
  readonly #beacon: Beacon;
  readonly #survey = new SurveyFold();
  readonly #people = new Held<readonly PresentPerson[]>([], isSameJson);
  readonly #me = new Held<Me | null>(null, isSameJson);
  readonly #status = new Held<Status>({ state: "loading" }, isSameJson);
  readonly #undo: (() => void)[];

  #ledger = ledger.emptyLedger;
  #hasText = false;
  #serverSchema = 0;
  /** Of the page that this text is of; null while there is none, or nobody said. */
  #epoch: number | null = null;
  /** Whether what the device kept is in the document; what it cannot read never will be. */
  #keptText: "loading" | "loaded" | "unreadable" = "loading";
  #isAfterSpace = true;
  #isDestroyed = false;
  /** The state vector with which the server asked what it lacks, until that is answered. */
  #question: Uint8Array | null = null;
  /** Whether on this socket the server told every record that there was when it opened. */
  #isCaughtUp = false;

  constructor(options: Options) {
    const device = options.device ?? browserDevice();
    this.page = options.page;
    this.#options = options;
    this.#device = device;
    this.status = this.#status;
    this.survey = this.#survey.view;
    this.people = this.#people;
    this.me = this.#me;

    // The order matters: an edit is given to the device's store, then counted, then sent.
    this.#kept = device.keep(`plenum/${options.person}/${options.page}`, this.doc);
    this.doc.on("update", this.#onUpdate);
    this.doc.getMap("meta").observe(() => this.#refresh());
    this.#wire = this.#makeWire();
    this.awareness = this.#wire.provider.awareness;
    this.awareness.on("change", () => this.#onPresence());

    this.#incoming = new IncomingText(this.doc, this.#wire.provider, device.frame);
    this.#beacon = new Beacon({
      doc: this.doc,
      take: (update, then) => this.#incoming.take(update, then),
      isSettled: () => this.#isSettled,
      onAgreed: () => void this.#kept.forgetAside?.().catch(device.report),
      onDiverged: (hashes, isStill) => void this.#onDiverged(hashes, isStill).catch(device.report),
    });
    this.#asks = new PendingAsks((id, ask) => this.#wire.say({ say: "ask", id, ask }));
    this.#undo = [
      device.onStir(() => this.#onStir()),
      device.guardLeaving(() => ledger.isUnsaved(this.#ledger) || !this.#asks.isEmpty),
    ];
    void this.#start();
  }

  /**
   * Asks the server to make a record. Answers null once the record stands (it is in `survey` by then) or why not.
   * Outlives sockets: what was not answered is asked again on the next one, and never becomes two records.
   */
  ask(ask: Ask): Promise<Refusal | null> {
    const { link } = this.#wire;
    if (link.is === "ended") return Promise.resolve(link.refusal);
    return new Promise((answer) => {
      this.#asks.add(makeId<string>(this.#device.chance), ask, answer, this.#isCaughtUp);
    });
  }

  /** Until `release`, the text changes by this person's hand only; everything else goes on. */
  hold(): void {
    this.#incoming.hold();
  }

  /** What arrived while held is applied now, as one transaction. */
  release(): void {
    this.#incoming.release();
  }

  /** For what writes into the text beside the editor: acts once the text is not held, now or then. */
  whenFree(act: () => void): void {
    this.#incoming.whenFree(act);
  }

  /** Where an attempt to connect is being waited for: makes it now. */
  tryNow(): void {
    this.#wire.tryNow();
  }

  /** Leaves the room. The device keeps what it has; asks without an answer stay without. */
  destroy(): void {
    this.#isDestroyed = true;
    for (const undo of this.#undo) undo();
    this.#incoming.destroy();
    this.#wire.destroy();
    this.#kept.stop();
    this.doc.destroy();
  }

  /** Leaves the room, and the device forgets this page: opened again, it is as the server has it. */
  discard(): Promise<void> {
    const discarded = this.#kept.discard();
    this.destroy();
    return discarded;
  }

  #makeWire(): Wire {
    const address = syncAddress(this.#options.base ?? document.baseURI);
    return new Wire(address, this.page, this.doc, this.#device, {
      onOpen: () => this.#onOpen(),
      onSaid: (said) => this.#onSaid(said),
      onSaved: (count) => this.#setLedger(ledger.acknowledged(this.#ledger, count)),
      onSync: (message) => this.#onSync(message),
      onLink: () => this.#onLink(),
      mayLeave: (text) => this.#mayLeave(text),
    });
  }

  /** Connects once the kept text is here, or after a while without it: then it joins in when it comes. */
  async #start(): Promise<void> {
    const waited = Promise.withResolvers<void>();
    const callOff = this.#device.after(limits.keptLoadMs, waited.resolve);
    const loaded = this.#kept.loaded.then(
      () => this.#isDestroyed || this.#onKeptText(),
      (error: unknown) => this.#isDestroyed || this.#onUnreadable(error),
    );
    await Promise.race([loaded, waited.promise]);
    callOff();
    if (!this.#isDestroyed) this.#wire.connect();
  }

  #onKeptText(): void {
    this.#keptText = "loaded";
    const isKept = this.doc.store.clients.size > 0;
    const keptEpoch = this.#kept.epoch?.() ?? null;
    // What was kept before there were epochs is of the first.
    if (isKept) this.#epoch ??= keptEpoch ?? 0;
    this.#hasText ||= isKept;
    if (this.#epoch !== null && keptEpoch === null) this.#keepEpoch(this.#epoch);
    this.#meetQuestion();
    // Whoever was sent off for want of an epoch knows now what to say.
    this.tryNow();
    this.#refresh();
  }

  #onUnreadable(error: unknown): void {
    this.#keptText = "unreadable";
    this.#device.report(error);
    this.tryNow();
  }

  readonly #onUpdate = (update: Uint8Array, _: unknown, __: Y.Doc, transaction: Y.Transaction): void => {
    if (!transaction.local) return;
    this.#beacon.moved();
    const typed = wordsIn(insertedText(update), this.#isAfterSpace);
    this.#isAfterSpace = typed.isAfterSpace;
    this.#setLedger(ledger.edited(this.#ledger, typed.words, this.#device.nowMs()));
  };

  #onPresence(): void {
    const others = presentPeople(this.awareness.getStates());
    const me = this.#me.get();
    this.#people.set(me ? withMe(others, me, this.doc.clientID, this.#people.get()) : others);
  }

  #onStir(): void {
    if (this.#device.isOnline()) this.tryNow();
    this.#wire.check();
    this.#refresh();
  }

  #onOpen(): void {
    this.#question = null;
    this.#isCaughtUp = false;
    this.#setLedger(ledger.connectedAnew(this.#ledger));
    const { seq } = this.#survey.state;
    const epoch = this.#epoch === null ? {} : { epoch: this.#epoch };
    this.#wire.say({ say: "hello", version: protocolVersion, schema: this.#schema, seq, ...epoch });
  }

  #onLink(): void {
    const { link } = this.#wire;
    if (link.is !== "welcomed") this.#isCaughtUp = false;
    if (link.is === "ended") this.#asks.end(link.refusal);
    this.#refresh();
  }

  #onSync(message: decoding.Decoder): void {
    const step = decoding.readVarUint(message);
    const content = decoding.readVarUint8Array(message);
    if (step !== sync.messageYjsSyncStep1) return this.#onText(content, step === sync.messageYjsSyncStep2);
    this.#question = content;
    this.#meetQuestion();
  }

  /** Once it is known whether this person writes: answers what the server lacks, or counts what cannot be sent. */
  #meetQuestion(): void {
    const question = this.#question;
    if (!question || this.#wire.link.is !== "welcomed") return;
    if (!this.#mayWrite) {
      const words = wordsBeyond(this.doc, question);
      return this.#setLedger(ledger.keptBack(this.#ledger, words, this.#device.nowMs()));
    }
    this.#question = null;
    const answer = encoding.createEncoder();
    encoding.writeVarUint(answer, frame.sync);
    sync.writeSyncStep2(answer, this.doc, question);
    this.#wire.send(answer);
  }

  #onText(update: Uint8Array, isWhole: boolean): void {
    this.#beacon.moved();
    this.#incoming.take(update, () => {
      this.#hasText ||= isWhole;
      this.#refresh();
    });
  }

  #onSaid(said: FromServer): void {
    switch (said.say) {
      case "welcome":
        return this.#onWelcome(said);
      case "records":
        return this.#survey.fold(said.records) ? this.#catchUp() : this.#wire.drop();
      case "answer":
        return this.#asks.answered(said.id, "refusal" in said ? said.refusal : null, this.#survey.state);
      case "pong":
        return this.#catchUp();
      case "beacon":
        return this.#beacon.hear(said);
    }
  }

  #onWelcome(said: Extract<FromServer, { say: "welcome" }>): void {
    // Somebody else signed in meanwhile in this browser: what was kept for one person is never sent as another.
    if (said.person !== this.#options.person) return this.#wire.end({ code: "no-session" });
    if (said.survey !== this.#options.survey) return this.#wire.end({ code: "not-found" });
    if (!this.#canCompare(said.epoch ?? 0)) return this.#wire.drop();
    if (!this.#isOfEpoch(said.epoch ?? 0)) return this.#wire.end({ code: "other-epoch" });
    this.#me.set({ id: said.person, name: said.name, color: said.color });
    this.#onPresence();
    this.#serverSchema = said.schema;
    this.#survey.setRole(said.role);
    this.#wire.welcomed(said.role);
    // Others may have seen us leave at this very clock; a newer one shows us again.
    this.awareness.setLocalState(this.awareness.getLocalState());
    this.#meetQuestion();
  }

  get #isSettled(): boolean {
    return this.#mayWrite ? ledger.isSettled(this.#ledger) : !ledger.isUnsaved(this.#ledger);
  }

  /** Nothing of this page's text is here alone, and what is shown is wrong: it is taken from the server anew. */
  async #onDiverged(hashes: { own: string; told: string }, isStill: () => boolean): Promise<void> {
    const { report, startAnew } = this.#device;
    report(new Error(`This page shows ${hashes.own} and should show ${hashes.told}.`));
    this.#wire.say({ say: "diverged", ...hashes });
    await this.#kept.setAside?.();
    // What was written meanwhile is not in that copy, and might be nowhere else: there will be another beacon.
    if (this.#isDestroyed || !isStill()) return;
    const anew = startAnew?.(`diverged/${this.page}`);
    if (!anew) return;
    await this.discard();
    anew();
  }

  /** Kept text that still comes may be of an earlier epoch, and would be sent as this one's; the first has none. */
  #canCompare(now: number): boolean {
    return now === 0 || this.#epoch !== null || this.#keptText !== "loading";
  }

  /** Whether this text is of the page's epoch; text that is none yet is from now on. */
  #isOfEpoch(now: number): boolean {
    if (this.#epoch === null && this.#keptText === "loaded") this.#keepEpoch(now);
    this.#epoch ??= now;
    return this.#epoch === now;
  }

  #keepEpoch(epoch: number): void {
    this.#kept.setEpoch?.(epoch).catch(this.#device.report);
  }

  /** The records up to now have been told: by themselves, or there are none, as the answer to a ping shows. */
  #catchUp(): void {
    if (this.#isCaughtUp || this.#wire.link.is !== "welcomed") return;
    this.#isCaughtUp = true;
    this.#asks.caughtUp(this.#survey.state);
  }

  /** Asked of every text message as it leaves: counts it, or keeps it back. */
  #mayLeave(text: OutgoingText): boolean {
    const isAnswer = text === "answer";
    if (!this.#mayWrite || !(isAnswer || this.#ledger.answered)) return false;
    this.#setLedger(ledger.sentText(this.#ledger, isAnswer));
    return true;
  }

  get #mayWrite(): boolean {
    const { link } = this.#wire;
    return link.is === "welcomed" && may(link.role, "page.write") && !this.#isOutdated;
  }

  get #schema(): number {
    return this.#options.schema ?? schemaVersion;
  }

  /** A program that writes what it does not know harms it: an older one reads on, and sends nothing. */
  get #isOutdated(): boolean {
    return Math.max(this.#serverSchema, writtenWith(this.doc)) > this.#schema;
  }

  #setLedger(next: ledger.Ledger): void {
    this.#ledger = next;
    this.#refresh();
  }

  #refresh(): void {
    const { link } = this.#wire;
    const isOnline = this.#device.isOnline();
    const isOutdated = this.#isOutdated;
    this.#status.set(statusOf({ hasText: this.#hasText, isOnline, isOutdated, link, ledger: this.#ledger }));
  }
}

/** The version of the format with which a page was written, as it says itself. */
function writtenWith(doc: Y.Doc): number {
  const schema = doc.getMap("meta").get("schema");
  return typeof schema === "number" ? schema : 0;
}

/** Where rooms are, given where Plenum is: `https://host/a/path/` → `wss://host/a/path/sync`. */
export function syncAddress(base: string): string {
  const address = new URL("sync", base);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  return address.href;
}
