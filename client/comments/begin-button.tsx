import { MessageSquarePlus } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { keyWords } from "../ui/key-words.ts";
import styles from "./begin-button.module.css";
import type { CommentText } from "./text.ts";
import type { Discussion } from "./use-discussion.ts";
import { useSelectionTop } from "./use-text.ts";
import { useWords } from "./words.ts";

type Props = {
  discussion: Discussion;
  text: CommentText | null;
  /** At the selected words' line, on the page's edge so that it covers no card; or where a thumb reaches it. */
  place: "line" | "thumb";
};

/** Begins a comment; there only while words are selected that may be commented on. */
export function BeginButton({ discussion, text, place }: Props) {
  const { t } = useWords();
  const top = useSelectionTop(text);
  if (top === null || !discussion.mayComment || discussion.composing) return null;
  return (
    <Button
      className={styles[place] ?? ""}
      aria-label={t("begin")}
      style={place === "line" ? { insetBlockStart: top } : {}}
      title={t("beginKeys", { keys: keyWords("Mod-Alt-m") })}
      // The words stay selected while the button is pressed.
      onPointerDown={(event) => event.preventDefault()}
      onMouseDown={(event) => event.preventDefault()}
      onClick={discussion.begin}
    >
      <MessageSquarePlus aria-hidden />
      {place === "thumb" && t("begin")}
    </Button>
  );
}
