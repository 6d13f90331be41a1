import { Editor, Extension } from "@tiptap/core";
import { dropCursor } from "@tiptap/pm/dropcursor";
import { gapCursor } from "@tiptap/pm/gapcursor";
import { EditorContent } from "@tiptap/react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";
import { makeId } from "../../shared/base/ids.ts";
import { Binding } from "./binding/binding.ts";
import { boundView } from "./binding/bound-view.ts";
import { composition } from "./composition.ts";
import styles from "./editor.module.css";
import { followLinks } from "./follow-links.ts";
import { highlights } from "./highlights.ts";
import { History } from "./history.ts";
import { Keys } from "./keys.ts";
import { PageText } from "./page-text.ts";
import { placeholder } from "./placeholder.ts";
import { presenceCarets } from "./presence-carets.ts";
import { documentExtensions, Image, Link } from "./schema.ts";
import { Toolbar } from "./toolbar.tsx";

/** What the editor asks of the page's connection. */
type Connection = { doc: Y.Doc; awareness: Awareness; hold: () => void; release: () => void };

type Props = {
  connection: Connection;
  editable: boolean;
  /** The address at which a picture of the survey is to be had. */
  resolveAsset: (asset: string) => string;
  /** The address of a page of the survey, perhaps of a heading in it; and how to go there. */
  resolvePage: (page: string, anchor: string) => string;
  goToPage: (page: string, anchor: string) => void;
  onReady: (text: PageText | null) => void;
  placeholder: string;
};

/** The page itself: the text that people write together, bound to its document while this stands. */
export function PageEditor(props: Props) {
  const { connection, editable, onReady } = props;
  const { t } = useTranslation("editor");
  const words = { text: t("text"), followLink: t("followLink") };
  const [editor, setEditor] = useState<Editor | null>(null);

  useEffect(() => {
    const opened = open(props, words);
    setEditor(opened.editor);
    onReady(opened.text);
    return () => {
      onReady(null);
      opened.close();
    };
    // A page is opened once for its connection; what else changes is told to the open editor below.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [connection]);

  useEffect(() => editor?.setEditable(editable, false), [editor, editable]);

  return (
    <div className={styles.text}>
      <EditorContent editor={editor} />
      {editor && editable && <Toolbar editor={editor} />}
    </div>
  );
}

function open(props: Props, words: { text: string; followLink: string }) {
  const { connection, editable } = props;
  const { doc, awareness } = connection;
  const report = (error: unknown): void => reportError(error);
  const binding = new Binding(doc, { makeId: () => makeId<string>(randomBytes), report });
  const history = new History(doc, binding);
  const state: { text: PageText | null } = { text: null };
  const editor: Editor = new Editor({
    editable,
    extensions: [
      ...documentExtensions.filter((extension) => extension !== Image && extension !== Link),
      Image.configure({ resolve: (source) => pictureAddress(source, props.resolveAsset) }),
      Link.configure({ resolve: (address) => linkAddress(address, props), hint: words.followLink }),
      Keys.configure({ history, binding }),
      pluginsAs("bound", 10_000, () => [boundView(binding)]),
      pluginsAs("around", 0, () => [
        ...binding.plugins(),
        composition(connection),
        highlights(doc, (thread) => state.text?.clickThread(thread)),
        presenceCarets({ awareness, binding, isWriting: () => editor.isEditable }),
        placeholder(props.placeholder),
        followLinks((address) => goTo(address, state.text, props)),
        gapCursor(),
        dropCursor({ class: "drop-cursor", width: 2, color: false }),
      ]),
    ],
    // Undo is history.ts; ids and lists are binding/canonical.ts; nothing else may write on its own.
    enableCoreExtensions: { delete: false, textDirection: false },
    editorProps: {
      attributes: {
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": words.text,
        spellcheck: "true",
        class: styles["page"]!,
      },
    },
  });
  const text = new PageText(editor, doc);
  state.text = text;
  const close = (): void => {
    text.destroy();
    editor.destroy();
    history.destroy();
  };
  return { editor, text, close };
}

function pluginsAs(name: string, priority: number, plugins: () => ReturnType<typeof gapCursor>[]) {
  return Extension.create({ name, priority, addProseMirrorPlugins: plugins });
}

const randomBytes = (bytes: Uint8Array<ArrayBuffer>): Uint8Array => crypto.getRandomValues(bytes);

/** A picture of the survey is shown; one from elsewhere would tell its server who reads here, so it is not. */
function pictureAddress(source: string, resolveAsset: (asset: string) => string): string | null {
  const asset = /^asset:([\w-]+)/.exec(source)?.[1];
  return asset === undefined ? null : resolveAsset(asset);
}

/** Where a link leads in this browser: a page of the survey has an address of its own. */
function linkAddress(address: string, { resolvePage }: Pick<Props, "resolvePage">): string {
  const page = pageIn(address);
  return page ? resolvePage(page.id, page.anchor) : address;
}

/** Follows a link within the survey; false where it leads elsewhere. */
function goTo(address: string, text: PageText | null, { goToPage }: Pick<Props, "goToPage">): boolean {
  const page = pageIn(address);
  if (page) goToPage(page.id, page.anchor);
  else if (address.startsWith("#")) text?.goToAnchor(address.slice(1));
  else return false;
  return true;
}

function pageIn(address: string): { id: string; anchor: string } | null {
  const [, id, anchor = ""] = /^page:([\w-]+)(?:#(.*))?$/.exec(address) ?? [];
  return id === undefined ? null : { id, anchor };
}
