import type { Role } from "../../shared/access/roles.ts";
import type { PageId, PersonId, SurveyId } from "../../shared/base/ids.ts";
import type { Relay } from "../relay/relay.ts";
import { FakeBrowser } from "./fake-browser.ts";
import { FakeClock } from "./fake-clock.ts";
import { FakeSocket } from "./fake-socket.ts";
import { FakeDisk, FakeJournal } from "./fake-store.ts";
import { fold } from "./fold.ts";
import { hashText } from "./hash-text.ts";
import { look } from "./look.ts";
import type { RecordsPort } from "./records-port.ts";
import { Rooms, type RoomsNeed } from "./rooms.ts";
import type { Visitor } from "./visitor.ts";

/** For tests: a browser at its socket. */
export type Guest = { browser: FakeBrowser; socket: FakeSocket };

export const page = "page-1" as PageId;
export const survey = "survey-1" as SurveyId;

export function visitor(name: string, role: Role = "editor", at: PageId = page): Visitor {
  return { page: at, survey, person: { id: `id-of-${name}` as PersonId, name }, role };
}

let lastClient = 0;

/** For tests: rooms with everything around them, and people who come in. */
export class FakeHouse {
  readonly clock = new FakeClock();
  readonly disk: FakeDisk;
  readonly journal: FakeJournal;
  readonly reported: unknown[] = [];
  readonly rooms: Rooms;

  constructor(disk = new FakeDisk(), need: Partial<RoomsNeed> = {}) {
    this.disk = disk;
    this.journal = new FakeJournal(disk);
    this.rooms = new Rooms({
      journal: this.journal,
      relay: quietRelay,
      records: noRecords,
      nowMs: this.clock.nowMs,
      schedule: this.clock.schedule,
      report: (error) => this.reported.push(error),
      fold: async (updates) => fold(updates),
      look: async (page) => look(page),
      hash: async (whole) => hashText(whole),
      ...need,
    });
  }

  /** Comes in and waits until all that follows has happened. */
  async join(who: Visitor | string, browser = new FakeBrowser(++lastClient)): Promise<Guest> {
    const socket = this.knock(who);
    socket.onSent = (bytes) => browser.hear(bytes);
    socket.onClosed = () => browser.disconnect();
    browser.connect((bytes) => socket.say(bytes));
    await this.clock.pass(100);
    return { browser, socket };
  }

  /** A socket at which nothing was said yet. */
  knock(who: Visitor | string): FakeSocket {
    const socket = new FakeSocket();
    this.rooms.connect(socket, typeof who === "string" ? visitor(who) : who);
    return socket;
  }

  /** Time for everything that is on its way. */
  async pass(ms = 100): Promise<void> {
    await this.clock.pass(ms);
  }
}

export const quietRelay: Relay = { listen: () => () => {}, say: () => {}, close: async () => {} };

export const noRecords: RecordsPort = {
  ask: async () => {
    throw new Error("nobody asks here");
  },
  read: async () => [],
  listen: () => () => {},
  keepWords: async () => {},
};
