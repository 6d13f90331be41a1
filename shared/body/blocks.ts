import type { BlockId, ContainerId } from "../base/ids.ts";

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
 * Known: {type: "break"} a hard line break · {type: "image", src, alt, title?} · {type: "html", source} ·
 * {type: "raw", source} (inline Markdown that is not understood: `[^1]`, a task's box). Others are kept.
 */
export type Atom = { readonly type: string } & Attrs;

/**
 * Known types and their attributes:
 * paragraph · heading {level: 1–6} · code {lang?, meta?} (no marks, newlines are characters) ·
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
};

/**
 * Known kinds and their attributes:
 * quote · item {list: "bullet" | "ordered", start? (number: of an ordered list's first item), mark? (the
 * delimiter in the source: - * + . )), loose? (true: a blank line after it, or between its blocks)}.
 * Lists are not stored: neighbouring items of one parent with equal `list` and `mark` are one list.
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
