import type { Fragment, Mark, Node } from "@tiptap/pm/model";
import { isSafeAddress } from "../../../shared/body/schema.ts";
import { isShown } from "../binding/nodes.ts";

/*
 * Whether nodes that came through the clipboard are such as this editor makes: anybody can write there what claims to
 * be a page's.
 */

type Test = (value: unknown) => boolean;
const text: Test = (value) => value === null || typeof value === "string";
const flag: Test = (value) => value === null || typeof value === "boolean";
const number: Test = (value) => value === null || (Number.isSafeInteger(value) && (value as number) >= 0);
const name: Test = (value) => value === null || (typeof value === "string" && /^[\w-]{1,64}$/.test(value));
const address: Test = (value) => value === null || (typeof value === "string" && isSafeAddress(value));
const plain: Test = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const atom: Test = (value) => {
  if (!plain(value)) return false;
  const { type, src, to } = value as { type?: unknown; src?: unknown; to?: unknown };
  return typeof type === "string" && address(src ?? null) && name(to ?? null);
};

const addresses: readonly string[] = ["src", "dark", "href"];

/** What markers and records say of themselves, what groups show, and what a table is made of. */
const reserved: ReadonlySet<string> = new Set(
  "type id kind in born list mark set rows columns cells".split(" "),
);

const tests = new Map<string, Test>([
  ...each(["id", "cid", "row", "column"], name),
  ...each(addresses, address),
  ...each(["alt", "title", "lang", "meta", "label", "mark", "set", "align", "type"], text),
  ...each(["checked", "loose", "open", "head"], flag),
  ["start", number],
  ["level", (value) => [1, 2, 3, 4, 5, 6].includes(value as number)],
  ["atom", atom],
  // Cells of tables span nothing.
  ...each(["colspan", "rowspan"], (value) => value === 1),
  ["colwidth", (value) => value === null],
]);

function each(attributes: readonly string[], test: Test): [string, Test][] {
  return attributes.map((attribute) => [attribute, test]);
}

/** Whether all of this, however deep, has attributes that this editor could have given it. */
export function isSound(content: Fragment): boolean {
  let sound = true;
  content.descendants((node) => {
    sound &&= hasSoundAttrs(node) && node.marks.every(hasSoundAttrs);
    return sound;
  });
  return sound;
}

function hasSoundAttrs({ type, attrs: { more = {}, ...attrs } }: Node | Mark): boolean {
  const isSoundAttr = ([attribute, value]: [string, unknown]) => tests.get(attribute)?.(value) ?? false;
  return Object.entries(attrs).every(isSoundAttr) && isSoundMore(more, type.name);
}

/**
 * What a node does not show goes through it unseen, and nobody looks at it again: so nothing that it does show, that
 * the group around it does, or that markers and records say of themselves; and no address that may not be made live.
 */
function isSoundMore(more: unknown, node: string): boolean {
  if (!plain(more)) return false;
  return Object.entries(more as object).every(([attribute, value]) => {
    if (reserved.has(attribute) || isShown(node, attribute)) return false;
    return !addresses.includes(attribute) || address(value);
  });
}
