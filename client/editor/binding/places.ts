import type { Node, ResolvedPos } from "@tiptap/pm/model";
import type * as Y from "yjs";
import {
  inCell,
  placeInCell,
  quoteInTable,
  rangeInCell,
  type Cell,
} from "../../../shared/body/cell-places.ts";
import type { Place, Quote } from "../../../shared/body/place.ts";
import type { Marker } from "../../../shared/body/segments.ts";
import type { SegmentIndex } from "../../../shared/body/segment-index.ts";
import { cellPlace, placeOfCell, relativeInTable } from "./table-places.ts";
import { blockAt, flatAt, hasMarker, isTable, positionAt } from "./tokens.ts";

/* Places of the view and places of the text: in the body's characters, and in the cells of its tables. */

type Range = { from: number; to: number };

/** The relative position of a place in the view. */
export function relativeOf(doc: Node, index: SegmentIndex, position: number): Y.RelativePosition {
  const place = doc.resolve(position);
  const flat = flatAt(doc, position);
  // At a block's end the caret belongs to the character before it: what is put behind stays behind.
  const { parent, parentOffset } = place;
  const atEnd = parent.isTextblock && parentOffset === parent.content.size;
  const table = tableAround(place);
  const marker = table && index.at(flatAt(doc, table.position))?.segment.marker;
  if (marker) {
    const inside = relativeInTable(
      marker,
      table.node,
      position - table.position,
      atEnd && parentOffset > 0 ? -1 : 0,
    );
    if (inside) return inside;
  }
  const hasLeft = flat > 0 && (hasMarker(parent) || parentOffset > 0);
  return index.relativeAt(flat, atEnd && hasLeft ? -1 : 0);
}

/** The view's place for a relative position, or null where that is not in this page. */
export function positionOf(
  page: Y.Doc,
  doc: Node,
  index: SegmentIndex,
  relative: Y.RelativePosition,
): number | null {
  const flat = index.flatOf(page, relative);
  if (flat !== null) return positionAt(doc, flat);
  const cell = inCell(page, relative);
  return cell && positionInCell(doc, index, cell, cell.offset);
}

/** The view's range for a place in a cell; null where it spans nothing there. */
export function rangeOfCell(page: Y.Doc, doc: Node, index: SegmentIndex, place: Place): Range | null {
  const range = rangeInCell(page, place);
  return range && cellRange(doc, index, range);
}

/** The view's range for a quote that stands in exactly one of the page's cells. */
export function rangeOfQuoteInCells(doc: Node, index: SegmentIndex, quote: Quote): Range | null {
  const found = index.tables().flatMap((marker) => quoteInTable(marker, quote) ?? []);
  return found.length === 1 ? cellRange(doc, index, found[0]!) : null;
}

/** The place and the quote of a range of the view within one cell; null where it is not in one. */
export function placeOfSelection(
  doc: Node,
  index: SegmentIndex,
  { from, to }: Range,
): { place: Place; quote: Quote } | null {
  const table = tableAround(doc.resolve(from));
  const marker = table && index.at(flatAt(doc, table.position))?.segment.marker;
  if (!marker) return null;
  const start = cellPlace(table.node, from - table.position);
  const end = cellPlace(table.node, to - table.position);
  if (!start || start.row !== end?.row || start.column !== end.column) return null;
  return placeInCell({ marker, ...start }, start.offset, end.offset);
}

function cellRange(
  doc: Node,
  index: SegmentIndex,
  range: Cell & { start: number; end: number },
): Range | null {
  const from = positionInCell(doc, index, range, range.start);
  const to = positionInCell(doc, index, range, range.end);
  return from !== null && to !== null && from < to ? { from, to } : null;
}

function positionInCell(doc: Node, index: SegmentIndex, cell: Cell, offset: number): number | null {
  const flat = index.offsetOf(cell.marker as Marker);
  const table = flat === null ? null : blockAt(doc, flat + 1);
  const place = table && isTable(table.node) ? placeOfCell(table.node, { ...cell, offset }) : null;
  return place === null ? null : table!.position + place;
}

function tableAround(place: ResolvedPos): { node: Node; position: number } | null {
  for (let depth = place.depth; depth > 0; depth -= 1)
    if (isTable(place.node(depth))) return { node: place.node(depth), position: place.before(depth) };
  return null;
}
