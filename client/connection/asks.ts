import type { Refusal } from "../../shared/protocol/refusals.ts";
import type { Ask } from "../../shared/records/kinds.ts";
import type { SurveyState } from "../../shared/records/state.ts";

type Pending = { ask: Ask; answer: (refusal: Refusal | null) => void; sends: number };

/**
 * What was asked of the server and not answered yet. Each ask is answered once: null where its record stands, or
 * the refusal. A connection may end between an ask and its answer; then the records decide: an ask whose record
 * has been told is answered, another is sent again.
 */
export class PendingAsks {
  readonly #send: (id: string, ask: Ask) => void;
  readonly #pending = new Map<string, Pending>();

  constructor(send: (id: string, ask: Ask) => void) {
    this.#send = send;
  }

  get isEmpty(): boolean {
    return this.#pending.size === 0;
  }

  add(id: string, ask: Ask, answer: Pending["answer"], isConnected: boolean): void {
    this.#pending.set(id, { ask, answer, sends: isConnected ? 1 : 0 });
    if (isConnected) this.#send(id, ask);
  }

  /** The server answered on this connection. A conflict with the asker's own earlier self is no refusal. */
  answered(id: string, refusal: Refusal | null, state: SurveyState): void {
    const pending = this.#pending.get(id);
    if (!pending) return;
    const isOwnEcho =
      refusal?.code === "conflict" && !isTakenByAnother(pending) && hasHappened(state, pending.ask);
    this.#settle(id, isOwnEcho ? null : refusal);
  }

  /** A new connection has told every record up to now: what is still open goes out again. */
  caughtUp(state: SurveyState): void {
    for (const [id, pending] of this.#pending) {
      if (pending.sends > 0 && hasHappened(state, pending.ask)) this.#settle(id, null);
      else {
        pending.sends += 1;
        this.#send(id, pending.ask);
      }
    }
  }

  /** There will be no further connection. */
  end(refusal: Refusal): void {
    for (const id of this.#pending.keys()) this.#settle(id, refusal);
  }

  #settle(id: string, refusal: Refusal | null): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    pending?.answer(refusal);
  }
}

/** What was sent once has no echo: another tab settled these words, and must be the only one to put them back. */
const isTakenByAnother = ({ ask, sends }: Pending): boolean => ask.type === "words.settled" && sends <= 1;

/** Whether what an ask wants holds already: by the ids that its asker made, or because the state says so. */
export function hasHappened(state: SurveyState, ask: Ask): boolean {
  switch (ask.type) {
    case "thread.opened":
      return state.threads.has(ask.thread);
    case "comment.added":
      return state.threads.get(ask.thread)?.comments.some((each) => each.id === ask.comment) ?? false;
    case "thread.resolved":
      return Boolean(state.threads.get(ask.thread)?.resolved);
    case "thread.reopened":
      return state.threads.get(ask.thread)?.resolved === null;
    case "words.settled":
      return Boolean(state.kept.get(ask.kept)?.settled);
    case "page.renamed":
      return state.tree.some((node) => node.id === ask.page && node.title === ask.title);
    case "survey.renamed":
      return state.title === ask.title;
    case "member.set":
      return state.members.get(ask.member)?.role === ask.role;
    default:
      return false; // What the server alone says is refused anyway.
  }
}
