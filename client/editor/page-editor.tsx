import { EditorContent } from "@tiptap/react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { keyWords } from "../ui/key-words.ts";
import type { Places } from "./addresses.ts";
import type { BlockName } from "./block-choices.ts";
import { BlockTools } from "./block-tools.tsx";
import styles from "./editor.module.css";
import { openEditor, type Connection, type Opened } from "./open-editor.ts";
import type { PageText } from "./page-text.ts";
import { TableMenu } from "./table/table-menu.tsx";
import { Toolbar } from "./toolbar.tsx";
import { KindMenu } from "./views/kind-menu.tsx";
import { useSay } from "./views/use-say.ts";

type Props = Places & {
  connection: Connection;
  editable: boolean;
  /** Gives a picture to the survey; answers the id of its file. */
  addPicture: (file: File) => Promise<string>;
  onRefused: (error: unknown) => void;
  onReady: (text: PageText | null) => void;
  placeholder: string;
};

/** The page itself: the text that people write together, bound to its document while this stands. */
export function PageEditor(props: Props) {
  const { connection, editable, onReady } = props;
  const { t } = useTranslation("editor");
  const say = useSay();
  const words = {
    text: t("text"),
    followLink: t("followLink", { keys: keyWords("Mod-click") }),
    nameOf: (name: BlockName) => t(name),
  };
  const [opened, setOpened] = useState<Opened | null>(null);

  useEffect(() => {
    const made = openEditor(props, words, say);
    setOpened(made);
    onReady(made.text);
    return () => {
      onReady(null);
      made.close();
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- opened once for its connection; the rest is told below
  }, [connection]);

  useEffect(() => opened?.editor.setEditable(editable, false), [opened, editable]);

  return (
    <div className={styles.text}>
      <EditorContent editor={opened?.editor ?? null} />
      {opened && editable && <Toolbar editor={opened.editor} linking={opened.linking} hands={opened.hands} />}
      {opened && editable && <BlockTools editor={opened.editor} hands={opened.hands} />}
      {opened && editable && <TableMenu editor={opened.editor} />}
      {opened && editable && <KindMenu asked={opened.asked} />}
    </div>
  );
}
