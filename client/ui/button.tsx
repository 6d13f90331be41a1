import type { ComponentProps } from "react";
import styles from "./button.module.css";

type Look = "primary" | "secondary" | "quiet" | "icon";

/**
 * A button. One primary button at most stands on a screen: what most people come to do. `busy` keeps the
 * keyboard's focus where it is while the answer is awaited, and ignores further presses.
 */
export function Button(props: ComponentProps<"button"> & { look?: Look; busy?: boolean }) {
  const { look = "secondary", busy = false, className, onClick, type = "button", ...rest } = props;
  return (
    <button
      {...rest}
      type={busy ? "button" : type}
      aria-disabled={busy || undefined}
      className={buttonClass(look, className)}
      onClick={busy ? undefined : onClick}
    />
  );
}

/** The classes of a button, for links that act as one. */
export function buttonClass(look: Look, more?: string): string {
  return [styles.button, styles[look], more].filter(Boolean).join(" ");
}
