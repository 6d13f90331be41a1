import { useTranslation } from "react-i18next";
import type { PresentPerson } from "../connection/people.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Menu, MenuNote } from "../ui/menu.tsx";
import { useMedia } from "../ui/use-media.ts";
import styles from "./presence.module.css";

/** Who is in the room: a row of discs that opens into a list of names. */
export function Presence({ people, me }: { people: readonly PresentPerson[]; me: string }) {
  const { t } = useTranslation();
  // As many discs as leave room for the title; the rest is a number.
  const shown = useMedia("(width < 720px)") ? 3 : 5;
  if (people.length === 0) return null;
  const button = (
    <button type="button" className={styles.row}>
      <span className="unseen">{t("room.here", { count: people.length })}</span>
      {people.slice(0, shown).map((person) => (
        <Avatar key={person.id} name={person.name} color={person.color} />
      ))}
      {people.length > shown && (
        <span className={styles.more} aria-hidden>
          {t("room.more", { count: people.length - shown })}
        </span>
      )}
    </button>
  );
  return (
    <Menu button={button}>
      <PeopleHere people={people} me={me} />
    </Menu>
  );
}

/** The same people as a list, for a menu. */
export function PeopleHere({ people, me }: { people: readonly PresentPerson[]; me: string }) {
  const { t } = useTranslation();
  return people.map((person) => (
    <MenuNote key={person.id}>
      <Avatar name={person.name} color={person.color} ring="raised" />
      {person.id === me ? t("room.you", { name: person.name }) : person.name}
    </MenuNote>
  ));
}
