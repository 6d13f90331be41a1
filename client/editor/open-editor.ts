import { Editor, Extension } from "@tiptap/core";
import { dropCursor } from "@tiptap/pm/dropcursor";
import { gapCursor } from "@tiptap/pm/gapcursor";
import type { Plugin } from "@tiptap/pm/state";
import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";
import { makeId } from "../../shared/base/ids.ts";
import type { Body } from "../../shared/body/blocks.ts";
import { Held } from "../connection/store.ts";
import { follow, linkAddress, pictureAddress, type Places } from "./addresses.ts";
import { Binding } from "./binding/binding.ts";
import { boundView } from "./binding/bound-view.ts";
import { untoldSelection } from "./binding/untold-selection.ts";
import type { BlockName } from "./block-choices.ts";
import { blankPaper } from "./blank-paper.ts";
import boxLook from "./boxes.module.css";
import caretLook from "./carets.module.css";
import { caretBehindTyped } from "./caret-behind-typed.ts";
import { choosePicture } from "./choose-picture.ts";
import { browserUndo } from "./browser-undo.ts";
import { composition } from "./composition.ts";
import styles from "./editor.module.css";
import { followLinks } from "./follow-links.ts";
import { makeHands, type Hands } from "./hands.ts";
import { highlightCode } from "./highlight-code.ts";
import { highlights } from "./highlights.ts";
import { History } from "./history.ts";
import { Keys } from "./keys.ts";
import { makeLeaving } from "./leaving.ts";
import { pageAttributes } from "./page-attributes.ts";
import { PageText } from "./page-text.ts";
import { Clipboard } from "./paste/clipboard.ts";
import pictureLook from "./pictures.module.css";
import { pictures } from "./pictures.ts";
import { placeholder } from "./placeholder.ts";
import { presenceCarets } from "./presence-carets.ts";
import { documentExtensions } from "./schema.ts";
import { Figure } from "./schema-blocks.ts";
import { Image, Link } from "./schema-inline.ts";
import sourceLook from "./source.module.css";
import { insertTable } from "./table/commands.ts";
import { TableKeys } from "./table/keys.ts";
import tableLook from "./table/table.module.css";
import { blockViews } from "./views/block-views.ts";
import type { Say } from "./views/furniture.ts";
import type { Asked } from "./views/kind-button.ts";

/** What the editor asks of the page's connection. */
export type Connection = {
  page: string;
  doc: Y.Doc;
  awareness: Awareness;
  hold: () => void;
  release: () => void;
};

type Options = Places & {
  connection: Connection;
  editable: boolean;
  addPicture: (file: File) => Promise<string>;
  onRefused: (error: unknown) => void;
  placeholder: string;
};

/** An open editor; `linking` is whether a link's address is being asked for, `asked` the box whose kind is. */
export type Opened = {
  editor: Editor;
  text: PageText;
  linking: Held<boolean>;
  asked: Held<Asked | null>;
  hands: Hands;
  close: () => void;
};

/** What the editor says outside React; `nameOf` is for kinds of blocks. */
type Words = { text: string; followLink: string; nameOf: (name: BlockName) => string };

/** Opens an editor on a page's document. What it needs of the room is fixed as long as it is open. */
export function openEditor(options: Options, words: Words, say: Say): Opened {
  const { connection, editable } = options;
  const { doc, awareness } = connection;
  const history = History.of(doc);
  const binding = new Binding(doc, {
    origin: history,
    makeId: () => makeId<string>(randomBytes),
    report: reportError,
  });
  history.seat(binding);
  const leaving = makeLeaving();
  const linking = new Held(false);
  const asked = new Held<Asked | null>(null);
  const opened: { editor: Editor | null; text: PageText | null } = { editor: null, text: null };
  const isEditable = () => opened.editor?.isEditable ?? editable;
  const go = (anchor: string) => opened.text?.goToAnchor(anchor);
  const hands = makeHands({
    view: () => editor.view,
    history,
    nameOf: words.nameOf,
    plugged: {
      table: insertTable(),
      picture: choosePicture({ binding, ...options, add: options.addPicture }),
    },
  });
  const editor: Editor = new Editor({
    editable,
    extensions: [
      ...documentExtensions.filter((extension) => !configured.includes(extension)),
      ...[Image, Figure].map((node) =>
        node.configure({ resolve: (source) => pictureAddress(source, options) }),
      ),
      Link.configure({ resolve: (address) => linkAddress(address, options), hint: words.followLink }),
      TableKeys.configure({ history, leaving }),
      Keys.configure({
        history,
        binding,
        leaving,
        choices: hands.choices,
        onLink: () => linking.set(true),
        onBlockMenu: hands.askAtCaret,
      }),
      pluginsAs("slash", 400, () => [hands.slash.plugin]),
      Clipboard.configure({ cut: () => history.cut(), makeId: newId, readMarkdown, loadWriter }),
      pluginsAs("bound", 10_000, () => [untoldSelection(), boundView(binding)]),
      pluginsAs("views", 300, () =>
        blockViews({
          say,
          asked,
          resolve: (source) => pictureAddress(source, options),
          go: (position) => opened.text?.goToPosition(position),
          peekLook: boxLook["peek"]!,
        }),
      ),
      pluginsAs("around", 0, () => [
        ...binding.plugins(),
        pageAttributes(() => ({
          role: "textbox",
          "aria-multiline": "true",
          "aria-label": words.text,
          "aria-readonly": String(!isEditable()),
          spellcheck: "true",
          class: look,
        })),
        composition(connection),
        highlights(binding, (thread) => opened.text?.clickThread(thread)),
        presenceCarets({ awareness, binding, isWriting: isEditable }),
        placeholder(options.placeholder),
        highlightCode(async () => (await import("./highlight-code-languages.ts")).colour),
        followLinks((address) => follow(address, connection.page, go, options)),
        pictures({ binding, add: options.addPicture, onRefused: options.onRefused }),
        browserUndo(history),
        blankPaper(),
        gapCursor(),
        dropCursor({ class: "drop-cursor", width: 2, color: false }),
        caretBehindTyped(),
      ]),
    ],
    // Undo is history.ts; ids and lists are binding/canonical.ts; nothing else may write on its own.
    enableCoreExtensions: { delete: false, textDirection: false },
  });
  opened.editor = editor;
  const text = (opened.text = new PageText(editor, doc, binding));
  const close = (): void => {
    text.destroy();
    editor.destroy();
  };
  return { editor, text, linking, asked, hands, close };
}

const look = [
  styles["page"],
  boxLook["boxes"],
  sourceLook["source"],
  pictureLook["pictures"],
  caretLook["carets"],
  tableLook["tables"],
].join(" ");

const configured: readonly unknown[] = [Image, Figure, Link];

function pluginsAs(name: string, priority: number, plugins: () => Plugin[]) {
  return Extension.create({ name, priority, addProseMirrorPlugins: plugins });
}

const newId = (): string => makeId<string>(randomBytes);

const randomBytes = (bytes: Uint8Array<ArrayBuffer>): Uint8Array => crypto.getRandomValues(bytes);

async function readMarkdown(source: string): Promise<Body> {
  const reader = await import("../../shared/markdown/read.ts");
  const isOurDialect = /^(?:!!!|\?\?\?\+?|===) /m.test(source);
  return reader.readMarkdown(source, { flavour: isOurDialect ? "mkdocs" : "gfm", makeId: newId });
}

async function loadWriter(): Promise<(body: Body) => string> {
  const { writeMarkdown } = await import("../../shared/markdown/write.ts");
  return (body) => writeMarkdown(body, { flavour: "gfm" });
}
