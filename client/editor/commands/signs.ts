import type { ResolvedPos } from "@tiptap/pm/model";
import type { Command, EditorState, Transaction } from "@tiptap/pm/state";
import { command, type Edit } from "./edit.ts";
import { itemTo, listEdit, toggleTaskEdit, type ListName } from "./lists.ts";
import { insertRuleEdit } from "./put.ts";
import { retype } from "./retype.ts";
import { addTitleAt, collapsibleEdit, wrapBlocks } from "./wraps.ts";
import { wrapInTabsEdit } from "./tabs.ts";
import { caretOf, isAtEnd, isItem, isTitle } from "./where.ts";

/*
 * Signs that make a block as they are typed at the beginning of a line: those of Markdown, and of its dialect with
 * callouts, collapsibles and tabs. The sign goes, and the words behind it stay.
 */

type Sign = {
  /** What stands before the caret, from the line's beginning. */
  readonly sign: RegExp;
  /** Ends by Enter, too, and not by a space alone. */
  readonly byEnter?: true;
  /** Is of the whole line: nothing stands behind it. */
  readonly isLine?: true;
  readonly edit: (match: readonly string[]) => Edit;
};

const list =
  (name: ListName): Edit =>
  (transaction) =>
    !isOwnLineOfItem(transaction) && listEdit(name, transaction);

const task =
  (isDone: boolean): Edit =>
  (transaction) => {
    const isMade = isOwnLineOfItem(transaction)
      ? itemTo("taskList")(transaction)
      : listEdit("taskList", transaction);
    return isMade && (!isDone || toggleTaskEdit(transaction));
  };

const code =
  (lang: string): Edit =>
  (transaction) => {
    retype(transaction, transaction.selection.$from.before(), "codeBlock", lang ? { lang } : {});
    return true;
  };

const signs: readonly Sign[] = [
  { sign: /^(#{1,6}) $/, edit: ([, level = ""]) => heading(level.length) },
  { sign: /^[-*+] $/, edit: () => list("bulletList") },
  { sign: /^1[.)] $/, edit: () => list("orderedList") },
  { sign: /^\[([ xX]?)\] $/, edit: ([, mark = ""]) => task(/x/i.test(mark)) },
  { sign: /^> $/, edit: () => (transaction) => wrapBlocks(transaction, ["blockquote"]) !== null },
  { sign: /^```([\w+#-]*) ?$/, byEnter: true, edit: ([, lang = ""]) => code(lang) },
  { sign: /^---$/, isLine: true, edit: () => insertRuleEdit },
  { sign: /^!!! ?([a-z][\w-]*) ?$/i, byEnter: true, edit: ([, type = ""]) => callout(type.toLowerCase()) },
  {
    sign: /^\?\?\?(\+?) ?([a-z][\w-]*) ?$/i,
    byEnter: true,
    edit: ([, open = "", type = ""]) => collapsibleEdit(type.toLowerCase(), open !== ""),
  },
  { sign: /^=== $/, edit: () => wrapInTabsEdit },
];

const heading =
  (level: number): Edit =>
  (transaction) => {
    retype(transaction, transaction.selection.$from.before(), "heading", { level });
    return true;
  };

const callout =
  (type: string): Edit =>
  (transaction) =>
    wrapBlocks(transaction, ["callout"], { type }) !== null;

const isOwnLineOfItem = ({ selection: { $from } }: Transaction): boolean =>
  isItem($from.node(-1)) && $from.index(-1) === 0;

/** What typing these characters at the caret would make a sign of; null where nothing. */
function signWith(transaction: Transaction, typed: string, isEnter: boolean): Edit | null {
  const $at = caretOf(transaction);
  if (!$at || !["paragraph", "heading"].includes($at.parent.type.name)) return null;
  const before = $at.parent.textBetween(0, $at.parentOffset, null, "\uFFFC") + typed;
  for (const { sign, byEnter, isLine, edit } of signs) {
    const match = sign.exec(before);
    if (!match || (isLine && $at.parentOffset < $at.parent.content.size)) continue;
    if (isEnter ? !byEnter : !isLine && !before.endsWith(" ")) continue;
    if ($at.parent.type.name === "heading" && !before.startsWith("#")) continue;
    return edit(match);
  }
  return null;
}

/** Whether the line is a sign once these characters are typed at the caret. */
export const becomesSign = (state: EditorState, typed: string): boolean =>
  /[ -]$/.test(typed) && signWith(state.tr, typed, false) !== null;

/** Makes of the sign before the caret what it stands for. */
export const takeSign: Command = signCommand(false);
/** The same, for signs that Enter ends: three backticks, a callout, a collapsible. */
export const takeSignByEnter: Command = signCommand(true);

function signCommand(isEnter: boolean): Command {
  return command((transaction) => {
    const edit = signWith(transaction, "", isEnter);
    if (!edit) return false;
    const { $from } = transaction.selection;
    transaction.delete($from.start(), $from.pos);
    return edit(transaction);
  });
}

/** The quote mark before the caret, behind a box's sign, opens the box's title: what is typed on goes into it. */
export const openTitle: Command = command((transaction) => {
  const $at = caretOf(transaction);
  if (!$at || $at.parentOffset !== 1 || !isBehindQuote($at)) return false;
  const isFirst = $at.depth > 1 && $at.index(-1) === 0;
  const isUntitled = isFirst && $at.node(-1).type.name === "callout" && !isTitle($at.parent);
  if (!isUntitled && !isTitle($at.parent)) return false;
  transaction.delete($at.pos - 1, $at.pos);
  return !isUntitled || addTitleAt(transaction, $at.before(-1));
});

/** The quote mark before the caret ends the title that another has opened. */
export const closeTitle: Command = command((transaction) => {
  const $at = caretOf(transaction);
  if (!$at || !isTitle($at.parent) || !isAtEnd($at) || !isBehindQuote($at)) return false;
  transaction.delete($at.pos - 1, $at.pos);
  return true;
});

const isBehindQuote = ({ parent, parentOffset }: ResolvedPos): boolean =>
  parent.textBetween(parentOffset - 1, parentOffset, null, "\uFFFC") === '"';
