import { useId, type ComponentProps } from "react";
import styles from "./field.module.css";

type Props = ComponentProps<"input"> & {
  label: string;
  hint?: string | undefined;
  wrong?: string | undefined;
  /** Takes the keyboard when it appears: for the first thing asked on a screen of its own. */
  isFirst?: boolean;
};

/** One line of text with its label. `wrong` says what to mend, and takes the hint's place. */
export function Field({ label, hint, wrong, isFirst = false, ...input }: Props) {
  const id = useId();
  const said = wrong ?? hint;
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <input
        {...input}
        ref={isFirst ? takeFocus : undefined}
        id={id}
        className={styles.input}
        aria-invalid={wrong !== undefined}
        aria-describedby={said === undefined ? undefined : `${id}-said`}
      />
      {said !== undefined && (
        <p id={`${id}-said`} className={wrong === undefined ? styles.hint : styles.wrong}>
          {said}
        </p>
      )}
    </div>
  );
}

function takeFocus(input: HTMLInputElement | null): void {
  input?.focus();
}
