import type { PersonId } from "../../shared/base/ids.ts";
import type { Member } from "../../shared/records/state.ts";

/** Who wrote a comment, as it is drawn, with their place in the palette. */
export type Author = { name: string; color: number };

/**
 * Somebody by their id: under the name of the survey's members, in the colour that they have in the room, or, for
 * those who are not here, of their place among the members. Null for somebody whom the survey does not know.
 */
export function authorOf(
  id: PersonId,
  members: ReadonlyMap<PersonId, Member>,
  people: readonly { id: PersonId; name: string; color: number }[],
): Author | null {
  const present = people.find((person) => person.id === id);
  if (present) return present;
  const member = members.get(id);
  return member ? { name: member.name, color: [...members.keys()].indexOf(id) } : null;
}
