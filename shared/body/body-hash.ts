import type { Body } from "./blocks.ts";
import { schemaVersion } from "./schema.ts";

/** Raised when the same body gets another hash than before. */
const hashVersion = 1;

/**
 * What a body shows, in a few characters: equal for equal bodies, and for others but for once in some billions. To
 * notice that two copies differ which should not, not to guard against anybody. Begins with who reads and hashes;
 * what another version says of a body cannot be compared (`isComparable`).
 */
export function hashOfBody({ blocks, containers }: Body): string {
  const inOrder = [...containers.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const said = JSON.stringify([blocks, inOrder], sorted);
  return `${schemaVersion}.${hashVersion}:${hash32(said, 0x811c9dc5)}${hash32(said, 0x5bd1e995)}`;
}

/** Whether two hashes were made in the same way. */
export const isComparable = (a: string, b: string): boolean => a.split(":")[0] === b.split(":")[0];

/** Keys have no order of their own. */
function sorted(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** FNV-1a over a text's units, from this start. */
function hash32(text: string, start: number): string {
  let hash = start;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36).padStart(7, "0");
}
