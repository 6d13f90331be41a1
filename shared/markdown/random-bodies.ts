import * as fc from "fast-check";
import { blockId, containerId, type ContainerId } from "../base/ids.ts";
import type { Attrs, Block, Body, Container, Inline } from "../body/blocks.ts";
import type { Flavour } from "./flavour.ts";
import { pushText, withMarks } from "./phrases.ts";

/*
 * Bodies of everything that Markdown understands, for tests: sketches without ids, and what makes bodies of them.
 */

export type Sketch =
  | { type: string; attrs: Attrs; content: readonly Inline[] }
  | { kind: "quote"; children: readonly Sketch[] }
  | { kind: "list"; attrs: Attrs; start: number; items: readonly (readonly Sketch[])[] };

/** A body with ids of its own for what is sketched. */
export function bodyOf(sketches: readonly Sketch[]): Body {
  const blocks: Block[] = [];
  const containers = new Map<ContainerId, Container>();
  let made = 0;
  const container = (kind: string, attrs: Attrs, inside: ContainerId | null): ContainerId => {
    const id = containerId.parse(`c${(made += 1)}`);
    containers.set(id, { id, kind, attrs, in: inside });
    return id;
  };
  const add = (sketch: Sketch, inside: ContainerId | null): void => {
    if ("type" in sketch) blocks.push({ ...sketch, id: blockId.parse(`b${(made += 1)}`), in: inside });
    else if (sketch.kind === "quote") {
      const id = container("quote", {}, inside);
      for (const child of sketch.children) add(child, id);
    } else
      sketch.items.forEach((children, index) => {
        const start = index === 0 && sketch.attrs["list"] === "ordered" ? { start: sketch.start } : {};
        const id = container("item", { ...sketch.attrs, ...start }, inside);
        for (const child of children) add(child, id);
      });
  };
  for (const sketch of sketches) add(sketch, null);
  return { blocks, containers };
}

const letters = "abc de.,:;!?*_~`[]()<>&#|\\\"'=+-1{}^$%@/é漢😀".split(/(?:)/u);
const words = fc
  .string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 8 })
  .map((text) => text.replaceAll(/\s+/g, " "));
const address = fc.constantFrom(
  "https://a.example/b_(c)",
  "page:p1#x",
  "../a b.md",
  "#here",
  "mailto:a@b.example",
);
const link = fc.record({ href: address }, { requiredKeys: ["href"] });
const titled = fc.record({ href: address, title: fc.constantFrom("A title", `"quoted" & 'so'`) });
const marks = fc.record(
  {
    bold: fc.constant(true as const),
    italic: fc.constant(true as const),
    strike: fc.constant(true as const),
    code: fc.constant(true as const),
    link: fc.oneof(link, titled),
  },
  { requiredKeys: [] },
);
const image = fc.record({ type: fc.constant("image"), src: address, alt: fc.constantFrom("", "An [image]") });

/** Text with marks and atoms; `anywhere`: with space also where Markdown cannot hold it. */
export function inlineOf(anywhere: boolean): fc.Arbitrary<Inline[]> {
  const text = anywhere ? words : words.map((each) => each.trim() || "a");
  const run = fc.oneof(
    { weight: 5, arbitrary: fc.tuple(text, marks).map(([each, m]): Inline => withMarks({ text: each }, m)) },
    { weight: 1, arbitrary: image.map((atom): Inline => ({ atom })) },
  );
  return fc.array(run, { minLength: 1, maxLength: 6 }).map(merged);
}

function merged(runs: readonly Inline[]): Inline[] {
  const result: Inline[] = [];
  for (const run of runs) {
    if ("text" in run) pushText(result, run.text, run.marks ?? {});
    else result.push(run);
  }
  return result;
}

/** Blocks in quotes and lists, as deep as three. */
export function flowOf(flavour: Flavour): fc.Arbitrary<Sketch[]> {
  return siblings(3, flavour);
}

function siblings(depth: number, flavour: Flavour): fc.Arbitrary<Sketch[]> {
  const nested = depth === 0 ? [] : [quote(depth, flavour), list(depth, flavour)];
  return fc.array(fc.oneof(leaf, ...nested), { minLength: 1, maxLength: 3 }).map(withoutNeighbouringLists);
}

/** Two lists side by side are told apart by their marks alone: a line between them keeps sketches simple. */
function withoutNeighbouringLists(sketches: Sketch[]): Sketch[] {
  return sketches.flatMap((sketch, at) => {
    const before = sketches[at - 1];
    const isSecond = "kind" in sketch && sketch.kind === "list" && before && "kind" in before;
    return isSecond ? [{ type: "rule", attrs: {}, content: [] }, sketch] : [sketch];
  });
}

const leaf: fc.Arbitrary<Sketch> = fc.oneof(
  inlineOf(false).map((content) => ({ type: "paragraph", attrs: {}, content })),
  fc.tuple(inlineOf(false), fc.integer({ min: 1, max: 6 })).map(([content, level]) => {
    return { type: "heading", attrs: { level }, content };
  }),
  fc.constant({ type: "rule", attrs: {}, content: [] }),
  fc.tuple(fc.constantFrom("", "python"), fc.string({ unit: fc.constantFrom(..."ab `~\n>- ") })).map(codeOf),
);

function codeOf([lang, text]: [string, string]): Sketch {
  return { type: "code", attrs: lang ? { lang } : {}, content: text === "" ? [] : [{ text }] };
}

function quote(depth: number, flavour: Flavour): fc.Arbitrary<Sketch> {
  return siblings(depth - 1, flavour).map((children) => ({ kind: "quote", children }));
}

function list(depth: number, flavour: Flavour): fc.Arbitrary<Sketch> {
  const ordered = fc.constantFrom(...(flavour === "gfm" ? [".", ")"] : ["."]));
  const shape = fc.oneof(
    fc.constantFrom("-", "*", "+").map((mark): Attrs => ({ list: "bullet", mark })),
    ordered.map((mark): Attrs => ({ list: "ordered", mark })),
  );
  const items = fc.array(siblings(depth - 1, flavour), { minLength: 1, maxLength: 3 });
  return fc
    .tuple(shape, items, fc.integer({ min: 0, max: 120 }), fc.boolean())
    .map(([attrs, each, start, loose]): Sketch => {
      return { kind: "list", attrs: { ...attrs, ...(loose ? { loose } : {}) }, start, items: each };
    });
}
