import { Composer } from "./composer.tsx";
import type { Anchor } from "./text.ts";
import card from "./thread-card.module.css";
import type { Discussion } from "./use-discussion.ts";
import { useWords } from "./words.ts";

type Props = {
  discussion: Discussion;
  composing: Anchor;
  /** Whether the card shows its words, since it does not stand beside them. */
  isQuoted?: boolean;
  onClose: () => void;
};

/** The card in which a thread begins. */
export function NewThread({ discussion, composing, isQuoted = false, onClose }: Props) {
  const { t } = useWords();
  const { drafts, sendNew, isAway } = discussion;
  if (!drafts) return null;
  return (
    <article
      className={card.card}
      data-active
      aria-label={t("newThreadOn", { quote: composing.quote.exact })}
    >
      {isQuoted && <p className={card.quote}>{composing.quote.exact}</p>}
      <Composer
        label={t("write")}
        send={t("send")}
        drafts={drafts}
        isAway={isAway}
        draftKey="new"
        onSend={(text) => sendNew(composing, text)}
        onClose={onClose}
      />
    </article>
  );
}
