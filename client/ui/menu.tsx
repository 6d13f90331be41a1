import { DropdownMenu as Radix } from "radix-ui";
import { Check } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./menu.module.css";

/** A menu that opens from its button: arrow keys, first letters and Esc work as everywhere. */
export function Menu({ button, children }: { button: ReactNode; children: ReactNode }) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{button}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={styles.menu} align="end" sideOffset={6} collisionPadding={12}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

export function MenuItem(props: { onChoose: () => void; hint?: string; children: ReactNode }) {
  return (
    <Radix.Item className={styles.item} onSelect={props.onChoose}>
      <span>{props.children}</span>
      {props.hint && <span className={styles.hint}>{props.hint}</span>}
    </Radix.Item>
  );
}

/** An item that is a file to be fetched; the browser saves it. */
export function MenuDownload(props: { href: string; hint?: string; children: ReactNode }) {
  return (
    <Radix.Item className={styles.item} asChild>
      <a href={props.href} download>
        <span>{props.children}</span>
        {props.hint && <span className={styles.hint}>{props.hint}</span>}
      </a>
    </Radix.Item>
  );
}

/** Items of which exactly one holds. */
export function MenuChoice<T extends string>(props: {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChoose: (value: T) => void;
}) {
  return (
    <Radix.RadioGroup value={props.value}>
      <Radix.Label className={styles.label}>{props.label}</Radix.Label>
      {props.options.map(({ value, label }) => (
        <Radix.RadioItem
          key={value}
          value={value}
          className={styles.item}
          onSelect={() => props.onChoose(value)}
        >
          <span>{label}</span>
          <Radix.ItemIndicator>
            <Check aria-hidden size={15} />
          </Radix.ItemIndicator>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

/** Words in a menu that cannot be chosen. */
export function MenuNote({ children }: { children: ReactNode }) {
  return <Radix.Label className={styles.note}>{children}</Radix.Label>;
}

export function MenuRule() {
  return <Radix.Separator className={styles.rule} />;
}
