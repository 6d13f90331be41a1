import { limits } from "../../shared/base/limits.ts";
import type { Outsider } from "../http/outside.ts";
import { FakeBrowser } from "../sync/fake-browser.ts";
import { aClient, Guest, knock } from "./guest.stage.ts";
import { Waiting } from "./waiting.stage.ts";

/** A browser as ours is: when it loses the server it comes back, first soon, then later and later, by chance. */
export class Returning {
  readonly browser = new FakeBrowser(aClient());
  readonly #person: Outsider;
  readonly #page: string;
  readonly #chance: () => number;
  readonly closeCodes: number[] = [];
  guest: Guest;
  attempts = 0;
  #isGone = false;
  readonly #waiting = new Waiting();

  constructor(person: Outsider, page: string, chance: () => number) {
    this.#person = person;
    this.#page = page;
    this.#chance = chance;
    this.guest = this.#come();
  }

  until(holds: () => boolean): Promise<void> {
    return this.#waiting.until(holds);
  }

  /** In sync over a socket that is not the one that closed so many times. */
  async back(closes: number): Promise<void> {
    await this.until(
      () => this.closeCodes.length >= closes && this.guest.socket.isOpen && this.browser.isSynced,
    );
  }

  /** All that it wrote is told to be on disk, over whichever socket it has by then. */
  async saved(): Promise<void> {
    await this.until(() => this.browser.isSynced && this.browser.saved === this.browser.textSent);
  }

  leave(): void {
    this.#isGone = true;
    this.guest.leave();
  }

  #come(): Guest {
    const socket = knock(this.#person, this.#page);
    const guest = new Guest(socket, this.browser);
    socket.ws.once("open", () => {
      this.attempts = 0;
    });
    socket.ws.on("message", () => this.#waiting.look());
    void socket.ended.then(({ code }) => this.#closed(code));
    return guest;
  }

  #closed(code: number): void {
    if (this.#isGone) return;
    this.closeCodes.push(code);
    this.#waiting.look();
    const waitMs = retryMs(this.attempts, this.#chance());
    this.attempts += 1;
    setTimeout(() => {
      if (!this.#isGone) this.guest = this.#come();
    }, waitMs);
  }
}

/** As browsers wait before the nth attempt. */
function retryMs(attempt: number, chance: number): number {
  const most = Math.min(limits.reconnectMostMs, limits.reconnectFirstMs * 2 ** attempt);
  return most * (1 - chance / 2);
}
