import { expect, test } from "vitest";
import type { PersonId } from "../../shared/base/ids.ts";
import { presentPeople, withMe } from "./people.ts";

const user = (id: string, color = 1) => ({ user: { id, name: id.toUpperCase(), color } });
const others = (...users: object[]) => presentPeople(new Map(users.map((each, at) => [at, each])));
const me = { id: "me" as PersonId, name: "ME" };

test("each person is listed once, at the tab seen last, in the order of coming in", () => {
  expect(others(user("bo"), user("ana"), user("bo")).map(({ id, clientId }) => [id, clientId])).toEqual([
    ["bo", 2],
    ["ana", 1],
  ]);
});

test("presence without an identity, or with a malformed one, is nobody's", () => {
  const ill = [
    {},
    { user: null },
    { user: { id: "<b>", name: "x", color: 1 } },
    { user: { id: "x", name: "X", color: "red" } },
    { cursor: 1 },
  ];
  expect(others(...ill)).toEqual([]);
});

test("I am listed first and once, with the lowest colour that nobody else has", () => {
  const people = withMe(others(user("bo", 1), user("ana", 0), user("me", 0)), me, 9, []);
  expect(people.map(({ id, clientId, color }) => [id, clientId, color])).toEqual([
    ["me", 9, 2],
    ["bo", 0, 1],
    ["ana", 1, 0],
  ]);
});

test("my colour stays when a lower one becomes free", () => {
  const inside = withMe(others(user("ana", 0)), me, 9, []);
  expect(withMe([], me, 9, inside)[0]?.color).toBe(1);
});

test("the colour that the server says is mine is mine, whatever I would guess", () => {
  expect(withMe(others(user("ana", 0)), { ...me, color: 4 }, 9, [])[0]?.color).toBe(4);
});
