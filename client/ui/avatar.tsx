import styles from "./avatar.module.css";
import { initials, personLook } from "./palette.ts";

type Props = {
  name: string;
  /** Their place in the palette. */
  color: number;
  size?: "bar" | "card";
  /** The ground that it stands on, which shows as a gap between neighbours. */
  ring?: "room" | "raised";
};

/** A person as a disc with initials. Says nothing to screen readers: the name always stands beside it. */
export function Avatar({ name, color, size = "bar", ring = "room" }: Props) {
  const { ground, label, isDashed } = personLook(color);
  return (
    <span
      className={`${styles.avatar} ${styles[size]}`}
      style={{ backgroundColor: ground, color: label, borderColor: `var(--${ring})` }}
      data-dashed={isDashed || undefined}
      aria-hidden
    >
      {initials(name)}
    </span>
  );
}
