import { expect, test } from "vitest";
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from "y-protocols/awareness";
import * as Y from "yjs";
import { moveCarets } from "./move-carets.ts";

const place = (clock: number) => ({ tname: "body", item: { client: 1, clock }, assoc: 0 });
const at = (clock: number) => ({ anchor: place(clock), head: place(clock) });

/** Somebody who was told of Ben, and Ben's number. */
function told() {
  const [mine, bens] = [new Awareness(new Y.Doc()), new Awareness(new Y.Doc())];
  bens.setLocalState({ user: { name: "Ben" }, cursor: at(1) });
  applyAwarenessUpdate(mine, encodeAwarenessUpdate(bens, [bens.clientID]), "test");
  return { mine, ben: bens.clientID };
}

test("a caret moves, and its person stays who they are", () => {
  const { mine, ben } = told();
  moveCarets(mine, [{ client: ben, clock: 10, cursor: at(2) }], "test");
  expect(mine.getStates().get(ben)).toEqual({ user: { name: "Ben" }, cursor: at(2) });
  moveCarets(mine, [{ client: ben, clock: 9, cursor: at(3) }], "test");
  expect(mine.getStates().get(ben)).toMatchObject({ cursor: at(2) });
  moveCarets(mine, [{ client: ben, clock: 11, cursor: null }], "test");
  expect(mine.getStates().get(ben)).toEqual({ user: { name: "Ben" } });
});

test("one's own caret, and those of people who are not known, are left alone", () => {
  const { mine } = told();
  mine.setLocalState({ user: { name: "Ana" } });
  const before = [...mine.getStates()];
  const carets = [mine.clientID, 12345].map((client) => ({ client, clock: 10, cursor: at(2) }));
  moveCarets(mine, carets, "test");
  expect([...mine.getStates()]).toEqual(before);
});
