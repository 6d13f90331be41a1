import type { Contender, HouseRoom } from "./contender.ts";
import { packed, passedOn } from "./dialect.ts";
import { ServerProcess } from "./server-process.ts";

const program = "bench/sync/programs/relay.ts";

/**
 * A server that passes bytes on and knows nothing of them: what the work costs before any of it is done. One gathers
 * what comes within Plenum's windows, the other passes everything on at once.
 */
export function asRelay(name: string, isGathering: boolean): Contender {
  return {
    name,
    dialect: isGathering ? packed : passedOn,
    start: async () => {
      const server = await ServerProcess.start({ program, args: [isGathering ? "gather" : "pass"] });
      return {
        server,
        makeRooms: async (count) =>
          Array.from({ length: count }, (_, at) => roomAt(server.port, `page-${at}`)),
      };
    },
  };
}

function roomAt(port: number, name: string): HouseRoom {
  return { name, seat: () => ({ port, path: `/${name}`, headers: {} }), greetings: [] };
}
