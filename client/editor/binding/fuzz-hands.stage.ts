import type { Node, Slice } from "@tiptap/pm/model";
import { TextSelection, type EditorState, type Transaction } from "@tiptap/pm/state";
import type * as Y from "yjs";
import { noWords, nothing, wordsIn, type Licence, type Words } from "./fuzz-ledger.stage.ts";
import type { Act, Key, Where } from "./fuzz-plan.stage.ts";

/**
 * A person at a page in an editor that is to be fuzzed. `check` throws unless the editor shows exactly what its
 * document holds, if it can tell.
 */
export type Writer = {
  readonly doc: Y.Doc;
  readonly state: EditorState;
  dispatch: (transaction: Transaction) => void;
  /** Types over what is selected. */
  type: (text: string) => void;
  /** Pastes over what is selected; answers the text of cells that copied cells have taken the place of beyond that. */
  paste: (slice: Slice) => string;
  press: (command: string) => void;
  undo: () => void;
  redo: () => void;
  /** The range of the block, or item, with the selection, as commands take it that mean all of it. */
  unit: () => { start: number; end: number } | null;
  /** The text that was taken out of the document since this was asked last, if only to be put elsewhere. */
  erased: () => string;
  receive: (update: Uint8Array) => void;
  check: () => void;
};

/** What a person has copied. */
export type Clipboard = { slice: Slice; words: Words } | null;

/** The words that a writer's view shows. */
export const wordsShown = ({ state: { doc } }: Writer): Words => wordsIn(textOf(doc, 0, doc.content.size));

/** Those of them that stand in the cells of tables. */
function wordsInCells({ state: { doc } }: Writer): Words {
  const cells: string[] = [];
  doc.descendants((node) => {
    if (node.type.name === "tableCell") cells.push(node.textContent);
    return !node.isTextblock;
  });
  return wordsIn(cells.join(" "));
}

const textOf = (doc: Node, from: number, to: number): string => doc.textBetween(from, to, " ", " ");

/**
 * Does one act of a plan. Answers what it may do to the words, and the clipboard after it.
 */
export function perform(writer: Writer, act: Act, clipboard: Clipboard): [Licence, Clipboard] {
  switch (act.do) {
    case "undo":
    case "redo": {
      const cells = wordsInCells(writer);
      writer[act.do]();
      return [{ cells }, clipboard];
    }
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
      writer.type(`${act.word} `);
      return [{ puts: wordsIn(act.word), takes: words }, clipboard];
    case "press":
      return [press(writer, act.key, words), clipboard];
    case "cut":
    case "copy": {
      if (selection.empty) return [nothing, clipboard];
      if (act.do === "cut") writer.dispatch(tr.deleteSelection());
      const takes = act.do === "cut" ? words : noWords;
      return [
        { puts: noWords, takes },
        { slice: selection.content(), words },
      ];
    }
    case "paste": {
      if (!clipboard) return [nothing, clipboard];
      const replaced = wordsIn(writer.paste(clipboard.slice));
      // Of cells that were selected, both say it.
      return [{ puts: clipboard.words, takes: new Map([...words, ...replaced]) }, clipboard];
    }
  }
}

function press(writer: Writer, { name, effect }: Key, selected: Words): Licence {
  const range = writer.unit();
  const unit = range ? wordsIn(textOf(writer.state.doc, range.start, range.end)) : noWords;
  writer.press(name);
  switch (effect) {
    case "keeps":
    case "moves":
      return nothing;
    case "joins":
    case "replaces":
      return { puts: noWords, takes: selected };
    case "removes":
      return { puts: noWords, takes: unit };
    case "doubles":
      return { puts: unit, takes: noWords };
  }
}

/** Puts the caret at one of the places, or selects from there to a later one. Answers the words selected. */
function select(writer: Writer, { at, reach }: { at: number; reach: number }, where: Where): Words {
  const { doc, tr } = writer.state;
  const places = placesIn(doc, where);
  const from = places[Math.floor(at * places.length)];
  if (from !== undefined) {
    const further = reach === 0 ? [] : placesIn(doc, "anywhere").filter((place) => place > from);
    const to = further[Math.min(reach, further.length) - 1] ?? from;
    writer.dispatch(tr.setSelection(TextSelection.between(doc.resolve(from), doc.resolve(to))));
  }
  // Cells are selected as a rectangle, each a range of its own.
  const { ranges } = writer.state.selection;
  return wordsIn(ranges.map(({ $from, $to }) => textOf(writer.state.doc, $from.pos, $to.pos)).join(" "));
}

/** Where a caret cuts no word in two: at both ends of each line, and behind each space. */
function placesIn(doc: Node, where: Where): number[] {
  const places: number[] = [];
  doc.descendants((node, position) => {
    if (!node.isTextblock) return true;
    const start = position + 1;
    const end = start + node.content.size;
    if (typeof where === "object" && !standsIn(doc, start, where.in)) return false;
    if (where !== "end") places.push(start);
    if (where !== "start" && where !== "end") {
      const behind = spacesIn(node).map((space) => start + space + 1);
      places.push(...behind.filter((place) => place < end));
    }
    if (where !== "start" && (end > start || where === "end")) places.push(end);
    return false;
  });
  return places;
}

function standsIn(doc: Node, position: number, name: string): boolean {
  const $place = doc.resolve(position);
  for (let depth = $place.depth; depth > 0; depth -= 1)
    if ($place.node(depth).type.name === name) return true;
  return false;
}

function spacesIn(block: Node): number[] {
  const text = block.textBetween(0, block.content.size, null, "\uFFFC");
  return [...text.matchAll(/ /g)].map(({ index }) => index);
}
