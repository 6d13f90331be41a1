import { setTimeout as pass } from "node:timers/promises";
import { parentPort } from "node:worker_threads";
import * as Y from "yjs";
import { must } from "../../shared/base/assert.ts";
import { Outsider } from "../http/outside.ts";
import { join, type Guest } from "./guest.stage.ts";

/*
 * Two honest people in one room, in a thread of their own, so that the work of making an attack is not taken for
 * the server's slowness: one types a letter, the other waits for it, and so on until they are told to stop.
 */

export type PairAsked = {
  address: string;
  tokens: readonly string[];
  page: string;
  clients: readonly number[];
};
export type PairSaid =
  | { said: "ready" }
  | { said: "trip"; ms: number }
  | { said: "over"; ended: { code: number; reason: string }[]; texts: string[] };

const port = must(parentPort, "this is a thread");
const say = (message: PairSaid) => port.postMessage(message);
/** Fast for a person, slow for a server. */
const pauseMs = 10;

let isOver = false;

async function typeOn(writer: Guest, reader: Guest): Promise<void> {
  while (!isOver) {
    const beganMs = performance.now();
    writer.browser.write("a");
    await reader.until(() => hasAllOf(reader, writer));
    say({ said: "trip", ms: performance.now() - beganMs });
    await pass(pauseMs);
  }
  await reader.until(() => reader.browser.text.length === writer.browser.text.length);
}

/** Whether all that the writer wrote has arrived, whatever others do to the text meanwhile. */
function hasAllOf(reader: Guest, { browser: { doc } }: Guest): boolean {
  return Y.getState(reader.browser.doc.store, doc.clientID) === Y.getState(doc.store, doc.clientID);
}

async function meet({ address, tokens, page, clients }: PairAsked): Promise<void> {
  isOver = false;
  const pair = await Promise.all(
    tokens.map((token, at) => join(new Outsider(address, token), page, must(clients[at], "one for each"))),
  );
  const ended: { code: number; reason: string }[] = [];
  for (const { socket } of pair) void socket.ended.then((how) => !isOver && ended.push(how));
  const [writer, reader] = pair;
  say({ said: "ready" });
  if (writer && reader) await typeOn(writer, reader).catch(() => {}); // Whose socket ended is in `ended`.
  say({ said: "over", ended, texts: pair.map((each) => each.browser.text) });
  for (const each of pair) each.leave();
}

port.on("message", (asked: PairAsked | "stop") => {
  if (asked === "stop") isOver = true;
  else void meet(asked);
});
