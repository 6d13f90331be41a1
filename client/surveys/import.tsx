import { useTranslation } from "react-i18next";
import type { Person, Survey } from "../session/answers.ts";
import { useRefusalWords } from "../session/failure.tsx";
import { Button } from "../ui/button.tsx";
import { importLimits, type WrongChoice } from "./choice-of-files.ts";
import { DropZone } from "./drop-zone.tsx";
import { Frame } from "./frame.tsx";
import styles from "./import.module.css";
import { useImport, type Upload } from "./use-import.ts";

/** Bringing in what was written elsewhere: choose or drop, watch it go, read clearly why not. */
export function ImportSurvey({ me, onMade }: { me: Person; onMade: (survey: Survey) => void }) {
  const { t } = useTranslation();
  const { upload, start, cancel } = useImport(onMade);
  return (
    <Frame me={me} title={t("upload.title")}>
      <h1 className={styles.title}>{t("upload.title")}</h1>
      <p className={styles.lead}>{t("upload.lead")}</p>
      {upload.is === "sending" ? (
        <Progress upload={upload} onCancel={cancel} />
      ) : (
        <>
          {upload.is === "refused" && <Refused upload={upload} />}
          <DropZone onFiles={start} />
          <p className={styles.limits}>{t("upload.limits", importLimits)}</p>
        </>
      )}
    </Frame>
  );
}

function Progress({
  upload,
  onCancel,
}: {
  upload: Extract<Upload, { is: "sending" }>;
  onCancel: () => void;
}) {
  const { t } = useTranslation();
  const [first] = upload.names;
  const isSent = upload.sent >= 1;
  const name =
    upload.names.length === 1
      ? t("upload.sending", { name: first ?? "" })
      : t("upload.sendingMany", { count: upload.names.length });
  return (
    <div className={styles.progress}>
      <p className={styles.words} role="status">
        {isSent ? t("upload.reading") : name}
      </p>
      <progress className={styles.bar} aria-label={name} {...(isSent ? {} : { value: upload.sent })} />
      <Button onClick={onCancel}>{t("cancel")}</Button>
    </div>
  );
}

function Refused({ upload }: { upload: Extract<Upload, { is: "refused" }> }) {
  const { t } = useTranslation();
  const words = useRefusalWords();
  const choice = (wrong: WrongChoice): string => {
    if (wrong.why === "wrongKind") return t("upload.wrongKind", { name: wrong.name });
    if (wrong.why === "tooLarge") return t("upload.tooLarge", wrong);
    return t(`upload.${wrong.why}`);
  };
  return (
    <p className={styles.refused} role="alert">
      {"wrong" in upload ? choice(upload.wrong) : words(upload.error)}
    </p>
  );
}
