import type { Fragment, Mark, Node } from "@tiptap/pm/model";
import { isSafeAddress } from "../../../shared/body/schema.ts";

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

const tests = new Map<string, Test>([
  ...each("id cid row column", name),
  ...each("src dark href", address),
  ...each("alt title lang meta label mark set align type", text),
  ...each("checked loose open head", flag),
  ["start", number],
  ["level", (value) => [1, 2, 3, 4, 5, 6].includes(value as number)],
  ["more", plain],
  ["atom", atom],
  // Cells of tables span nothing.
  ...each("colspan rowspan", (value) => value === 1),
  ["colwidth", (value) => value === null],
]);

function each(attributes: string, test: Test): [string, Test][] {
  return attributes.split(" ").map((attribute) => [attribute, test]);
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

function hasSoundAttrs({ attrs }: Node | Mark): boolean {
  return Object.entries(attrs).every(([attribute, value]) => tests.get(attribute)?.(value) ?? false);
}
