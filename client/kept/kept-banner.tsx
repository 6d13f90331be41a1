import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod/mini";
import { makeId, type BlockId } from "../../shared/base/ids.ts";
import { putBack } from "../../shared/body/put-back.ts";
import type { PageConnection } from "../connection/page-connection.ts";
import { useStore } from "../connection/use-store.ts";
import { announce } from "../ui/announce.tsx";
import { Button } from "../ui/button.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import styles from "./kept-banner.module.css";
import { offeredTo, type Offered } from "./offered.ts";

type Props = { connection: PageConnection; mayWrite: boolean };

/** Offers a person the words that somebody deleted while they typed them, until they take them or put them aside. */
export function KeptBanner({ connection, mayWrite }: Props) {
  const { t } = useTranslation("kept");
  const source = useRef<HTMLTextAreaElement>(null);
  const { offered, settle } = useOffered(connection);
  if (!offered) return null;

  const takeBack = (): void => {
    const presence = presenceWithCaret.safeParse(connection.awareness.getLocalState());
    const caret = presence.success ? presence.data.cursor.head : null;
    putBack(connection.doc, offered.text, caret, () => makeId<BlockId>(randomBytes));
    settle(offered, "put-back");
    announce(t("isBack"));
  };
  return (
    <div className={styles.banner} role="status">
      <strong>{t("kept", { count: offered.words })}</strong>
      <q className={styles.words}>{offered.text}</q>
      <textarea
        ref={source}
        className={styles.source}
        value={offered.text}
        aria-label={t("words")}
        aria-hidden
        tabIndex={-1}
        readOnly
      />
      <CopyButton from={source} />
      {mayWrite && (
        <Button title={t("putBackHint")} onClick={takeBack}>
          {t("putBack")}
        </Button>
      )}
      <Button look="quiet" onClick={() => settle(offered, "put-aside")}>
        {t("putAside")}
      </Button>
    </div>
  );
}

function useOffered(connection: PageConnection) {
  const { state } = useStore(connection.survey);
  const me = useStore(connection.me);
  /** What was pressed for and is not answered yet: gone from the screen at once, and back where it was refused. */
  const [done, setDone] = useState<ReadonlySet<number>>(new Set());

  const settle = (offered: Offered, as: "put-back" | "put-aside"): void => {
    for (const { number } of offered.records) {
      setDone((before) => new Set(before).add(number));
      void connection.ask({ type: "words.settled", kept: number, as }).then((refusal) => {
        // Words that are in the text again are never offered a second time by this tab.
        if (refusal && as === "put-aside")
          setDone((before) => new Set([...before].filter((each) => each !== number)));
      });
    }
  };
  return { offered: offeredTo(me?.id ?? null, connection.page, state, done), settle };
}

/** Whoever has written or clicked in the text tells where. */
const presenceWithCaret = z.object({ cursor: z.object({ head: z.unknown() }) });

const randomBytes = (bytes: Uint8Array<ArrayBuffer>): Uint8Array => crypto.getRandomValues(bytes);
