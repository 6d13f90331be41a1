import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import * as api from "../session/api.ts";
import type { CommentsAs } from "../session/answers.ts";
import { useRefusalWords } from "../session/failure.tsx";
import { buttonClass } from "../ui/button.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { MenuDownload, MenuItem } from "../ui/menu.tsx";
import styles from "./export.module.css";

/** What can be taken out of a survey, as the items of a menu. */
export function ExportItems({ survey, onPage }: { survey: string; onPage: () => void }) {
  const { t } = useTranslation();
  return (
    <>
      <MenuItem onChoose={onPage}>{t("export.page")}</MenuItem>
      <MenuDownload href={api.surveyZipUrl(survey)} hint={t("export.surveyHint")}>
        {t("export.survey")}
      </MenuDownload>
    </>
  );
}

/** What a page's file is called, from its path in the survey. */
export function fileName(path: string): string {
  return path.split("/").at(-1) || "page.md";
}

type Props = { page: string; path: string; open: boolean; onOpenChange: (open: boolean) => void };

/** One page as the Markdown file that it becomes, to look at before it is taken. */
export function ExportDialog({ page, path, open, onOpenChange }: Props) {
  const { t } = useTranslation();
  const [comments, setComments] = useState<CommentsAs>("none");
  const name = fileName(path);
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("export.title")} place="wide">
      <div className={styles.choice}>
        <label className={styles.label}>
          <input
            type="checkbox"
            checked={comments === "endnotes"}
            onChange={(event) => setComments(event.target.checked ? "endnotes" : "none")}
          />
          {t("export.comments")}
        </label>
      </div>
      <Preview page={page} comments={comments} name={name} />
    </Dialog>
  );
}

function Preview({ page, comments, name }: { page: string; comments: CommentsAs; name: string }) {
  const { t } = useTranslation();
  const words = useRefusalWords();
  const preview = useRef<HTMLTextAreaElement>(null);
  const { data: markdown, error } = useQuery({
    queryKey: ["markdown", page, comments],
    queryFn: () => api.pageMarkdown(page, comments),
    // What is shown is what would be downloaded now, however often this is opened.
    gcTime: 0,
    staleTime: 0,
  });
  if (error) return <p role="alert">{words(error)}</p>;
  return (
    <>
      <textarea
        ref={preview}
        className={styles.preview}
        readOnly
        spellCheck={false}
        aria-label={t("export.preview")}
        value={markdown ?? t("loading")}
      />
      <div className={styles.actions}>
        <a className={buttonClass("primary")} href={api.pageMarkdownUrl(page, comments)} download={name}>
          {t("export.download", { name })}
        </a>
        {markdown !== undefined && <CopyButton from={preview} />}
      </div>
    </>
  );
}
