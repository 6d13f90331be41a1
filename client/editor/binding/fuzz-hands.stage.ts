import type { Node, Slice } from "@tiptap/pm/model";
import { TextSelection, type EditorState, type Transaction } from "@tiptap/pm/state";
import type * as Y from "yjs";
import { noWords, nothing, wordsIn, type Licence, type Words } from "./fuzz-ledger.stage.ts";
import type { Act, Key } from "./fuzz-plan.stage.ts";

/**
 * A person at a page in an editor that is to be fuzzed. `check` throws unless the editor shows exactly what its
 * document holds, if it can tell.
 */
export type Writer = {
  readonly doc: Y.Doc;
  readonly state: EditorState;
  dispatch: (transaction: Transaction) => void;
  press: (key: string) => void;
  undo: () => void;
  redo: () => void;
  receive: (update: Uint8Array) => void;
  check: () => void;
};

/** What a person has copied. */
export type Clipboard = { slice: Slice; words: Words } | null;

/** The words that a writer's view shows. */
export const wordsShown = ({ state: { doc } }: Writer): Words => wordsIn(textOf(doc, 0, doc.content.size));

const textOf = (doc: Node, from: number, to: number): string => doc.textBetween(from, to, " ", " ");

/**
 * Does one act of a plan. Answers what it may do to the words, and the clipboard after it.
 */
export function perform(writer: Writer, act: Act, clipboard: Clipboard): [Licence, Clipboard] {
  switch (act.do) {
    case "undo":
      writer.undo();
      return ["own", clipboard];
    case "redo":
      writer.redo();
      return ["own", clipboard];
    case "undo and redo":
      writer.undo();
      writer.check();
      writer.redo();
      return ["own", clipboard];
    case "leave":
      return [nothing, clipboard];
    default:
      return performAt(writer, act, clipboard);
  }
}

function performAt(
  writer: Writer,
  act: Extract<Act, { at: number }>,
  clipboard: Clipboard,
): [Licence, Clipboard] {
  const words = select(writer, act, act.do === "press" ? act.key.where : "anywhere");
  const { selection, tr } = writer.state;
  switch (act.do) {
    case "type":
      writer.dispatch(tr.insertText(`${act.word} `));
      return [{ puts: wordsIn(act.word), takes: words }, clipboard];
    case "press":
      writer.press(act.key.name);
      return [act.key.replaces ? { puts: noWords, takes: words } : nothing, clipboard];
    case "cut":
      if (!selection.empty) writer.dispatch(tr.deleteSelection());
      return [{ puts: noWords, takes: words }, clipboard];
    case "copy":
      return [nothing, selection.empty ? clipboard : { slice: selection.content(), words }];
    case "paste":
      if (clipboard) writer.dispatch(tr.replaceSelection(clipboard.slice));
      return [{ puts: clipboard?.words ?? noWords, takes: words }, clipboard];
  }
}

/** Puts the caret at one of the places, or selects from there to a later one. Answers the words selected. */
function select(writer: Writer, { at, reach }: { at: number; reach: number }, where: Key["where"]): Words {
  const { doc } = writer.state;
  const places = placesIn(doc, where);
  const first = Math.floor(at * places.length);
  const from = places[first];
  if (from === undefined) return noWords;
  const all =
    where === "anywhere" || reach === 0 ? places : placesIn(doc, "anywhere").filter((place) => place >= from);
  const to = reach === 0 ? from : all[Math.min(all.length - 1, (all === places ? first : 0) + reach)]!;
  writer.dispatch(writer.state.tr.setSelection(TextSelection.between(doc.resolve(from), doc.resolve(to))));
  const { selection } = writer.state;
  return wordsIn(textOf(doc, selection.from, selection.to));
}

/** Where a caret cuts no word in two: at both ends of each block, and behind each space. */
function placesIn(doc: Node, where: Key["where"]): number[] {
  const places: number[] = [];
  doc.descendants((node, position) => {
    if (!node.isTextblock) return true;
    const start = position + 1;
    const end = start + node.content.size;
    if (where !== "end") places.push(start);
    if (where === "anywhere")
      places.push(
        ...spacesIn(node)
          .map((space) => start + space + 1)
          .filter((at) => at < end),
      );
    if (where !== "start" && (end > start || where === "end")) places.push(end);
    return false;
  });
  return places;
}

function spacesIn(block: Node): number[] {
  const text = block.textBetween(0, block.content.size, null, "\uFFFC");
  return [...text.matchAll(/ /g)].map(({ index }) => index);
}
