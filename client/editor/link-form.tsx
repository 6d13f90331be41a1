import type { Editor } from "@tiptap/core";
import { Check, Unlink } from "lucide-react";
import { useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { isSafeAddress } from "../../shared/body/schema.ts";
import styles from "./toolbar.module.css";

/** Asks for a link's address. Enter sets it, Esc leaves everything as it was. */
export function LinkForm({ editor, onDone }: { editor: Editor; onDone: () => void }) {
  const { t } = useTranslation("editor");
  const current = editor.getAttributes("link")["href"] as string | undefined;
  const [address, setAddress] = useState(current ?? "");
  const [isRefused, setRefused] = useState(false);

  const set = (href: string | null): void => {
    const chain = editor.chain().focus().extendMarkRange("link");
    (href === null ? chain.unsetMark("link") : chain.setMark("link", { href })).run();
    onDone();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const href = withScheme(address.trim());
    if (href === "") set(null);
    else if (isSafeAddress(href)) set(href);
    else setRefused(true);
  };

  return (
    <form className={styles.link} onSubmit={submit} onKeyDown={(event) => event.key === "Escape" && onDone()}>
      <input
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the form was just asked for
        autoFocus
        className={styles.address}
        aria-label={t("linkAddress")}
        aria-invalid={isRefused}
        placeholder={t("linkHint")}
        value={address}
        onChange={(event) => setAddress(event.target.value)}
      />
      <button type="submit" className={styles.tool} aria-label={t("setLink")} title={t("setLink")}>
        <Check size={17} aria-hidden />
      </button>
      {current !== undefined && (
        <button
          type="button"
          className={styles.tool}
          aria-label={t("removeLink")}
          title={t("removeLink")}
          onClick={() => set(null)}
        >
          <Unlink size={17} aria-hidden />
        </button>
      )}
      {isRefused && (
        <p role="alert" className={styles.refused}>
          {t("unsafeLink")}
        </p>
      )}
    </form>
  );
}

/** What people type for an address often begins with the host: `example.org/page`. */
function withScheme(address: string): string {
  return /^(?:[\p{L}\d-]+\.)+\p{L}{2,}(?:[/?#:]|$)/u.test(address) ? `https://${address}` : address;
}
