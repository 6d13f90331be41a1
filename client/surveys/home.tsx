import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { to } from "../routes.ts";
import type { Person, SurveyEntry } from "../session/answers.ts";
import { Failure } from "../session/failure.tsx";
import { buttonClass } from "../ui/button.tsx";
import { when } from "../ui/when.ts";
import { Frame } from "./frame.tsx";
import styles from "./home.module.css";
import { useSurveys } from "./queries.ts";

/** The surveys of a person, set as a list; or what a survey is for, where there is none yet. */
export function Home({ me }: { me: Person }) {
  const { t } = useTranslation();
  const { data: surveys, error, refetch } = useSurveys();
  const [nowMs] = useState(() => Date.now());
  if (!surveys) return error && <Failure error={error} onRetry={() => void refetch()} home={null} />;
  const isEmpty = surveys.length === 0;
  return (
    <Frame me={me} title={t("home.title")}>
      <header className={styles.head}>
        <h1 className={styles.title}>{isEmpty ? t("home.none") : t("home.title")}</h1>
        {isEmpty && <p className={styles.lead}>{t("home.noneLead")}</p>}
        <div className={styles.actions}>
          <Link href={to.create} className={buttonClass("primary")}>
            {t("home.new")}
          </Link>
          <Link href={to.upload} className={buttonClass("secondary")}>
            {t("home.import")}
          </Link>
        </div>
      </header>
      {!isEmpty && (
        <ul className={styles.list}>
          {surveys.map((survey) => (
            <Entry key={survey.id} survey={survey} nowMs={nowMs} />
          ))}
        </ul>
      )}
    </Frame>
  );
}

function Entry({ survey, nowMs }: { survey: SurveyEntry; nowMs: number }) {
  const { t, i18n } = useTranslation();
  return (
    <li>
      <Link href={to.survey(survey.id)} className={styles.entry}>
        <span className={styles.name}>{survey.title}</span>
        <span className={styles.role}>{t(`role.${survey.role}`)}</span>
        <time className={styles.when} dateTime={new Date(survey.at).toISOString()}>
          {when(survey.at, nowMs, i18n.language)}
        </time>
      </Link>
    </li>
  );
}
