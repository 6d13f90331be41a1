import { Plus } from "lucide-react";
import { useState, type SubmitEvent } from "react";
import { useTranslation } from "react-i18next";
import { limits } from "../../shared/base/limits.ts";
import { useRefusalWords } from "../session/failure.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import styles from "./add-page.module.css";
import { useAddPage } from "./queries.ts";

/** A button that asks for a title and adds a page with it at the end of the survey. */
export function AddPage({ survey, onAdded }: { survey: string; onAdded: (page: string) => void }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button look="quiet" className={styles.open ?? ""} onClick={() => setOpen(true)}>
        <Plus aria-hidden />
        {t("newPage.open")}
      </Button>
      <Dialog open={isOpen} onOpenChange={setOpen} title={t("newPage.open")}>
        <TitleForm
          survey={survey}
          onAdded={(page) => {
            setOpen(false);
            onAdded(page);
          }}
        />
      </Dialog>
    </>
  );
}

function TitleForm({ survey, onAdded }: { survey: string; onAdded: (page: string) => void }) {
  const { t } = useTranslation();
  const words = useRefusalWords();
  const add = useAddPage(survey, onAdded);
  const [title, setTitle] = useState("");
  const [isMissing, setMissing] = useState(false);

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    setMissing(title.trim() === "");
    if (title.trim() !== "") add.mutate(title.trim());
  }

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <Field
        label={t("newPage.title")}
        wrong={isMissing ? t("create.titleMissing") : add.error ? words(add.error) : undefined}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
        maxLength={limits.titleLength}
      />
      <Button look="primary" type="submit" busy={add.isPending} className={styles.add ?? ""}>
        {add.isPending ? t("newPage.making") : t("newPage.make")}
      </Button>
    </form>
  );
}
