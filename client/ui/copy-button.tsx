import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { limits } from "../../shared/base/limits.ts";
import { announce } from "./announce.tsx";
import { Button } from "./button.tsx";
import styles from "./copy-button.module.css";

/** Puts a text on the clipboard and says for a moment that it is there. */
export function CopyButton({ text }: { text: string }) {
  const { t } = useTranslation();
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), limits.copiedMs);
    return () => clearTimeout(timer);
  }, [isCopied]);

  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    announce(t("copied"));
  }

  return (
    <Button className={styles.copy ?? ""} onClick={() => void copy()}>
      {isCopied ? <Check aria-hidden /> : <Copy aria-hidden />}
      {isCopied ? t("copied") : t("copy")}
    </Button>
  );
}
