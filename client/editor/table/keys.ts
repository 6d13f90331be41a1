import { Extension, type Editor } from "@tiptap/core";
import type { Node, ResolvedPos } from "@tiptap/pm/model";
import {
  Plugin,
  Selection,
  TextSelection,
  type Command,
  type EditorState,
  type Transaction,
} from "@tiptap/pm/state";
import { CellSelection, tableEditing } from "@tiptap/pm/tables";
import { moveColumns, moveRows, moveRowsToHead } from "./commands.ts";
import { cellAround } from "./grid.ts";
import { cellBelow, isAtCellEdge, leaveTable, nextCell, selectCell } from "./moves.ts";
import { copiedCells, pasteCells } from "./paste-cells.ts";

type Options = {
  history: { cut: () => void };
  /** Whether Tab is meant for the screen. */
  leaving: { isWanted: () => boolean };
};

/** What the keyboard and the pointer do in tables. Elsewhere these keys are others'. */
export const TableKeys = Extension.create<Options>({
  name: "tableKeys",
  priority: 400,

  addKeyboardShortcuts() {
    const { history, leaving } = this.options;
    const run = (command: Command) => () => runOn(this.editor, command);
    const structural = (command: Command) => () =>
      runOn(this.editor, (state, dispatch, view) =>
        command(
          state,
          (transaction) => {
            history.cut();
            dispatch?.(transaction);
          },
          view,
        ),
      );
    const stay = (side: -1 | 1) => run(isAtCellEdge(side));
    return {
      Tab: () => !leaving.isWanted() && structural(nextCell(1))(),
      "Shift-Tab": () => !leaving.isWanted() && run(nextCell(-1))(),
      Enter: structural(cellBelow),
      "Mod-a": run(selectCell),
      ArrowUp: run(leaveTable(-1)),
      ArrowDown: run(leaveTable(1)),
      "Alt-Shift-ArrowUp": structural(moveRowsToHead),
      "Alt-Shift-ArrowDown": structural(moveRows(1)),
      "Alt-Shift-ArrowLeft": structural(moveColumns(-1)),
      "Alt-Shift-ArrowRight": structural(moveColumns(1)),
      Backspace: stay(-1),
      "Mod-Backspace": stay(-1),
      "Alt-Backspace": stay(-1),
      Delete: stay(1),
      "Mod-Delete": stay(1),
      "Alt-Delete": stay(1),
    };
  },

  addProseMirrorPlugins: () => [cellEditing()],
});

const runOn = ({ state, view }: Editor, command: Command): boolean => command(state, view.dispatch, view);

/**
 * Selecting, copying and pasting of cells, as prosemirror-tables has it, without its search for tables to mend:
 * ours are mended where they change (binding/table-canonical.ts), and it looks at every block for every key.
 */
function cellEditing(): Plugin {
  const { spec } = tableEditing({ allowTableNodeSelection: true });
  return new Plugin({
    ...spec,
    props: {
      ...spec.props,
      handleTextInput: typesRule,
      transformCopied: copiedCells,
      handlePaste: ({ editable, state, dispatch }, _event, slice) =>
        editable && pasteCells(slice)(state, dispatch),
    },
    appendTransaction: (_applied, _before, state) => asCells(state),
  });
}

/**
 * Text selected from one cell into another is these cells, selected; from a cell to outside of the table it is all of
 * the table. So what is done to a selection never takes words from a cell into the lines around, or the other way.
 */
export function asCells({ selection, doc, tr }: EditorState): Transaction | null {
  if (!(selection instanceof TextSelection) || selection.$anchor.sameParent(selection.$head)) return null;
  const { $from, $to, anchor } = selection;
  const [first, last] = [cellAround($from), cellAround($to)];
  if (first && last && first.before(-1) === last.before(-1)) {
    const [from, to] = anchor === selection.from ? [first, last] : [last, first];
    return tr.setSelection(CellSelection.create(doc, from.pos, to.pos));
  }
  if (!first && !last) return null;
  const start = first ? outside(doc, first, -1) : $from;
  const end = last ? outside(doc, last, 1) : $to;
  if (!start || !end || start.pos > end.pos)
    return tr.setSelection(TextSelection.create(doc, selection.head));
  const [from, to] = anchor === selection.from ? [start, end] : [end, start];
  return tr.setSelection(TextSelection.between(from, to));
}

/** The nearest place for a caret outside a cell's table, first on this side of it, then on the other. */
function outside(doc: Node, cell: ResolvedPos, side: -1 | 1): ResolvedPos | null {
  const edge = (of: -1 | 1) => doc.resolve(of < 0 ? cell.before(-1) : cell.after(-1));
  const places = [side, side < 0 ? (1 as const) : (-1 as const)].map(
    (each) => Selection.findFrom(edge(each), each, true)?.$head,
  );
  return places.find((place) => place && !cellAround(place)) ?? null;
}

/** Three dashes make a rule, which a cell cannot hold: there they are three dashes. */
function typesRule(
  view: { state: EditorState; dispatch: (transaction: Transaction) => void },
  from: number,
  to: number,
  text: string,
): boolean {
  const { doc, tr } = view.state;
  const $from = doc.resolve(from);
  if ($from.parent.type.name !== "tableCell") return false;
  if (!/^(?:---|\*\*\*)$/.test($from.parent.textBetween(0, $from.parentOffset) + text)) return false;
  view.dispatch(tr.insertText(text, from, to));
  return true;
}
