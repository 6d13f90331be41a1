import type { Role } from "../shared/access/roles.ts";
import type { PageId, PersonId, SurveyId } from "../shared/base/ids.ts";
import { Records } from "../server/records/records.ts";
import type { Relay } from "../server/relay/relay.ts";
import { fold } from "../server/sync/fold.ts";
import { hashText } from "../server/sync/hash-text.ts";
import { look } from "../server/sync/look.ts";
import { Rooms } from "../server/sync/rooms.ts";
import type { Schedule } from "../server/sync/tick.ts";
import { Store, type Disk } from "./disk.ts";
import type { Link } from "./link.ts";

export type HouseNeeds = {
  disk: Disk;
  schedule: Schedule;
  /** The server's clock, which jumps. */
  nowMs: () => number;
  pick: (below: number) => number;
  nodes: number;
  onEntered: (link: Link, role: Role) => void;
  onReport: (error: unknown) => void;
};

/** The server, as `server/main.ts` puts it together, for one life: its records, and the rooms of each node. */
export class House {
  readonly records: Records;
  readonly nodes: readonly Rooms[];
  readonly #store: Store;
  readonly #links = new Map<Link, Rooms>();
  readonly #onEntered: (link: Link, role: Role) => void;
  #isAlive = true;

  constructor({ disk, schedule, nowMs, pick, nodes, onEntered, onReport }: HouseNeeds) {
    this.#onEntered = onEntered;
    const whileAlive: Schedule = (run, afterMs) => schedule(() => this.#isAlive && run(), afterMs);
    const later = <T>(work: () => T): Promise<T> => {
      const { promise, resolve, reject } = Promise.withResolvers<T>();
      whileAlive(
        () => {
          try {
            resolve(work());
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        },
        1 + pick(20),
      );
      return promise;
    };
    const report = (error: unknown) => void (this.#isAlive && onReport(error));
    this.#store = new Store({ disk, schedule: whileAlive, pick });
    const { journal, log, epochs, quarantine } = this.#store;
    this.records = new Records(log, nowMs, report);
    const relay = relayOf(whileAlive, pick);
    this.nodes = Array.from(
      { length: nodes },
      () =>
        new Rooms({
          journal,
          epochs,
          quarantine,
          relay,
          records: this.records,
          nowMs,
          schedule: whileAlive,
          report,
          fold: (updates) => later(() => fold(updates)),
          look: (page) => later(() => look(page)),
          hash: (whole) => later(() => hashText(whole)),
        }),
    );
    this.records.listenToAll((survey, heard) => {
      for (const record of heard)
        if (record.type === "member.joined" || record.type === "member.set")
          this.nodes[0]?.changeRole(record.member, survey, record.role);
    });
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** The sockets that were opened at this node, or at any. */
  linksOf(rooms?: Rooms): Link[] {
    return [...this.#links].filter(([, at]) => !rooms || at === rooms).map(([link]) => link);
  }

  /** Lets somebody in, as the upgrade does: what they are is asked at that moment. */
  async admit(
    link: Link,
    person: { id: PersonId; name: string },
    survey: SurveyId,
    at: number,
  ): Promise<void> {
    try {
      const role = (await this.records.state(survey)).members.get(person.id)?.role;
      if (!this.#isAlive || !link.isOpen) return;
      link.open();
      if (!role) return link.close(4403, "not-allowed");
      const rooms = this.nodes[at % this.nodes.length]!;
      this.#links.set(link, rooms);
      this.#onEntered(link, role);
      rooms.connect(link, { page: link.page, survey, person, role });
    } catch {
      link.open();
      link.close(1011, "internal");
    }
  }

  read(page: PageId): Promise<Uint8Array> {
    return this.nodes[0]!.read(page);
  }

  /** Stops in order: everybody is told. */
  async drain(): Promise<void> {
    await Promise.all(this.nodes.map((rooms) => rooms.drain()));
  }

  /** Dies in the middle of whatever it does. */
  kill(hasArrived: boolean): void {
    this.#isAlive = false;
    this.#store.die(hasArrived);
    for (const link of this.#links.keys()) link.cut();
  }
}

/** Between the nodes of this house: what is said is heard in its order, after a while. */
function relayOf(schedule: Schedule, pick: (below: number) => number): Relay {
  const topics = new Map<string, Set<(message: Uint8Array) => void>>();
  const waiting: (() => void)[] = [];
  return {
    listen: (topic, hear) => {
      const listeners = topics.get(topic) ?? new Set();
      topics.set(topic, listeners.add(hear));
      return () => void listeners.delete(hear);
    },
    say: (topic, message, speaker) => {
      for (const hear of topics.get(topic) ?? []) {
        if (hear === speaker) continue;
        waiting.push(() => topics.get(topic)?.has(hear) && hear(message.slice()));
        schedule(() => waiting.shift()?.(), pick(15));
      }
    },
    close: async () => {},
  };
}
