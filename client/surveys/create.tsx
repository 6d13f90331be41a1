import { useState, type SubmitEvent } from "react";
import { useTranslation } from "react-i18next";
import { limits } from "../../shared/base/limits.ts";
import type { Person, Survey, Template } from "../session/answers.ts";
import { useRefusalWords } from "../session/failure.tsx";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import styles from "./create.module.css";
import { Frame } from "./frame.tsx";
import { useCreateSurvey } from "./queries.ts";
import { TemplateGallery } from "./template-gallery.tsx";

/** A new survey: what it is called, and what its first page starts from. */
export function CreateSurvey({ me, onMade }: { me: Person; onMade: (survey: Survey) => void }) {
  const { t } = useTranslation();
  const words = useRefusalWords();
  const create = useCreateSurvey(onMade);
  const [title, setTitle] = useState("");
  const [template, setTemplate] = useState<Template>("problem-survey");
  const [isMissing, setMissing] = useState(false);

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    const trimmed = title.trim();
    setMissing(trimmed === "");
    if (trimmed !== "") create.mutate({ title: trimmed, template });
  }

  const wrong = isMissing ? t("create.titleMissing") : create.error ? words(create.error) : undefined;
  return (
    <Frame me={me} title={t("create.title")}>
      <h1 className={styles.title}>{t("create.title")}</h1>
      <p className={styles.lead}>{t("create.lead")}</p>
      <form className={styles.form} onSubmit={submit} noValidate>
        <Field
          label={t("create.surveyTitle")}
          hint={t("create.surveyTitleHint")}
          wrong={wrong}
          value={title}
          onChange={(event) => setTitle(event.target.value)}
          maxLength={limits.titleLength}
          isFirst
        />
        <TemplateGallery title={title.trim()} chosen={template} onChoose={setTemplate} />
        <Button look="primary" type="submit" busy={create.isPending} className={styles.make ?? ""}>
          {create.isPending ? t("create.making") : t("create.make")}
        </Button>
      </form>
    </Frame>
  );
}
