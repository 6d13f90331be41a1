import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { limits } from "../../shared/base/limits.ts";
import type { Refusal } from "../../shared/protocol/refusals.ts";
import { Button } from "../ui/button.tsx";
import styles from "./composer.module.css";
import type { DraftKey, Drafts } from "./drafts.ts";
import { useWords } from "./words.ts";

type Props = {
  label: string;
  send: string;
  drafts: Drafts;
  /** Whether the server is out of reach, so that sending may take a while. */
  isAway: boolean;
  draftKey: DraftKey;
  onSend: (text: string) => Promise<Refusal | null>;
  onClose: () => void;
};

/**
 * Where a comment is written. Mod+Enter sends; Esc closes and keeps the draft. Until its record stands nothing
 * of it is thrown away.
 */
export function Composer({ label, send, drafts, isAway, draftKey, onSend, onClose }: Props) {
  const { t, shared } = useWords();
  const [text, setText] = useState(() => drafts.read(draftKey));
  const [isSending, setSending] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const area = useFocused();

  const write = (next: string): void => {
    setText(next);
    drafts.keep(draftKey, next);
  };
  const submit = async (): Promise<void> => {
    if (isSending || text.trim() === "") return;
    setSending(true);
    const refused = await onSend(text.trim());
    setSending(false);
    setRefusal(refused);
    if (refused) return;
    drafts.keep(draftKey, "");
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape") onClose();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void submit();
    else return;
    event.preventDefault();
    // Escape leaves what is being written, and not in the same stroke the card around it.
    event.stopPropagation();
  };
  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <textarea
        ref={area}
        className={styles.area}
        aria-label={label}
        placeholder={label}
        value={text}
        readOnly={isSending}
        maxLength={limits.commentLength}
        rows={1}
        onChange={(event) => write(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {refusal && (
        <p role="alert" className={styles.wrong}>
          {t("notSent", { why: shared(`refusal.${refusal.code}`) })}
        </p>
      )}
      {isSending && isAway && <p role="status">{t("waiting")}</p>}
      <div className={styles.actions}>
        <Button
          type="submit"
          look="primary"
          className={styles.button ?? ""}
          busy={isSending}
          disabled={text.trim() === ""}
        >
          {isSending ? t("sending") : send}
        </Button>
        <Button look="quiet" className={styles.button ?? ""} onClick={onClose}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}

/** A ref whose element has the focus from the beginning, with the caret after what is written. */
function useFocused() {
  const ref = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const { current } = ref;
    current?.focus({ preventScroll: true });
    current?.setSelectionRange(current.value.length, current.value.length);
  }, []);
  return ref;
}
