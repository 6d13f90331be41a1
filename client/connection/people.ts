import { z } from "zod/mini";
import { personId, type PersonId } from "../../shared/base/ids.ts";

/**
 * Somebody who has this page open, and the connection at which their caret is. `color` is their place in the
 * palette, as the room gives it to those who come in.
 */
export type PresentPerson = { clientId: number; id: PersonId; name: string; color: number };

/** Who this browser is in the survey, as the server says; an older one does not say the color. */
export type Me = { id: PersonId; name: string; color?: number | undefined };

const stamped = z.object({ user: z.object({ id: personId, name: z.string(), color: z.int() }) });

/**
 * The people whose presence was told, each once, in the order in which they were first seen. Of somebody with
 * several tabs, it is the tab seen last. Presence that carries no identity from the server is nobody's.
 */
export function presentPeople(states: ReadonlyMap<number, unknown>): PresentPerson[] {
  const people = new Map<PersonId, PresentPerson>();
  for (const [clientId, state] of states) {
    const presence = stamped.safeParse(state);
    if (presence.success) people.set(presence.data.user.id, { clientId, ...presence.data.user });
  }
  return [...people.values()];
}

/**
 * Everyone in the room, this person first. Where the server does not say their own colour, it is guessed as the room
 * gives it: the lowest that is free, and kept from then on.
 */
export function withMe(
  others: readonly PresentPerson[],
  me: Me,
  clientId: number,
  before: readonly PresentPerson[],
): PresentPerson[] {
  const { id, name } = me;
  const elsewhere = others.find((each) => each.id === id);
  const rest = others.filter((each) => each.id !== id);
  const known = elsewhere ?? before.find((each) => each.id === id);
  const taken = new Set(rest.map((each) => each.color));
  const guess = known && !taken.has(known.color) ? known.color : lowestFree(taken);
  return [{ clientId, id, name, color: me.color ?? guess }, ...rest];
}

function lowestFree(taken: ReadonlySet<number>): number {
  let number = 0;
  while (taken.has(number)) number += 1;
  return number;
}
