import type { Node } from "@tiptap/pm/model";
import { TextSelection, type Command, type Transaction } from "@tiptap/pm/state";
import { newLineAt } from "./enter.ts";
import { command, select, type Edit } from "./edit.ts";
import { isTitle, reachesCell } from "./where.ts";

/* New blocks that hold no words yet. */

/**
 * Puts a block where the caret's line is: before an empty line, which goes on waiting for words, else behind the
 * line and with a line to write in behind it. Answers where the block begins; null where none can stand.
 */
function putBlock(transaction: Transaction, block: Node): number | null {
  const { $to } = transaction.selection;
  if (reachesCell(transaction.selection)) return null;
  const isLine = $to.parent.isTextblock;
  const isEmpty = isLine && $to.parent.type.name === "paragraph" && $to.parent.content.size === 0;
  const place = !isLine ? $to.pos : isEmpty ? $to.before() : $to.after();
  transaction.insert(place, block);
  const behind = place + block.nodeSize;
  if (transaction.doc.nodeAt(behind)?.type.name === "paragraph") select(transaction, behind + 1);
  else newLineAt(transaction, behind);
  return place;
}

/** A rule. */
export const insertRuleEdit: Edit = (transaction) => {
  const rule = transaction.doc.type.schema.nodes["horizontalRule"]!.create();
  return putBlock(transaction, rule) !== null;
};
export const insertRule: Command = command(insertRuleEdit);

/** Source of Markdown that is kept as it is, with the caret in it. */
export const insertRaw: Command = command((transaction) => {
  const raw = transaction.doc.type.schema.nodes["rawBlock"]!.create();
  const place = putBlock(transaction, raw);
  return place !== null && select(transaction, place + 1);
});

/** What is said about the page, at its head, with the caret in it; where that is there already, the caret goes there. */
export const insertProperties: Command = command((transaction) => {
  const { doc } = transaction;
  const { nodes, text } = {
    nodes: doc.type.schema.nodes,
    text: (words: string) => doc.type.schema.text(words),
  };
  const head = doc.firstChild;
  if (head?.type.name === "properties") return select(transaction, head.nodeSize - 1);
  const properties = nodes["properties"]!.create(null, text("description: "));
  transaction.insert(0, properties);
  return select(transaction, properties.nodeSize - 1);
});

/** A line of text behind the block of the caret: out of code, out of a caption, without splitting anything. */
export const lineBehind: Command = command((transaction) => {
  const { $to } = transaction.selection;
  if (!(transaction.selection instanceof TextSelection) || reachesCell(transaction.selection)) return false;
  return !isTitle($to.parent) && newLineAt(transaction, $to.after());
});
