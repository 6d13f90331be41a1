import { fromBase64, toBase64 } from "lib0/buffer";
import * as Y from "yjs";
import type { ColumnId, RowId } from "../base/ids.ts";
import type { Value } from "./blocks.ts";
import { findQuote, flatText, quoteAt } from "./anchors.ts";
import type { Place, Quote } from "./place.ts";
import { cellTexts, textsByCell } from "./table-cells.ts";
import { nested } from "./table-parts.ts";

/*
 * Places in the cells of tables: relative positions into a cell's text. They follow their characters through
 * everything that is done to the table, and the lines around them may move or be drawn anew.
 */

/** A cell, by the marker of its table and the lines that cross in it. */
export type Cell = { readonly marker: Y.Map<Value>; readonly row: RowId; readonly column: ColumnId };

/** The characters of a cell as one string, as `flatText` has those of the body. */
const cellText = ({ marker, row, column }: Cell): string =>
  cellTexts(marker, row, column).map(flatText).join("");

/** The relative position at an offset in a cell; null where nobody has written in the cell, and it has no text yet. */
export function relativeInCell(cell: Cell, offset: number, assoc: 0 | -1): Y.RelativePosition | null {
  const texts = cellTexts(cell.marker, cell.row, cell.column);
  let rest = offset;
  for (const [n, text] of texts.entries()) {
    // Between two texts, a place belongs to the one that its character is in.
    const isIn = assoc === 0 ? rest < text.length : rest <= text.length;
    if (isIn || n === texts.length - 1)
      return Y.createRelativePositionFromTypeIndex(text, Math.min(rest, text.length), assoc);
    rest -= text.length;
  }
  return null;
}

/** Where a relative position stands now, if that is in a cell of a table that is there. */
export function inCell(doc: Y.Doc, relative: Y.RelativePosition): (Cell & { offset: number }) | null {
  const absolute = Y.createAbsolutePositionFromRelativePosition(relative, doc);
  const text = absolute?.type;
  const cells = text?.parent;
  const marker = cells?.parent;
  if (!absolute || !(text instanceof Y.Text) || !(marker instanceof Y.Map) || isDeleted(text)) return null;
  if ((nested(marker as Y.Map<Value>, "cells") as unknown) !== cells) return null;
  for (const [key, texts] of textsByCell(marker as Y.Map<Value>)) {
    const n = texts.indexOf(text);
    if (n < 0) continue;
    const [row, column] = key.split(":") as [RowId, ColumnId];
    const before = texts.slice(0, n).reduce((sum, each) => sum + each.length, 0);
    return { marker: marker as Y.Map<Value>, row, column, offset: before + absolute.index };
  }
  return null;
}

const isDeleted = (type: Y.Text): boolean => type._item?.deleted ?? true;

/** The place and the quote of the characters from `start` up to `end` of a cell; null where it has no text. */
export function placeInCell(cell: Cell, start: number, end: number): { place: Place; quote: Quote } | null {
  const [from, to] = [relativeInCell(cell, start, 0), relativeInCell(cell, end, -1)];
  if (!from || !to) return null;
  return { place: { start: encode(from), end: encode(to) }, quote: quoteAt(cellText(cell), start, end) };
}

/** The range of one cell that a place spans now; null where it spans nothing, or is not in a cell. */
export function rangeInCell(doc: Y.Doc, place: Place): (Cell & { start: number; end: number }) | null {
  const [from, to] = [decode(doc, place.start), decode(doc, place.end)];
  if (!from || !to || from.marker !== to.marker || from.row !== to.row || from.column !== to.column)
    return null;
  const { offset: start, ...cell } = from;
  return start < to.offset ? { ...cell, start, end: to.offset } : null;
}

/** Where a quote stands in a table, told from its repetitions by its context; null unless that is one place. */
export function quoteInTable(
  marker: Y.Map<Value>,
  quote: Quote,
): (Cell & { start: number; end: number }) | null {
  const found = [...textsByCell(marker)].flatMap(([key, texts]) => {
    const range = findQuote(texts.map(flatText).join(""), quote);
    const [row, column] = key.split(":") as [RowId, ColumnId];
    return range === "quote-not-found" ? [] : [{ marker, row, column, range }];
  });
  const [one] = found;
  if (found.length !== 1 || !one || typeof one.range === "string") return null;
  const { range, ...cell } = one;
  return { ...cell, ...range };
}

const encode = (position: Y.RelativePosition): string => toBase64(Y.encodeRelativePosition(position));

function decode(doc: Y.Doc, encoded: string): (Cell & { offset: number }) | null {
  try {
    return inCell(doc, Y.decodeRelativePosition(fromBase64(encoded)));
  } catch {
    return null; // Not a position: said by another program.
  }
}
