import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { PresentPerson } from "../connection/people.ts";
import { announce } from "../ui/announce.tsx";

/** Says politely, to people who listen to the screen, who comes and who goes. Those found here are not announced. */
export function useArrivals(people: readonly PresentPerson[], me: string): void {
  const { t } = useTranslation();
  const before = useRef<readonly PresentPerson[] | null>(null);
  useEffect(() => {
    const { came, left } = difference(before.current ?? people, people);
    before.current = people;
    for (const { id, name } of came) if (id !== me) announce(t("room.came", { name }));
    for (const { id, name } of left) if (id !== me) announce(t("room.left", { name }));
  }, [people, me, t]);
}

type Named = { id: string; name: string };

/** Who is in the second list only, and who in the first only. */
export function difference<T extends Named>(
  before: readonly T[],
  now: readonly T[],
): { came: T[]; left: T[] } {
  const isIn = (list: readonly T[]) => (person: T) => list.some(({ id }) => id === person.id);
  return {
    came: now.filter((person) => !isIn(before)(person)),
    left: before.filter((person) => !isIn(now)(person)),
  };
}
