import { useState, type SubmitEvent } from "react";
import { useTranslation } from "react-i18next";
import { limits } from "../../shared/base/limits.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import styles from "./door.module.css";
import { useRefusalWords } from "./failure.tsx";

type Props = { action: string; busy: boolean; error: unknown; onName: (name: string) => void };

/** Your name, and one button. */
export function NameForm({ action, busy, error, onName }: Props) {
  const { t } = useTranslation();
  const words = useRefusalWords();
  const [name, setName] = useState("");
  const [isMissing, setMissing] = useState(false);

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    const trimmed = name.trim();
    setMissing(trimmed === "");
    if (trimmed !== "") onName(trimmed);
  }

  const wrong = isMissing ? t("session.nameMissing") : error ? words(error) : undefined;
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <Field
        label={t("session.name")}
        hint={t("session.nameHint")}
        wrong={wrong}
        value={name}
        onChange={(event) => setName(event.target.value)}
        maxLength={limits.nameLength}
        autoComplete="name"
        isFirst
      />
      <Button look="primary" type="submit" busy={busy} className={styles.enter ?? ""}>
        {action}
      </Button>
    </form>
  );
}
