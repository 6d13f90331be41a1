import { expect, test } from "vitest";
import type { PersonId } from "../../shared/base/ids.ts";
import type { Member } from "../../shared/records/state.ts";
import { authorOf } from "./authors.ts";

const ids = ["ana", "bo", "chidi"] as PersonId[];
const members = new Map<PersonId, Member>(
  ids.map((id) => [id, { person: id, name: id.toUpperCase(), role: "editor" }]),
);

test("somebody in the room has the room's colour", () => {
  const present = { id: "bo" as PersonId, name: "Bo", color: 7 };
  expect(authorOf("bo" as PersonId, members, [present])).toMatchObject({ name: "Bo", color: 7 });
});

test("somebody who is not here has a colour that stays the same", () => {
  expect(authorOf("chidi" as PersonId, members, [])).toEqual({ name: "CHIDI", color: 2 });
});

test("somebody whom the survey does not know has no name", () => {
  expect(authorOf("eve" as PersonId, members, [])).toBeNull();
});
