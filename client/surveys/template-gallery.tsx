import { RadioGroup } from "radix-ui";
import { Suspense, useId } from "react";
import { useTranslation } from "react-i18next";
import { templates } from "../../shared/protocol/http.ts";
import type { Template } from "../session/answers.ts";
import { later } from "../session/later.ts";
import styles from "./template-gallery.module.css";

// The reader of Markdown comes after the form: nobody waits for it.
const FirstPage = later(async () => (await import("./first-page.tsx")).FirstPage);

type Props = { title: string; chosen: Template; onChoose: (template: Template) => void };

/** The templates as the pages that they make, with the title that is being typed already on them. */
export function TemplateGallery({ title, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div>
      <p className={styles.label} id={id}>
        {t("create.template")}
      </p>
      <RadioGroup.Root
        className={styles.gallery}
        value={chosen}
        onValueChange={(value) => onChoose(templates.find((each) => each === value) ?? chosen)}
        aria-labelledby={id}
      >
        {templates.map((template) => (
          <RadioGroup.Item
            key={template}
            value={template}
            className={styles.choice}
            aria-labelledby={`${id}-${template}`}
            aria-describedby={`${id}-${template}-hint`}
          >
            <span className={styles.sheet} aria-hidden>
              <Suspense>
                <FirstPage template={template} title={title || t("create.untitled")} />
              </Suspense>
            </span>
            <span className={styles.name} id={`${id}-${template}`}>
              {t(`template.${template}.name`)}
            </span>
            <span className={styles.hint} id={`${id}-${template}-hint`}>
              {t(`template.${template}.hint`)}
            </span>
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
    </div>
  );
}
