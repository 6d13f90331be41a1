import * as Y from "yjs";
import type { Value } from "./blocks.ts";

/*
 * The three maps in a table's marker. A marker's values are plain but for these: here is the one place that looks
 * past its type.
 */
export type Part = "rows" | "columns" | "cells";

/** A part of a table; null where there is none, or something else. */
export function nested(marker: Y.Map<Value>, part: Part): Y.Map<unknown> | null {
  const map: unknown = marker.get(part);
  return map instanceof Y.Map ? map : null;
}

/** A new part, in the marker. */
export function nest(marker: Y.Map<Value>, part: Part): Y.Map<unknown> {
  const map = new Y.Map<unknown>();
  (marker as unknown as Y.Map<unknown>).set(part, map);
  return map;
}
