import type { Dialect } from "./dialect.ts";
import type { Seat } from "./light-socket.ts";
import type { Page } from "./page.ts";
import type { ServerProcess } from "./server-process.ts";

/** Who is measured. */
export type Contender = {
  readonly name: string;
  readonly dialect: Dialect;
  /** Starts its server, which keeps what it keeps in this folder. */
  start: (folder: string) => Promise<House>;
};

/** A contender's server while it runs. */
export type House = {
  readonly server: ServerProcess;
  /** Makes that many rooms that so many people may write in; with this page in each, where the server keeps pages. */
  makeRooms: (count: number, people: number, page: Page) => Promise<HouseRoom[]>;
};

export type HouseRoom = {
  readonly name: string;
  /** The seat of the room's n-th client, from 0. */
  seat: (client: number) => Seat;
  /** What the client says first, once its socket is open: y-websocket's messages, and the contender's own. */
  readonly greetings: readonly Uint8Array[];
};
