import { Fragment, Slice } from "@tiptap/pm/model";
import type { Transaction } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import type { Body } from "../../../shared/body/blocks.ts";
import { isSafeAddress } from "../../../shared/body/schema.ts";
import { drawBody } from "../binding/draw.ts";
import { isInCell } from "../binding/read-nodes.ts";
import { asBlocks, asLine, put } from "./fit.ts";
import { follow, letGo, whereIs } from "./followed.ts";

export type TextOptions = {
  /** The next edit can be undone by itself. */
  cut: () => void;
  /** Reads Markdown into a body; resolves a little later, for the reader is fetched when it is first needed. */
  readMarkdown: (source: string) => Promise<Body>;
};

/**
 * Pastes plain text that is more than it looks: an address becomes a link, of the selected words if there are any;
 * Markdown becomes what it says. False where it is only text.
 */
export function pasteText(view: EditorView, text: string, options: TextOptions): boolean {
  if (isAddress(text.trim())) return pasteAddress(view, text.trim());
  if (!looksLikeMarkdown(text)) return false;
  void pasteMarkdown(view, text, options);
  return true;
}

/**
 * The text goes in as it is, and then becomes what it says, wherever it is by then: who meant the signs themselves
 * takes the second step back. Where somebody has written in it meanwhile, it stays as it is.
 */
async function pasteMarkdown(
  view: EditorView,
  text: string,
  { cut, readMarkdown }: TextOptions,
): Promise<void> {
  cut();
  const begin = view.state.selection.from;
  const typing = view.state.tr.replaceSelection(plainSlice(view, text));
  const from = typing.mapping.map(begin, -1);
  const to = typing.selection.to;
  const typed = typing.doc.textBetween(from, to, "\n");
  const name = {};
  view.dispatch(follow(typing, name, { from, to }).setMeta("paste", true).scrollIntoView());
  cut();
  const body = await readMarkdown(text).catch(() => null);
  if (view.isDestroyed) return;
  const range = whereIs(view.state, name);
  const isTyped = range !== null && view.state.doc.textBetween(range.from, range.to, "\n") === typed;
  const isRead = isTyped && body !== null && body.blocks.length > 0;
  const change = isRead ? become(view, body, text, range.from, range.to).scrollIntoView() : view.state.tr;
  view.dispatch(letGo(change, name));
  cut();
}

/** Replaces what was typed at these positions by what it says. */
function become(view: EditorView, body: Body, source: string, from: number, to: number): Transaction {
  const { tr, schema } = view.state;
  return put(tr, from, to, asBlocks(spaced(drawBody(schema, body).content, source)));
}

/** One line keeps the spaces around it: it goes into another. */
function spaced(content: Fragment, source: string): Fragment {
  const only = content.childCount === 1 ? content.firstChild! : null;
  if (only?.type.name !== "paragraph") return content;
  const [, before = "", after = ""] = /^( *)[^]*?( *)$/.exec(source) ?? [];
  const spaces = (text: string) => (text ? Fragment.from(only.type.schema.text(text)) : Fragment.empty);
  return Fragment.from(only.copy(spaces(before).append(only.content).append(spaces(after))));
}

/** Text as it would be typed: its lines as paragraphs. */
function plainSlice({ state }: EditorView, text: string): Slice {
  const { schema, selection } = state;
  const marks = selection.$from.marks();
  const lines = text.split(/(?:\r\n?|\n)+/).map((line) => line.replaceAll("\ufffc", ""));
  const paragraphs = lines.map((line) =>
    schema.node("paragraph", null, line ? schema.text(line, marks) : []),
  );
  const slice = new Slice(Fragment.fromArray(paragraphs), 1, 1);
  return isInCell(selection.$from) ? asLine(slice) : slice;
}

/** Whether text has what only Markdown has: a line that begins as one of its blocks, or a link or strong words. */
export function looksLikeMarkdown(text: string): boolean {
  const hasBlock =
    /^(?: {0,3})(?:#{1,6} \S|[-*+] \S|\d{1,9}[.)] \S|> ?\S|```|~~~|(?:!!!|\?\?\?\+?|===) |\[\^[^\]\s]+\]: |\|.*\|\s*$)/m.test(
      text,
    );
  const hasInline = /\[[^\]\n]+\]\([^)\s]+\)|\*\*[^*\n]+\*\*|`[^`\n]+`|\[\^[\w-]+\]|~~[^~\n]+~~/.test(text);
  return hasBlock || hasInline;
}

const isAddress = (text: string): boolean => /^https?:\/\/\S+$/.test(text) && isSafeAddress(text);

function pasteAddress(view: EditorView, href: string): boolean {
  const { state } = view;
  const link = state.schema.marks["link"]!.create({ href });
  const { from, to, empty } = state.selection;
  view.dispatch(
    empty
      ? state.tr.replaceSelectionWith(state.schema.text(href, [link]), false)
      : state.tr.addMark(from, to, link),
  );
  return true;
}
