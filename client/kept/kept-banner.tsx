import { useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { z } from "zod/mini";
import { makeId, type BlockId } from "../../shared/base/ids.ts";
import { putBack } from "../../shared/body/put-back.ts";
import type { Ask } from "../../shared/records/kinds.ts";
import type { PageConnection } from "../connection/page-connection.ts";
import type { Status } from "../connection/status.ts";
import { useStore } from "../connection/use-store.ts";
import { announce } from "../ui/announce.tsx";
import { Button } from "../ui/button.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import styles from "./kept-banner.module.css";
import { offeredTo } from "./offered.ts";
import { takeBack } from "./take-back.ts";

type Props = {
  connection: PageConnection;
  mayWrite: boolean;
  /** What a person takes their own edits back with: putting back is a step of its own in it. */
  history: { cut: () => void };
  /** Gives the keyboard to the text. */
  toText: () => void;
};

/** Offers a person the words that somebody deleted while they typed them, until they take them or put them aside. */
export function KeptBanner({ connection, mayWrite, history, toText }: Props) {
  const { t } = useTranslation("kept");
  const source = useRef<HTMLTextAreaElement>(null);
  const name = useId();
  const { offered, putAside, putBackBy } = useOffered(connection);
  if (!offered) return null;

  const onPutBack = (): void => {
    const caret = caretOf(connection);
    void putBackBy((words) =>
      connection.whenFree(() => {
        history.cut();
        putBack(connection.doc, words, caret, { makeId: newBlock, origin: history });
        history.cut();
        announce(t("isBack"));
      }),
    );
    toText();
  };
  return (
    <section className={styles.banner} aria-labelledby={name}>
      <strong id={name} role="status">
        {t("kept", { count: offered.words })}
      </strong>
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
        <Button title={t("putBackHint")} onClick={onPutBack}>
          {t("putBack")}
        </Button>
      )}
      <Button look="quiet" onClick={putAside}>
        {t("putAside")}
      </Button>
    </section>
  );
}

function useOffered(connection: PageConnection) {
  const { state } = useStore(connection.survey);
  const me = useStore(connection.me);
  /** What was pressed for and is not answered yet: gone from the screen at once, and back where it was refused. */
  const [done, setDone] = useState<ReadonlySet<number>>(new Set());

  const offered = offeredTo(me?.id ?? null, connection.page, state, done);
  const numbers = offered?.records.map(({ number }) => number) ?? [];
  const hide = (): void => setDone((before) => new Set([...before, ...numbers]));
  const offerAgain = (refused: readonly number[]): void =>
    setDone((before) => new Set([...before].filter((each) => !refused.includes(each))));

  const putAside = (): void => {
    hide();
    for (const kept of numbers)
      void connection.ask({ type: "words.settled", kept, as: "put-aside" }).then((refusal) => {
        if (refusal) offerAgain([kept]);
      });
  };
  const putBackBy = async (write: (words: string) => void): Promise<void> => {
    hide();
    const isThere = isConnected(connection.status.get());
    const ask = (asked: Ask) => connection.ask(asked);
    offerAgain(await takeBack(offered?.records ?? [], { isThere, ask }, write));
  };
  return { offered, putAside, putBackBy };
}

const isConnected = ({ state }: Status): boolean => state === "saved" || state === "saving";

/** Whoever has written or clicked in the text tells where. */
function caretOf({ awareness }: PageConnection): unknown {
  const presence = presenceWithCaret.safeParse(awareness.getLocalState());
  return presence.success ? presence.data.cursor.head : null;
}

const presenceWithCaret = z.object({ cursor: z.object({ head: z.unknown() }) });

const randomBytes = (bytes: Uint8Array<ArrayBuffer>): Uint8Array => crypto.getRandomValues(bytes);

const newBlock = (): BlockId => makeId<BlockId>(randomBytes);
