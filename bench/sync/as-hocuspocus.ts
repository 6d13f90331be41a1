import * as encoding from "lib0/encoding";
import { join } from "node:path";
import type { Contender, House, HouseRoom } from "./contender.ts";
import { named } from "./dialect.ts";
import { seedRooms } from "./seed.ts";
import { ServerProcess } from "./server-process.ts";

const program = "bench/sync/programs/hocuspocus.ts";

/** Hocuspocus as its guide sets it up, with its documents in SQLite; `flushMs` is its own setting of that name. */
export function asHocuspocus(name: string, flushMs: number): Contender {
  return {
    name,
    dialect: named,
    start: async (folder) => {
      const args = [join(folder, "hocuspocus.db"), String(flushMs)];
      return houseAt(await ServerProcess.start({ program, args }));
    },
  };
}

function houseAt(server: ServerProcess): House {
  return {
    server,
    makeRooms: async (count, _, page) => {
      const rooms = Array.from({ length: count }, (_, at) => roomAt(server.port, `page-${at}`));
      await seedRooms(rooms, named, page);
      return rooms;
    },
  };
}

function roomAt(port: number, name: string): HouseRoom {
  return { name, seat: () => ({ port, path: "/", headers: {} }), greetings: [token] };
}

/** It asks everybody for a token, whether or not it looks at it. */
const token = encoding.encode((encoder) => {
  encoding.writeVarUint(encoder, 2);
  encoding.writeVarUint(encoder, 0);
  encoding.writeVarString(encoder, "anybody");
});
