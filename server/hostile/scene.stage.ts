import type * as Y from "yjs";
import type { Role } from "../../shared/access/roles.ts";
import { limits } from "../../shared/base/limits.ts";
import { aClient, intrude, join, Survey, type Guest, type Intruder } from "./guest.stage.ts";
import { Pair, type Lived } from "./pair.stage.ts";
import { Plenum } from "./process.stage.ts";

/** An attack, or a fault: what is done, and what must have come of it. */
export type Case = {
  /** Under which it is known everywhere: `frame.text`. */
  name: string;
  /** What holds, as a sentence. */
  promise: string;
  attack: (arena: Arena) => Promise<unknown>;
  /** What the attack answers where the promise holds. */
  expected: unknown;
  /** By how much the process may grow, where that is more than under other attacks. */
  mostGrownBytes?: number;
  /** The pair sits on another page of the survey, since this one is rightly full, or crowded, afterwards. */
  isElsewhere?: true;
  /** How soon what the arena times must have happened: for the bench to judge, on a machine that is quiet. */
  withinMs?: number;
};

/** Where one attack happens: a page of its own. */
export class Arena {
  readonly plenum: Plenum;
  readonly survey: Survey;
  readonly page: string;
  readonly #guests: { leave: () => void }[] = [];
  readonly #onTook: (tookMs: number) => void;
  #before: number;

  constructor(plenum: Plenum, survey: Survey, page: string, onTook: (tookMs: number) => void = () => {}) {
    this.plenum = plenum;
    this.survey = survey;
    this.page = page;
    this.#onTook = onTook;
    this.#before = 0;
    this.beginsHere();
  }

  /** What came before was no attack: how much memory the server takes is measured from here on. */
  beginsHere(): void {
    this.plenum.forgetPeak();
    this.#before = this.plenum.memory().now;
  }

  /** By how much its memory has grown at most since then. */
  grownBytes(): number {
    return this.plenum.memory().peak - this.#before;
  }

  /** Waits for what has to happen soon, and tells how long it took. */
  async timed<T>(happens: () => Promise<T>): Promise<T> {
    const beganMs = performance.now();
    const outcome = await happens();
    this.#onTook(performance.now() - beganMs);
    return outcome;
  }

  /** A raw socket of somebody new in this role. */
  async intruder(role: Role = "editor", name = "Mallory"): Promise<Intruder> {
    return this.#of(await intrude(await this.survey.person(role, name), this.page));
  }

  /** An honest browser of somebody new, with the page's text. */
  async guest(role: Role = "editor", name = "Ben", client = aClient()): Promise<Guest> {
    return this.#of(await join(await this.survey.person(role, name), this.page, client));
  }

  /** The page as somebody who comes now has it; its sender has gone again. */
  async newcomer(): Promise<Y.Doc> {
    const guest = await this.guest("reader", "Newcomer");
    guest.leave();
    return guest.browser.doc;
  }

  leave(): void {
    for (const each of this.#guests) each.leave();
  }

  #of<Someone extends { leave: () => void }>(someone: Someone): Someone {
    this.#guests.push(someone);
    return someone;
  }
}

/** What an attack came to, and what it did to everybody else. */
export type Endured = {
  outcome: unknown;
  /** Whoever of the honest pair lost their socket. */
  thrownOut: string[];
  /** Whether both of the pair, and somebody who came afterwards, had the same text. */
  isOneText: boolean;
  /** What the page holds that no sound page does: pending structs or deletions, foreign roots. */
  unsound: string[];
  isRunning: boolean;
  tripsMs: number[];
  grownBytes: number;
  cpuSeconds: number;
};

/** A running Plenum with one survey, and the honest pair. */
export class Scene {
  readonly plenum: Plenum;
  readonly survey: Survey;
  readonly #pair: Pair;

  private constructor(plenum: Plenum, survey: Survey, pair: Pair) {
    this.plenum = plenum;
    this.survey = survey;
    this.#pair = pair;
  }

  static async open(): Promise<Scene> {
    const plenum = await Plenum.start();
    const survey = await Survey.make(plenum.address);
    const people = [await survey.person("editor", "Ana"), await survey.person("editor", "Ben")];
    const scene = new Scene(plenum, survey, new Pair(people));
    await scene.#warmUp();
    return scene;
  }

  async close(): Promise<void> {
    await this.#pair.close();
    await this.plenum.close();
  }

  /** Lets the attack happen while the pair writes on, and until they have written some more after it. */
  async endure(
    { attack, isElsewhere }: Pick<Case, "attack" | "isElsewhere">,
    onTook?: (tookMs: number) => void,
  ): Promise<Endured> {
    const page = await this.survey.page();
    const arena = new Arena(this.plenum, this.survey, page, onTook);
    await this.#pair.meet(isElsewhere ? await this.survey.page() : page);
    arena.beginsHere();
    const cpuSeconds = this.plenum.cpuSeconds();
    const outcome = await attack(arena);
    await this.#pair.trips(10);
    const lived = await this.#pair.part();
    const grownBytes = arena.grownBytes();
    const found = await (isElsewhere ? nothingFound : lookAt(arena, lived));
    arena.leave();
    return {
      outcome,
      thrownOut: lived.ended.map(({ code, reason }) => `${code} ${reason}`),
      ...found,
      isRunning: this.plenum.isRunning,
      tripsMs: lived.tripsMs,
      grownBytes,
      cpuSeconds: this.plenum.cpuSeconds() - cpuSeconds,
    };
  }

  /** What a process takes once, for its first work, is no attack's doing: the thread that makes checkpoints above all. */
  async #warmUp(): Promise<void> {
    const page = await this.survey.page();
    await this.#pair.meet(page);
    const arena = new Arena(this.plenum, this.survey, page);
    const guest = await arena.guest();
    guest.browser.write("word ".repeat((4 * limits.checkpointTailBytes) / 5));
    await guest.saved();
    arena.leave();
    await this.#pair.trips(100);
    await this.#pair.part();
  }
}

const nothingFound = { isOneText: true, unsound: [] };

async function lookAt(arena: Arena, { texts }: Lived): Promise<Pick<Endured, "isOneText" | "unsound">> {
  const doc = await arena.newcomer();
  const text = doc.getText("body").toJSON();
  return { isOneText: texts.every((each) => each === text), unsound: unsoundIn(doc) };
}

/** What no page may hold, by name. */
function unsoundIn({ store, share }: Y.Doc): string[] {
  const roots = [...share.keys()].filter((root) => !["body", "containers", "meta"].includes(root));
  return [
    ...roots.map((root) => `root ${root}`),
    ...(store.pendingStructs ? ["pending structs"] : []),
    ...(store.pendingDs ? ["pending deletions"] : []),
  ];
}
