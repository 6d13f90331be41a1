import { afterEach } from "vitest";
import type { CommentId, ThreadId } from "../../shared/base/ids.ts";
import type { Ask } from "../../shared/records/kinds.ts";
import { FakeWorld, page } from "./fake-world.ts";
import type { PageConnection } from "./page-connection.ts";

/* The language of the connection's tests: a page opened in a fake world, as far inside as a test needs it. */

const open: PageConnection[] = [];
afterEach(() => {
  for (const connection of open.splice(0)) connection.destroy();
});

export function begin(world = new FakeWorld(), program: { schema?: number } = {}) {
  const connection = world.connect(program);
  open.push(connection);
  return { world, connection, body: connection.doc.getText("body") };
}

export async function beginInside(role: Parameters<FakeWorld["letsIn"]>[0] = "editor") {
  const begun = begin();
  await begun.world.loads();
  const socket = begun.world.letsIn(role);
  return { ...begun, socket };
}

export async function beginSaved() {
  const inside = await beginInside();
  inside.socket.acknowledges(1);
  return inside;
}

export const state = (connection: PageConnection) => connection.status.get().state;

export const opening = (id: string): Ask => ({
  type: "thread.opened",
  thread: id as ThreadId,
  comment: `${id}-1` as CommentId,
  page,
  place: { start: "AA==", end: "AA==" },
  quote: { exact: "words", prefix: "", suffix: "" },
  text: "Is it so?",
});
