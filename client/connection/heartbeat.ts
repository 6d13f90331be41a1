import { limits } from "../../shared/base/limits.ts";

/** Calls back after a while; answers how to call it off. */
export type After = (waitMs: number, then: () => void) => () => void;

/**
 * Notices a socket that is open but dead, in either direction: where the server has not answered anything for
 * `heartbeatMs` it is asked, and where it still does not answer for as long again, the socket is dead. Only
 * answers count as life (a pong, an acknowledgement): what others write arrives even where ours is lost.
 */
export class Heartbeat {
  readonly #after: After;
  readonly #ping: () => void;
  readonly #dead: () => void;
  #callOff: (() => void) | null = null;
  #isAsking = false;

  constructor(after: After, ping: () => void, dead: () => void) {
    this.#after = after;
    this.#ping = ping;
    this.#dead = dead;
  }

  /** The socket is open, or the server just answered. */
  alive(): void {
    this.#isAsking = false;
    this.#wait(() => this.ask());
  }

  /** Asks now, unless an answer is awaited already: after sleep, or when the network changed. */
  ask(): void {
    if (this.#isAsking) return;
    this.#isAsking = true;
    this.#wait(() => {
      this.stop();
      this.#dead();
    });
    this.#ping();
  }

  stop(): void {
    this.#isAsking = false;
    this.#callOff?.();
    this.#callOff = null;
  }

  #wait(then: () => void): void {
    this.#callOff?.();
    this.#callOff = this.#after(limits.heartbeatMs, then);
  }
}
