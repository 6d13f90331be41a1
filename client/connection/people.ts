import { z } from "zod/mini";
import { personId, type PersonId } from "../../shared/base/ids.ts";

/**
 * Somebody who has this page open, and the connection at which their caret is. `color` is a number, as the room
 * gives it to those who come in, or another program's own.
 */
export type PresentPerson = { clientId: number; id: PersonId; name: string; color: string };

/** Who this browser is in the survey, as the server says. */
export type Me = { id: PersonId; name: string };

const color = z.pipe(
  z.union([z.string(), z.int()]),
  z.transform((value) => String(value)),
);

const stamped = z.object({ user: z.object({ id: personId, name: z.string(), color }) });

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
 * Everyone in the room, this person first. Nobody is told their own colour, but the room gives the lowest that is
 * free and keeps it: so does this, from the one it had before.
 */
export function withMe(
  others: readonly PresentPerson[],
  me: Me,
  clientId: number,
  before: readonly PresentPerson[],
): PresentPerson[] {
  const elsewhere = others.find((each) => each.id === me.id);
  const rest = others.filter((each) => each.id !== me.id);
  const known = elsewhere ?? before.find((each) => each.id === me.id);
  const taken = new Set(rest.map((each) => each.color));
  const mine = known && !taken.has(known.color) ? known.color : lowestFree(taken);
  return [{ clientId, ...me, color: mine }, ...rest];
}

function lowestFree(taken: ReadonlySet<string>): string {
  let number = 0;
  while (taken.has(String(number))) number += 1;
  return String(number);
}
