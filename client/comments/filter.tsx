import styles from "./filter.module.css";
import { filters } from "./threads.ts";
import type { Discussion } from "./use-discussion.ts";
import { useWords } from "./words.ts";

/** Which threads are shown, with how many there are of each. */
export function FilterChoice({ discussion }: { discussion: Discussion }) {
  const { t } = useWords();
  const { filter, setFilter, counts } = discussion;
  const count = { open: counts.open, resolved: counts.all - counts.open };
  return (
    <div role="group" aria-label={t("filter")} className={styles.filter}>
      {filters.map((each) => (
        <button
          key={each}
          type="button"
          className={styles.choice}
          aria-pressed={filter === each}
          onClick={() => setFilter(each)}
        >
          {t(each)} <span className={styles.count}>{count[each]}</span>
        </button>
      ))}
    </div>
  );
}
