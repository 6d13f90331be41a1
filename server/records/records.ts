import type { PageId, PersonId, SurveyId } from "../../shared/base/ids.ts";
import { assert, must } from "../../shared/base/assert.ts";
import { limits } from "../../shared/base/limits.ts";
import { Refused } from "../../shared/protocol/refusals.ts";
import { decide } from "../../shared/records/decide.ts";
import { foldRecords } from "../../shared/records/fold.ts";
import { kindOf, type Ask, type SurveyRecord } from "../../shared/records/kinds.ts";
import type { LostRun } from "../../shared/records/lost.ts";
import { emptyState, type SurveyState } from "../../shared/records/state.ts";
import type { RecordLog } from "../storage/storage.ts";
import { indexEntries } from "./index-entries.ts";
import { wordsToKeep } from "./keep-words.ts";

type Hear = (records: readonly SurveyRecord[]) => void;

/** One survey's log while it is in memory. */
type OpenLog = {
  state: SurveyState;
  /** Settles once the state holds every record kept before; null until somebody asks, and after a failure. */
  loading: Promise<void> | null;
  /** Settles when all that was asked so far is decided: the next one waits for it. */
  last: Promise<unknown>;
  users: number;
  listeners: Set<Hear>;
};

/**
 * The record log at work: ask → decide → number → keep → fold → tell, one after another in each survey.
 *
 * - What is decided is decided on the state that its record is then folded into; nothing comes between.
 * - A listener hears every record after it began to listen, in order, once, and only after it is on disk; and
 *   before the asker is answered.
 * - An append that fails changes nothing, neither the state nor the next number; who asked gets the failure.
 */
export class Records {
  readonly #log: RecordLog;
  readonly #nowMs: () => number;
  readonly #report: (error: unknown) => void;
  readonly #everywhere = new Set<(survey: SurveyId, records: readonly SurveyRecord[]) => void>();
  readonly #open = new Map<SurveyId, OpenLog>();
  /** The open logs that nobody uses or listens to, the longest unused first. */
  readonly #idle = new Set<SurveyId>();

  /** `report` is told of what failed with nobody there to hear it: a listener's bug. */
  constructor(log: RecordLog, nowMs: () => number, report: (error: unknown) => void) {
    this.#log = log;
    this.#nowMs = nowMs;
    this.#report = report;
  }

