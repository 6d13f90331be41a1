import { Dialog as Radix } from "radix-ui";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./button.tsx";
import styles from "./dialog.module.css";

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  lead?: string;
  /** "wide" for what is to be read; "left" and "right" stand at that edge, over the full height. */
  place?: "middle" | "wide" | "left" | "right";
  children: ReactNode;
};

/**
 * Something asked or shown over the page. Esc closes it, and the focus goes back to where it came from; it begins
 * at the content, which is why the button to close comes last.
 */
export function Dialog({ open, onOpenChange, title, lead, place = "middle", children }: Props) {
  const { t } = useTranslation();
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={styles.veil} />
        <Radix.Content
          className={`${styles.panel} ${styles[place]}`}
          {...(lead === undefined ? { "aria-describedby": undefined } : {})}
        >
          <Radix.Title className={styles.title}>{title}</Radix.Title>
          {lead !== undefined && <Radix.Description className={styles.lead}>{lead}</Radix.Description>}
          {children}
          <Radix.Close asChild>
            <Button look="icon" className={styles.close ?? ""} aria-label={t("close")}>
              <X aria-hidden />
            </Button>
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
