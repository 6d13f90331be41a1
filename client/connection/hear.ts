import { fromServer, type FromServer } from "../../shared/protocol/from-server.ts";

/** One of the server's messages, read from its JSON; throws where it is none. */
export function parseFromServer(json: string): FromServer {
  return fromServer.parse(JSON.parse(json));
}