  /** Makes a record of what a person asks, or throws the refusal. The role is the one they have when it is decided. */
  async ask(survey: SurveyId, person: PersonId, ask: unknown): Promise<SurveyRecord> {
    const [record] = await this.#append(survey, person, (state) => {
      if (state.seq === 0) throw new Refused("not-found", "survey");
      const role = state.members.get(person)?.role ?? null;
      const decision = decide(state, { person, role }, ask);
      if ("refused" in decision) throw new Refused(decision.refused.code, decision.refused.details);
      return [decision.accepted];
    });
    return record as SurveyRecord;
  }

  /**
   * The server's own word, in a person's name: the records that `make` answers from the state as it stands, kept
   * as one. What `make` throws reaches the caller, and nothing is kept.
   */
  async say(
    survey: SurveyId,
    person: PersonId,
    make: (state: SurveyState) => readonly Ask[],
  ): Promise<SurveyRecord[]> {
    return this.#append(survey, person, (state) => make(state).map(wellFormed));
  }

  /** Keeps words that died unseen in a page for who wrote them; what is kept already is not kept again. */
  async keepWords(page: PageId, person: PersonId, lost: readonly LostRun[]): Promise<void> {
    const survey = await this.#log.surveyOf(page);
    if (survey) await this.say(survey, person, (state) => wordsToKeep(state, page, lost));
  }

  /** A survey's records with numbers above `after`, in order. */
  async read(survey: SurveyId, after: number): Promise<SurveyRecord[]> {
    const { seq } = await this.#look(survey);
    return after >= seq ? [] : this.#log.read(survey, after);
  }

  /** The survey as it stands, to look at and not to keep; refused where there is no such survey. */
  async state(survey: SurveyId): Promise<SurveyState> {
    const state = await this.#look(survey);
    if (state.seq === 0) throw new Refused("not-found", "survey");
    return state;
  }

  /** Starts to listen; answers how to stop. */
  listen(survey: SurveyId, hear: Hear): () => void {
    const log = this.#hold(survey);
    log.listeners.add(hear);
    this.#release(survey, log);
    return () => {
      log.listeners.delete(hear);
      this.#settle(survey, log);
    };
  }

  /** As `listen`, for the records of every survey, for good. */
  listenToAll(hear: (survey: SurveyId, records: readonly SurveyRecord[]) => void): void {
    this.#everywhere.add(hear);
  }

  async #append(
    survey: SurveyId,
    person: PersonId,
    make: (state: SurveyState) => readonly Ask[],
  ): Promise<SurveyRecord[]> {
    const log = this.#hold(survey);
    const appended = log.last
      .then(() => this.#loaded(survey, log))
      .then(() => this.#keep(survey, person, log, make(log.state)));
    log.last = appended.catch(() => {}); // Whoever asked hears of it; the next one only waits.
    return appended.finally(() => this.#release(survey, log));
  }

  async #keep(
    survey: SurveyId,
    person: PersonId,
    log: OpenLog,
    asks: readonly Ask[],
  ): Promise<SurveyRecord[]> {
    if (asks.length === 0) return [];
    const at = this.#nowMs();
    const signed = asks.map((ask) => ({ ...ask, at, person }));
    const index = signed.flatMap((record) => indexEntries(survey, record));
    const records = await this.#log.append(survey, signed, index);
    foldRecords(log.state, records);
    for (const hear of log.listeners) this.#tell(() => hear(records));
    for (const hear of this.#everywhere) this.#tell(() => hear(survey, records));
    return records;
  }

  /** What a listener throws is its own bug: the others still hear, and the asker's record stays kept. */
  #tell(hear: () => void): void {
    try {
      hear();
    } catch (error) {
      this.#report(error);
    }
  }

  async #look(survey: SurveyId): Promise<SurveyState> {
    const log = this.#hold(survey);
    try {
      await this.#loaded(survey, log);
      return log.state;
    } finally {
      this.#release(survey, log);
    }
  }

  /** Folds what was kept before, once however many ask at once; a failure reaches all who asked, and the next one tries anew. */
  #loaded(survey: SurveyId, log: OpenLog): Promise<void> {
    log.loading ??= this.#log.read(survey, 0).then(
      (records) => foldRecords(log.state, records),
      (error: unknown) => {
        log.loading = null;
        throw error;
      },
    );
    return log.loading;
  }

  #hold(survey: SurveyId): OpenLog {
    const log = this.#open.get(survey) ?? unusedLog();
    this.#open.set(survey, log);
    this.#idle.delete(survey);
    log.users += 1;
    return log;
  }

  #release(survey: SurveyId, log: OpenLog): void {
    log.users -= 1;
    this.#settle(survey, log);
  }

  /** A log that is out of use may leave the memory: at once where it is empty, else when others push it out. */
  #settle(survey: SurveyId, log: OpenLog): void {
    if (log.users > 0 || log.listeners.size > 0 || this.#open.get(survey) !== log) return;
    if (log.state.seq === 0) this.#forget(survey);
    else this.#idle.add(survey);
    const [oldest] = this.#idle;
    if (oldest !== undefined && this.#idle.size > limits.surveysInMemory) this.#forget(oldest);
  }

  #forget(survey: SurveyId): void {
    this.#open.delete(survey);
    this.#idle.delete(survey);
  }
}

/** What the server says has its kind's shape, or there is a bug: nothing else may get into a log that stays for ever. */
function wellFormed(ask: Ask): Ask {
  const kind = must(kindOf(ask.type), `there is a record type ${ask.type}`);
  assert(kind.said.safeParse(ask).success, `what is said as ${ask.type} has its shape`);
  return ask;
}

function unusedLog(): OpenLog {
  return { state: emptyState(), loading: null, last: Promise.resolve(), users: 0, listeners: new Set() };
}
