import { expect, test } from "vitest";
import * as Y from "yjs";
import { limits } from "../../shared/base/limits.ts";
import { beginSaved, state } from "./visit.stage.ts";

/** Somebody inside, to whom text comes under their own number: Yjs gives their document another. */
async function beginDoubled() {
  const inside = await beginSaved();
  const { world, socket, connection } = inside;
  const { clientID } = connection.doc;
  connection.awareness.setLocalStateField("cursor", null);
  const double = new Y.Doc();
  double.clientID = clientID;
  double.getText("body").insert(0, "under this number");
  socket.sendsUpdate(Y.encodeStateAsUpdate(double));
  Y.applyUpdate(world.serverDoc, Y.encodeStateAsUpdate(double));
  world.draws();
  expect(connection.doc.clientID).not.toBe(clientID);
  return { ...inside, clientID };
}

test("a page whose number was changed can be left", async () => {
  const { connection } = await beginDoubled();
  expect(() => connection.destroy()).not.toThrow();
});

test("presence goes on under the new number alone", async () => {
  const { connection } = await beginDoubled();
  expect([...connection.awareness.getStates()]).toEqual([[connection.doc.clientID, { cursor: null }]]);
});

test("the room, where each socket has one number, is entered anew, and what is written goes on", async () => {
  const { world, socket, connection, body } = await beginDoubled();
  expect(socket.readyState).toBe(WebSocket.CLOSED);
  body.insert(0, "written ");
  world.clock.pass(limits.reconnectFirstMs);
  const next = world.letsIn();
  for (const { update } of next.texts) Y.applyUpdate(world.serverDoc, update);
  next.acknowledges(next.texts.length);
  expect(world.serverDoc.getText("body").toJSON()).toBe("written under this number");
  expect(state(connection)).toBe("saved");
});
