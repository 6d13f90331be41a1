import { unreachable } from "../../shared/base/assert.ts";
import { limits } from "../../shared/base/limits.ts";
import type { FromBrowser } from "../../shared/protocol/from-browser.ts";
import type { FromServer } from "../../shared/protocol/from-server.ts";
import { Refused, type Refusal } from "../../shared/protocol/refusals.ts";
import {
  knowsBeacons,
  knowsCarets,
  knowsEpochs,
  oldestVersion,
  protocolVersion,
} from "../../shared/protocol/version.ts";
import { Allowance } from "./allowance.ts";
import { sayFrame } from "./frames-out.ts";
import { RecordFeed } from "./record-feed.ts";
import type { RecordsPort } from "./records-port.ts";
import type { Visitor } from "./visitor.ts";

type Hello = Extract<FromBrowser, { say: "hello" }>;
type Answer = { seq: number } | { refusal: Refusal };

/** What a talk needs around it. */
export type TalkWith = {
  visitor: Visitor;
  records: RecordsPort;
  /** The version of the format that this server writes. */
  schema: number;
  /** The visitor's number in the room's palette. */
  color: () => number;
  /** The page's epoch. */
  epoch: () => number;
  nowMs: () => number;
  send: (frame: Uint8Array) => void;
  /** Is told of what is nobody's fault but ours. */
  report: (error: unknown) => void;
  /** Is told that the browser shows something else than it should. */
  onDiverged: () => void;
  /** Ends the connection, for that reason. */
  fail: (error: unknown) => void;
};

/**
 * Plenum's own part of a connection: hello, the survey's records, asks, pings. Nothing of it is ever sent to a
 * browser that has not said hello. What it throws is a refusal that closes the connection.
 */
export class Talk {
  readonly #with: TalkWith;
  readonly #asks: Allowance;
  readonly #answers = new Map<string, Promise<Answer>>();
  #feed: RecordFeed | null = null;
  #isOutdated = false;
  #knowsBeacons = false;
  #knowsCarets = false;
  #hasDiverged = false;

  constructor(around: TalkWith) {
    this.#with = around;
    this.#asks = new Allowance(limits.asks, around.nowMs);
  }

  get hasBegun(): boolean {
    return this.#feed !== null;
  }

  /** Whether the browser said that it knows an older format only: it may read, and would harm what it wrote into. */
  get isOutdated(): boolean {
    return this.#isOutdated;
  }

  get knowsBeacons(): boolean {
    return this.#knowsBeacons;
  }

  /** Whether carets that moved can be told shortly. */
  get knowsCarets(): boolean {
    return this.#knowsCarets;
  }

  /** Whom hello shows to have no business here is refused before anything else that they said is heard. */
  hear(message: FromBrowser): Promise<void> {
    if (message.say === "hello") this.#admit(message);
    return this.#hearAdmitted(message);
  }

  async #hearAdmitted(message: FromBrowser): Promise<void> {
    if (message.say === "hello") return this.#welcome(message);
    if (!this.#feed) throw new Refused("malformed", "hello comes first");
    if (message.say === "ping") return this.#say({ say: "pong" });
    if (message.say === "diverged") return this.#diverged(message);
    if (message.say === "ask") return this.#answer(message.id, message.ask, this.#feed);
    return unreachable(message);
  }

  stop(): void {
    this.#feed?.stop();
  }

  #admit({ version, epoch }: Hello): void {
    if (this.#feed) throw new Refused("malformed", "hello comes once");
    if (version < oldestVersion) throw new Refused("old-version");
    const now = this.#with.epoch();
    if (now > 0 && !knowsEpochs(version)) throw new Refused("old-version");
    if (epoch !== undefined && epoch !== now) throw new Refused("other-epoch", `${epoch}, not ${now}`);
  }

  async #welcome({ version, schema, seq }: Hello): Promise<void> {
    const { visitor, records, color, epoch, send, fail } = this.#with;
    this.#isOutdated = schema < this.#with.schema;
    this.#knowsBeacons = knowsBeacons(version);
    this.#knowsCarets = knowsCarets(version);
    const { survey, person, role } = visitor;
    this.#feed = new RecordFeed({ records, survey, after: seq, send, fail });
    const who = { survey, person: person.id, name: person.name, role, color: color(), epoch: epoch() };
    this.#say({ say: "welcome", version: protocolVersion, schema: this.#with.schema, ...who });
    await this.#feed.start();
  }

  /** Told once: whoever says it again and again fills the log and says no more. */
  #diverged({ own, told }: Extract<FromBrowser, { say: "diverged" }>): void {
    if (this.#hasDiverged) return;
    this.#hasDiverged = true;
    const { page, person } = this.#with.visitor;
    this.#with.onDiverged();
    const what = `A browser shows ${own} where page ${page} comes to ${told} (person ${person.id}).`;
    this.#with.report(new Error(what));
  }

  async #answer(id: string, ask: unknown, feed: RecordFeed): Promise<void> {
    const answer = await this.#once(id, ask);
    if ("seq" in answer) await feed.reach(answer.seq);
    this.#say({ say: "answer", id, ...answer });
  }

  /** An ask that is repeated, because its answer was slow, is not made twice. */
  #once(id: string, ask: unknown): Promise<Answer> {
    const answered = this.#answers.get(id);
    if (answered) return answered;
    if (!this.#asks.take()) return Promise.resolve({ refusal: { code: "too-fast" } });
    const answer = this.#ask(ask);
    this.#answers.set(id, answer);
    const [oldest] = this.#answers.keys();
    if (oldest !== undefined && this.#answers.size > limits.answersRemembered) this.#answers.delete(oldest);
    return answer;
  }

  async #ask(ask: unknown): Promise<Answer> {
    const { records, visitor, report } = this.#with;
    try {
      const { seq } = await records.ask(visitor.survey, visitor.person.id, ask);
      return { seq };
    } catch (error) {
      if (error instanceof Refused) return { refusal: error.refusal };
      report(error);
      return { refusal: { code: "internal" } };
    }
  }

  #say(message: FromServer): void {
    this.#with.send(sayFrame(message));
  }
}
