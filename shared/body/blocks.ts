import type { BlockId, ColumnId, ContainerId, RowId } from "../base/ids.ts";

/*
 * A page's body as plain values: the one form that storage (format.ts), the editor, Markdown and history meet
 * in. A body is a flat list of blocks; containers (a quote, a list item …) are named by the blocks that stand in
 * them, and know only the container just outside themselves. Any list of blocks is a valid body.
 */

/** Plain data, as Yjs can hold it. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };
export type Attrs = { readonly [key: string]: Value };

/**
 * What formats a run of text: a mark's name and its value, `true` where the name says it all.
 * Known: bold, italic, strike, code: true · link: {href, title?}. Others are kept and passed on.
 */
export type Marks = { readonly [mark: string]: Value };

/** A run of characters with one formatting, or one atom (counts as one character). */
export type Inline = { text: string; marks?: Marks } | { atom: Atom; marks?: Marks };

/**
 * Known: {type: "break"} a hard line break · {type: "image", src, alt, title?} · {type: "footnote", to} (refers to
 * the footnote container with this id) · {type: "html", source} · {type: "raw", source} (inline Markdown that is not
 * understood). Others are kept.
 */
export type Atom = { readonly type: string } & Attrs;

/**
 * Known types and their attributes:
 * paragraph {tight?} · heading {level: 1–6} · code {lang?, meta?, tight?} (no marks, newlines are characters; tight:
 * true where no blank line of the source parts text from the code before it, or code from the text) ·
 * title (of the callout, collapsible or tab that it stands first in; elsewhere a line of its own) ·
 * figure {src, alt?, dark?: the picture for dark screens} (its text is the caption) ·
 * table (holds no text of its own: `table`) · properties (of the page: YAML; its text is the source) ·
 * raw {} (Markdown source that is not understood; its text is the source, shown and exported as it is) ·
 * rule (a thematic break: holds no text).
 */
export type Block = {
  /** Null: text before the first marker of a page, drawn as a paragraph of its own and never written. */
  readonly id: BlockId | null;
  readonly type: string;
  readonly attrs: Attrs;
  /** The container just outside this block, or null at the top. */
  readonly in: ContainerId | null;
  readonly content: readonly Inline[];
  /** What a block of type `table` holds. */
  readonly table?: Table;
};

/** Rows and columns with content where they cross. The first row is the head. */
export type Table = { readonly columns: readonly Column[]; readonly rows: readonly Row[] };
export type Column = { readonly id: ColumnId; readonly align: Align | null };
export type Align = "left" | "center" | "right";
/** As many cells as the table has columns, in their order. */
export type Row = { readonly id: RowId; readonly cells: readonly (readonly Inline[])[] };

/**
 * Known kinds and their attributes:
 * quote · item {list: "bullet" | "ordered" | "task", checked? (true: a task that is done), start? (number: of an
 * ordered list's first item), mark? (the delimiter in the source: - * + . )), loose? (true: a blank line after it,
 * or between its blocks)} · callout {type: a word, as "note", classes? (more words behind it)} · collapsible
 * {type, classes?, open? (true: shown open at first)} · tab {set? (tells neighbouring sets of tabs apart), open?} · footnote {label: as in the source}.
 * Lists and sets of tabs are not stored: neighbouring items of one parent with equal `list` and `mark` are one list,
 * neighbouring tabs of one parent with equal `set` are one set.
 */
export type Container = {
  readonly id: ContainerId;
  readonly kind: string;
  readonly attrs: Attrs;
  readonly in: ContainerId | null;
};

export type Body = {
  readonly blocks: readonly Block[];
  readonly containers: ReadonlyMap<ContainerId, Container>;
};
