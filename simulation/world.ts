import { Ledger, wordsIn } from "../client/editor/binding/fuzz-ledger.stage.ts";
import { plenum } from "../client/editor/binding/fuzz-plenum.stage.ts";
import type { Role } from "../shared/access/roles.ts";
import { chanceOf } from "../shared/base/chance.ts";
import type { CommentId, PageId, PersonId, SurveyId, ThreadId } from "../shared/base/ids.ts";
import { placeAt, flatText, quoteAt } from "../shared/body/anchors.ts";
import { bodyText } from "../shared/body/format.ts";
import type { Ask } from "../shared/records/kinds.ts";
import { FakeClock } from "../server/sync/fake-clock.ts";
import { holds } from "./broken.ts";
import { Disk } from "./disk.ts";
import { House } from "./house.ts";
import { Link, type NearSocket } from "./link.ts";
import { Mallory } from "./mallory.ts";
import { Person } from "./person.ts";
import type { Deed, Plan, Step } from "./plan.ts";
import { Trace } from "./trace.ts";
import { Watch } from "./watch.ts";

export const survey = "survey-1" as SurveyId;
/** How soon a room with nobody in it is no more. */
const emptyRoomMs = 5_000;

const firstWords = Array.from({ length: 6 }, (_, n) => `start${n}x `);

/** All there is in one run: time, a disk, a server that lives several lives, the network, people. */
export class World {
  readonly plan: Plan;
  readonly clock = new FakeClock();
  readonly trace = new Trace();
  readonly disk: Disk;
  readonly watch: Watch;
  readonly people: readonly Person[];
  readonly mallory: Mallory | null;
  readonly pages: readonly PageId[];
  readonly ledgers: ReadonlyMap<PageId, Ledger>;
  /** Every ask that was answered as made, and for what. */
  readonly acked: Ask[] = [];
  readonly refused: string[] = [];
  links: Link[] = [];
  house: House;
  /** How far the server's clock is off. */
  #skewMs = 0;
  #chances = 0;
  #busyAtMs = 0;
  /** The first rule that was broken while the server was at work, which must not swallow it. */
  #broken: unknown = null;

