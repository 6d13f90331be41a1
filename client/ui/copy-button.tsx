import { Check, Copy } from "lucide-react";
import { useEffect, useState, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { limits } from "../../shared/base/limits.ts";
import { announce } from "./announce.tsx";
import { Button } from "./button.tsx";
import styles from "./copy-button.module.css";
import { keyWords } from "./key-words.ts";

type TextField = HTMLInputElement | HTMLTextAreaElement;

/**
 * Puts what stands in a field on the clipboard and says for a moment that it is there. Where the browser does not
 * let it, the field's text is selected, and the button says which keys copy it.
 */
export function CopyButton({ from }: { from: RefObject<TextField | null> }) {
  const { t } = useTranslation();
  const [isCopied, setCopied] = useState(false);
  const [isByHand, setByHand] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), limits.copiedMs);
    return () => clearTimeout(timer);
  }, [isCopied]);

  const byHand = t("copyByHand", { keys: keyWords("Mod-c") });

  async function copy(): Promise<void> {
    const isDone = from.current !== null && (await putOnClipboard(from.current));
    setCopied(isDone);
    setByHand(!isDone);
    announce(isDone ? t("copied") : byHand);
  }

  return (
    <Button className={styles.copy ?? ""} onClick={() => void copy()}>
      {isCopied ? <Check aria-hidden /> : <Copy aria-hidden />}
      {isCopied ? t("copied") : isByHand ? byHand : t("copy")}
    </Button>
  );
}

async function putOnClipboard(field: TextField): Promise<boolean> {
  try {
    // Not there at an address that is neither https nor localhost, whatever the types say.
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.select();
    return document.execCommand("copy");
  }
}
