import { Fragment, Slice, type Schema } from "@tiptap/pm/model";
import { Plugin } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import type { Body } from "../../shared/body/blocks.ts";
import { isSafeAddress } from "../../shared/body/schema.ts";
import type { Binding } from "./binding/binding.ts";
import { drawBody } from "./binding/draw.ts";
import { flatAt } from "./binding/tokens.ts";

type Options = {
  binding: Binding;
  /** Reads Markdown into a body; resolves a little later, for the reader is fetched when it is first needed. */
  readMarkdown: (source: string) => Promise<Body>;
};

/**
 * Pasted plain text that is more than it looks: an address becomes a link, of the selected words if there are any;
 * Markdown becomes what it says. With Shift held, and in code, text is pasted as it is.
 */
export function pasteText({ binding, readMarkdown }: Options): Plugin {
  return new Plugin({
    props: {
      handlePaste: (view, event) => {
        const data = event.clipboardData;
        const text = data?.getData("text/plain") ?? "";
        if (!view.editable || data?.types.includes("text/html") || isInCode(view) || isShiftHeld(view))
          return false;
        if (isAddress(text.trim())) return pasteAddress(view, text.trim());
        if (!looksLikeMarkdown(text)) return false;
        void insert(view, binding, readMarkdown(text), text);
        return true;
      },
    },
  });
}

/** Puts what was read where the selection was, wherever that is by then; text that cannot be read goes in as it is. */
async function insert(
  view: EditorView,
  binding: Binding,
  reading: Promise<Body>,
  text: string,
): Promise<void> {
  const { doc, schema, selection } = view.state;
  const places = [selection.from, selection.to].map((at) => binding.index.relativeAt(flatAt(doc, at), 0));
  const slice = await reading.then(
    (body) => sliceOf(schema, body, text),
    () => new Slice(Fragment.from(schema.text(text)), 0, 0),
  );
  if (view.isDestroyed) return;
  const { state } = view;
  const [from, to] = places.map((place) => binding.position(state.doc, place) ?? state.selection.to);
  view.dispatch(state.tr.replaceRange(from!, Math.max(from!, to!), slice).scrollIntoView());
}

/** Whether text has what only Markdown has: a line that begins as one of its blocks, or a link or strong words. */
export function looksLikeMarkdown(text: string): boolean {
  const hasBlock =
    /^(?: {0,3})(?:#{1,6} \S|[-*+] \S|\d{1,9}[.)] \S|> ?\S|```|~~~|(?:!!!|\?\?\?\+?|===) )/m.test(text);
  const hasInline = /\[[^\]\n]+\]\([^)\s]+\)|\*\*[^*\n]+\*\*|`[^`\n]+`/.test(text);
  return hasBlock || hasInline;
}

const isAddress = (text: string): boolean => /^https?:\/\/\S+$/.test(text) && isSafeAddress(text);

const isInCode = ({ state }: EditorView): boolean => state.selection.$from.parent.type.spec.code === true;

/** ProseMirror remembers it for its own pasting; there is no other way to know in a paste event. */
const isShiftHeld = (view: EditorView): boolean =>
  (view as EditorView & { input?: { shiftKey?: boolean } }).input?.shiftKey === true;

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

/** One line goes into the line it is pasted in, with the spaces around it; blocks go between blocks. */
function sliceOf(schema: Schema, body: Body, source: string): Slice {
  const { content } = drawBody(schema, body);
  const only = content.childCount === 1 ? content.firstChild : null;
  if (only?.type.name !== "paragraph") return new Slice(content, 0, 0);
  const [, before = "", after = ""] = /^( *)[^]*?( *)$/.exec(source) ?? [];
  const spaces = (text: string) => (text ? [schema.text(text)] : []);
  return new Slice(Fragment.fromArray([...spaces(before), ...only.content.content, ...spaces(after)]), 0, 0);
}