  constructor(plan: Plan) {
    this.plan = plan;
    this.watch = new Watch(this.clock.nowMs);
    this.disk = new Disk({
      onEntry: (entry) => {
        this.trace.say(`${this.clock.nowMs()} entry ${entry.number} ${entry.person}`, entry.update);
        this.#watching(() => this.watch.kept(entry));
      },
      onRecord: (at, record) => {
        this.trace.say(`${this.clock.nowMs()} record ${record.seq} ${record.type}`);
        this.#watching(() => this.watch.recorded(at, record));
      },
    });
    this.pages = Array.from({ length: plan.pages }, (_, n) => `page-${n + 1}` as PageId);
    this.ledgers = new Map(this.pages.map((page) => [page, new Ledger(wordsIn(firstWords.join("")))]));
    this.people = Array.from({ length: plan.people }, (_, n) => this.#person(n));
    this.mallory = plan.setting === "byzantine" ? this.#mallory() : null;
    this.house = this.#build();
  }

  /** A source of chance of its own, so that what one part draws changes nothing for another. */
  chance(): (below: number) => number {
    this.#chances += 1;
    const chance = chanceOf(this.plan.seed * 1_000 + this.#chances);
    return (below) => Math.floor(chance() * below);
  }

  /** A survey with its pages and people. */
  async begin(): Promise<void> {
    const owner = this.people[0]!;
    const members = [...this.people, ...(this.mallory ? [this.mallory] : [])];
    await this.#until(
      this.house.records.say(survey, owner.id, () => [{ type: "survey.created", title: "One" }]),
    );
    await this.#until(
      this.house.records.say(survey, owner.id, () =>
        members.map(({ id, name }) => ({
          type: "member.joined" as const,
          member: id,
          name,
          role: id === owner.id ? ("owner" as const) : ("editor" as const),
        })),
      ),
    );
    for (const page of this.pages) {
      await this.#until(this.house.nodes[0]!.write(page, plenum.start(firstWords), owner.id));
      await this.#until(
        this.house.records.say(survey, owner.id, () => [
          { type: "page.added", page, title: page, path: `${page}.md`, parent: null },
        ]),
      );
    }
    for (const person of this.people) person.visit(this.pages[0]!);
    await this.clock.pass(500);
  }

  /** The steps of the plan, each in its time, and what holds after each looked at. */
  async live(): Promise<void> {
    const startMs = this.clock.nowMs();
    for (const step of this.plan.steps) {
      await this.clock.pass(startMs + step.atMs - this.clock.nowMs());
      this.#do(step);
      await this.clock.pass(0);
      this.look();
    }
  }

  /** What holds at every moment. */
  look(): void {
    if (this.#broken) throw this.#broken;
    this.watch.look(this.links);
    const nowMs = this.clock.nowMs();
    if (this.links.some((link) => link.isOpen)) this.#busyAtMs = nowMs;
    this.links = this.links.filter((link) => link.isOpen || nowMs - (link.closedAtMs ?? 0) < 60_000);
    const open = this.house.nodes.reduce((sum, rooms) => sum + rooms.counts().rooms, 0);
    const isUnloaded = open === 0 || nowMs - this.#busyAtMs <= emptyRoomMs || this.disk.fault !== null;
    holds(isUnloaded, "SIM-8", () => `${open} rooms are open and nobody is there`);
    for (const person of this.people)
      holds(
        person.reported.length === 0,
        "SIM-7",
        () => `${person.name}'s program: ${String(person.reported[0])}`,
      );
    holds(this.refused.length === 0, "SIM-11", () => this.refused.join());
  }

  dial(person: { id: PersonId; name: string }, page: PageId, near: NearSocket): Link {
    const link = new Link({ page, person: person.name, near }, this.clock, this.chance(), {
      onSaid: (at, bytes) => {
        this.trace.say(`${this.clock.nowMs()} to ${at.person}`, bytes);
        this.#watching(() => this.watch.said(at, bytes));
      },
      onHeard: (at, bytes) => {
        this.trace.say(`${this.clock.nowMs()} of ${at.person}`, bytes);
        this.watch.heard(at, bytes);
      },
      onClosed: (at, code, reason) => {
        this.trace.say(`${this.clock.nowMs()} closes ${at.person} ${code} ${reason}`);
        const isRefusal = code >= 4400 && code < 4500 && reason !== "access-changed";
        if (isRefusal && at.person !== "mallory") this.refused.push(`${at.person}: ${code} ${reason}`);
      },
    });
    this.links.push(link);
    const node = this.chance()(2);
    link.up.send(0, () => {
      const { house } = this;
      if (house.isAlive) void house.admit(link, person, survey, node);
      else link.cut();
    });
    return link;
  }

  linkOf(person: Person): Link | null {
    return this.links.findLast((link) => link.person === person.name && link.near.readyState < 3) ?? null;
  }

  #watching(look: () => void): void {
    try {
      look();
    } catch (error) {
      this.#broken ??= error;
    }
  }

  #do({ by, deed }: Step): void {
    const person = this.people[by % this.people.length]!;
    this.trace.say(`${this.clock.nowMs()} ${person.name} ${deed.do}`);
    switch (deed.do) {
      case "edit":
        return void person.act(deed.act);
      case "chapter":
        return void person.act({ do: "type", word: "lorem ".repeat(deed.words), at: 1, reach: 0 });
      case "ask":
        return this.#ask(person, deed);
      case "shut":
        return person.shut();
      case "visit":
        return person.visit(this.pages[deed.page % this.pages.length]!);
      case "mischief":
        return this.mallory?.trick(deed.lot);
      case "role":
        return void this.setRole(this.mallory ?? person, deed.role).catch(() => {});
      case "cut":
      case "half-open":
      case "stall":
      case "offline":
        return this.#disturb(person, deed);
      default:
        return this.#fail(deed);
    }
  }

  #disturb(person: Person, deed: Extract<Deed, { do: "cut" | "half-open" | "stall" | "offline" }>): void {
    const link = this.linkOf(person);
    const later = (forMs: number, then: () => void) => void this.clock.schedule(then, forMs);
    switch (deed.do) {
      case "cut":
        return link?.cut();
      case "half-open":
        if (!link) return;
        link[deed.way].isSilent = true;
        return later(deed.forMs, () => link.cut());
      case "stall":
        link?.down.stand(true);
        return later(deed.forMs, () => link?.down.stand(false));
      case "offline":
        person.setOnline(false);
        link?.cut();
        return later(deed.forMs, () => person.setOnline(true));
    }
  }

  #fail(deed: Extract<Deed, { do: "crash" | "restart" | "disk" | "clock" }>): void {
    switch (deed.do) {
      case "crash":
        return this.crash(deed.hasArrived, deed.offMs);
      case "restart":
        return void this.#restart();
      case "disk":
        this.disk.fault = deed.fault;
        return void this.clock.schedule(() => (this.disk.fault = null), deed.forMs);
      case "clock":
        this.#skewMs += deed.jumpMs;
    }
  }

  /** Anybody's role, as an owner sets it. */
  async setRole({ id }: { id: PersonId }, role: Role): Promise<void> {
    const owner = this.people[0]!;
    const ask = { type: "member.set", member: id, role };
    await this.house.records.ask(survey, owner.id, ask);
  }

  crash(hasArrived: boolean, offMs: number): void {
    const { house } = this;
    if (!house.isAlive) return;
    house.kill(hasArrived);
    this.clock.schedule(() => (this.house = this.#build()), offMs);
  }

  async #restart(): Promise<void> {
    const { house } = this;
    await house.drain();
    if (house === this.house) this.crash(true, 0);
  }

  #build(): House {
    return new House({
      disk: this.disk,
      schedule: this.clock.schedule,
      nowMs: () => this.clock.nowMs() + this.#skewMs,
      pick: this.chance(),
      nodes: this.plan.nodes,
      onEntered: (link, role) => this.watch.entered(link, role),
      onReport: (error) => this.trace.say(`${this.clock.nowMs()} reports ${String(error)}`),
    });
  }

  #person(n: number): Person {
    const isOld = this.plan.hasOld && n === this.plan.people - 1;
    return new Person({
      name: `p${n}`,
      survey,
      clock: this.clock,
      pick: this.chance(),
      ...(isOld ? { schema: 1 } : {}),
      ledgerOf: (page) => this.ledgers.get(page)!,
      dial: (person, page, near) => {
        if (person.isOnline) this.dial(person, page, near);
        else this.clock.schedule(() => near.closes(1006, ""), 5);
      },
    });
  }

  #mallory(): Mallory {
    const mallory = new Mallory(1 + this.chance()(2 ** 31), {
      page: () => this.pages[0]!,
      dial: (near) => this.dial(mallory, this.pages[0]!, near),
    });
    return mallory;
  }

  #ask(person: Person, { ask: kind, lot }: Extract<Deed, { do: "ask" }>): void {
    const { tab } = person;
    const ask = tab && this.#askOf(person, kind, lot);
    if (!ask) return;
    void tab.connection.ask(ask).then((refusal) => {
      this.trace.say(`${this.clock.nowMs()} ${person.name} is answered ${refusal?.code ?? "made"}`);
      if (refusal === null) this.acked.push(ask);
    });
  }

  #askOf(person: Person, kind: Extract<Deed, { do: "ask" }>["ask"], lot: number): Ask | null {
    const { tab } = person;
    if (!tab) return null;
    const { state } = tab.connection.survey.get();
    const threads = [...state.threads.keys()];
    const thread = threads[lot % Math.max(1, threads.length)];
    const comment = `c${person.name}${this.acked.length}x${this.clock.nowMs()}` as CommentId;
    const text = "Is it so?";
    const { page } = tab;
    if (kind === "rename") return { type: "page.renamed", page, title: `Page ${lot}` };
    if (kind === "open") {
      const { doc } = tab.connection;
      const flat = flatText(bodyText(doc));
      const start = lot % Math.max(1, flat.length - 8);
      const quote = quoteAt(flat, start, start + 6);
      if (quote.exact === "") return null;
      const place = placeAt(doc, start, start + 6);
      return { type: "thread.opened", thread: `t${comment}` as ThreadId, comment, page, place, quote, text };
    }
    if (!thread) return null;
    if (kind === "add") return { type: "comment.added", thread, comment, text };
    return { type: kind === "resolve" ? "thread.resolved" : "thread.reopened", thread };
  }

  /** Lets time pass until it is done. */
  async #until<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    void work.finally(() => (isDone = true));
    for (let left = 100; left > 0 && !isDone; left -= 1) await this.clock.pass(20);
    return work;
  }
}
