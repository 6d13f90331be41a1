import * as fc from "fast-check";
import { blockId, columnId, containerId, rowId, type ContainerId } from "../base/ids.ts";
import type { Align, Attrs, Block, Body, Container, Inline, Table } from "../body/blocks.ts";
import type { Flavour } from "./flavour.ts";
import { pushText, withMarks } from "./phrases.ts";
import { figureOf } from "./read-figure.ts";

/*
 * Bodies of everything that Markdown understands, for tests: sketches without ids, and what makes bodies of them.
 */

export type Sketch =
  | { type: string; attrs: Attrs; content: readonly Inline[]; cells?: readonly (readonly Inline[][])[] }
  | {
      kind: "quote" | "callout" | "collapsible" | "tab" | "footnote";
      attrs?: Attrs;
      children: readonly Sketch[];
    }
  | { kind: "list"; attrs: Attrs; start: number; items: readonly (readonly Sketch[])[] };

/**
 * A body with ids of its own for what is sketched. References to footnotes name labels in a sketch. Of items whose
 * list is `mixed`, every second one is a task, and every fourth one is done.
 */
export function bodyOf(sketches: readonly Sketch[]): Body {
  const blocks: Block[] = [];
  const containers = new Map<ContainerId, Container>();
  let made = 0;
  const container = (kind: string, attrs: Attrs, inside: ContainerId | null): ContainerId => {
    const id = containerId.parse(`c${(made += 1)}`);
    containers.set(id, { id, kind, attrs, in: inside });
    return id;
  };
  const tableOf = (cells: readonly (readonly Inline[][])[], aligns: Attrs): Table => ({
    columns: (cells[0] ?? []).map((_, at) => {
      return { id: columnId.parse(`k${(made += 1)}`), align: (aligns[at] ?? null) as Align | null };
    }),
    rows: cells.map((row) => ({ id: rowId.parse(`w${(made += 1)}`), cells: row })),
  });
  const add = (sketch: Sketch, inside: ContainerId | null): void => {
    if ("type" in sketch) {
      const { cells, ...block } = sketch;
      const [attrs, table] = cells ? [{}, { table: tableOf(cells, block.attrs) }] : [block.attrs, {}];
      blocks.push({ ...block, attrs, id: blockId.parse(`b${(made += 1)}`), in: inside, ...table });
    } else if (sketch.kind !== "list") {
      const id = container(sketch.kind, sketch.attrs ?? {}, inside);
      for (const child of sketch.children) add(child, id);
    } else
      sketch.items.forEach((children, index) => {
        const { list, mark } = sketch.attrs;
        const start = index === 0 && (mark === "." || mark === ")") ? { start: sketch.start } : {};
        const task = list === "mixed" ? taskAt(index, mark === "." ? "ordered" : "bullet") : {};
        const id = container("item", { ...sketch.attrs, ...start, ...task }, inside);
        for (const child of children) add(child, id);
      });
  };
  for (const sketch of sketches) add(sketch, null);
  const labels = new Map([...containers.values()].toReversed().map(({ id, attrs }) => [attrs["label"], id]));
  const called = (run: Inline): Inline => {
    if (!("atom" in run) || run.atom.type !== "footnote") return run;
    return { ...run, atom: { type: "footnote", to: labels.get(run.atom["to"] ?? null) ?? "gone" } };
  };
  return { blocks: blocks.map((block) => ({ ...block, content: block.content.map(called) })), containers };
}

function taskAt(index: number, list: string): Attrs {
  if (index % 2 === 0) return { list };
  return { list: "task", ...(index % 4 === 3 ? { checked: true } : {}) };
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

/** Blocks in containers, as deep as three; perhaps a page's properties, and references to its footnotes. */
export function flowOf(flavour: Flavour): fc.Arbitrary<Sketch[]> {
  const properties = fc.constantFrom<Sketch[]>([], [block("properties", {}, [{ text: "title: A\n# b" }])]);
  return fc
    .tuple(properties, siblings(3, flavour))
    .map(([front, flow]) => [...front, ...withFootnotes(flow)] as Sketch[]);
}

function block(type: string, attrs: Attrs, content: readonly Inline[]): Sketch {
  return { type, attrs, content };
}

/** Gives each footnote a label of its own, and leaves the references to those that there are. */
function withFootnotes(sketches: readonly Sketch[]): Sketch[] {
  let made = 0;
  const label = (sketch: Sketch): Sketch => {
    if ("type" in sketch) return sketch;
    if (sketch.kind === "list") return { ...sketch, items: sketch.items.map((item) => item.map(label)) };
    const attrs = sketch.kind === "footnote" ? { label: `n${(made += 1)}` } : (sketch.attrs ?? {});
    return { ...sketch, attrs, children: sketch.children.map(label) };
  };
  const isThere = (run: Inline) =>
    !("atom" in run) || run.atom.type !== "footnote" || Number(String(run.atom["to"]).slice(1)) <= made;
  const call = (sketch: Sketch): Sketch => {
    if ("type" in sketch) return asFigure({ ...sketch, content: sketch.content.filter(isThere) });
    if (sketch.kind === "list") return { ...sketch, items: sketch.items.map((item) => item.map(call)) };
    return { ...sketch, children: sketch.children.map(call) };
  };
  return sketches.map(label).map(call);
}

/** A picture alone is a figure. */
function asFigure(sketch: Extract<Sketch, { type: string }>): Sketch {
  const figure = sketch.type === "paragraph" ? figureOf(sketch.content) : null;
  return figure ? block("figure", figure, []) : sketch;
}

function siblings(depth: number, flavour: Flavour): fc.Arbitrary<Sketch[]> {
  const nested = depth === 0 ? [] : [list(depth, flavour), ...boxes(depth, flavour)];
  const most = depth === 3 ? 3 : 2;
  return fc.array(fc.oneof(leaf, ...nested), { minLength: 1, maxLength: most }).map(withoutNeighbouringLists);
}

/** Containers but for items. Those that the flavour has signs for, and titles that it can hold. */
function boxes(depth: number, flavour: Flavour): fc.Arbitrary<Sketch>[] {
  const inside = siblings(depth - 1, flavour);
  const box = (kind: "quote" | "callout" | "collapsible" | "tab" | "footnote", attrs: fc.Arbitrary<Attrs>) =>
    fc.tuple(attrs, inside).map(([each, children]): Sketch => ({ kind, attrs: each, children }));
  const none = fc.constant<Attrs>({});
  const types = fc.constantFrom("note", "warning", ...(flavour === "gfm" ? [] : ["example", "quote"]));
  const callout = box(
    "callout",
    types.map((type) => ({ type })),
  );
  const folded = fc.record({ type: types, open: fc.constant(true as const) }, { requiredKeys: ["type"] });
  const collapsible = box("collapsible", folded);
  const titles = flavour === "gfm" ? titledPlainly : titledRichly;
  const plain = [box("quote", none), box("footnote", none), titles(callout), titles(collapsible)];
  return flavour === "gfm" ? plain : [...plain, callout, collapsible, titles(box("tab", none))];
}

const titledRichly = (box: fc.Arbitrary<Sketch>) =>
  titledBy(box, fc.oneof(fc.constant<Inline[]>([]), inlineOf(false)));

/** GitHub's flavour makes titles bold, or HTML. */
const titledPlainly = (box: fc.Arbitrary<Sketch>) =>
  titledBy(
    box,
    words.map((text) => [{ text: text.trim() || "a" }, { text: "b", marks: { code: true } }]),
  );

function titledBy(box: fc.Arbitrary<Sketch>, titles: fc.Arbitrary<Inline[]>): fc.Arbitrary<Sketch> {
  return fc.tuple(box, titles).map(([sketch, content]) => {
    if (!("children" in sketch)) return sketch;
    return { ...sketch, children: [block("title", {}, content), ...sketch.children] };
  });
}

/** Two lists side by side are told apart by their marks alone: a line between them keeps sketches simple. */
function withoutNeighbouringLists(sketches: Sketch[]): Sketch[] {
  return sketches.flatMap((sketch, at) => {
    const before = sketches[at - 1];
    const isSecond = "kind" in sketch && sketch.kind === "list" && before && "kind" in before;
    return isSecond ? [{ type: "rule", attrs: {}, content: [] }, sketch] : [sketch];
  });
}

/** Text in which code holds nothing of these: where they mean something else, code cannot be written. */
const inlineWithout = (signs: RegExp) =>
  inlineOf(false).map((content) =>
    merged(content.map((run) => ("text" in run && signs.test(run.text) ? { text: run.text } : run))),
  );

const call = fc.constantFrom("n1", "n2").map((to): Inline => ({ atom: { type: "footnote", to } }));
const paragraph = fc
  .tuple(inlineOf(false), fc.array(call, { maxLength: 1 }))
  .map(([content, calls]): Sketch => block("paragraph", {}, [...content, ...calls]));
const figure = fc
  .tuple(
    fc.record(
      {
        src: fc.constantFrom("a.png", "asset:a1"),
        alt: fc.constantFrom("", "[b]"),
        dark: fc.constant("c.png"),
      },
      { requiredKeys: ["src", "alt"] },
    ),
    fc.oneof(fc.constant<Inline[]>([]), inlineWithout(/[<&]/)),
  )
  .map(([attrs, content]): Sketch => block("figure", attrs, content));
const aligns = fc.array(fc.constantFrom("left", "center", "right", null), { minLength: 3, maxLength: 3 });
const cell = fc.oneof(fc.constant<Inline[]>([]), inlineWithout(/[\\`]/));
const table = fc
  .tuple(
    aligns,
    fc.integer({ min: 1, max: 3 }),
    fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
  )
  .map(([each, width, rows]): Sketch => {
    const cells = rows.map((row) => row.slice(0, width));
    return { type: "table", attrs: Object.fromEntries(each.slice(0, width).entries()), content: [], cells };
  });

const leaf: fc.Arbitrary<Sketch> = fc.oneof(
  paragraph,
  fc.tuple(inlineOf(false), fc.integer({ min: 1, max: 6 })).map(([content, level]) => {
    return block("heading", { level }, content);
  }),
  fc.constant(block("rule", {}, [])),
  fc.tuple(fc.constantFrom("", "python"), fc.string({ unit: fc.constantFrom(..."ab `~\n>- ") })).map(codeOf),
  figure,
  table,
);

function codeOf([lang, text]: [string, string]): Sketch {
  return { type: "code", attrs: lang ? { lang } : {}, content: text === "" ? [] : [{ text }] };
}

function list(depth: number, flavour: Flavour): fc.Arbitrary<Sketch> {
  const ordered = fc.constantFrom(...(flavour === "gfm" ? [".", ")"] : ["."]));
  const shape = fc.oneof(
    fc.constantFrom("-", "*", "+").map((mark): Attrs => ({ list: "bullet", mark })),
    ordered.map((mark): Attrs => ({ list: "ordered", mark })),
    fc.constantFrom("-", ".").map((mark): Attrs => ({ list: "mixed", mark })),
  );
  const items = fc.array(siblings(depth - 1, flavour), { minLength: 1, maxLength: 3 });
  return fc
    .tuple(shape, items, fc.integer({ min: 0, max: 120 }), fc.boolean())
    .map(([attrs, each, start, loose]): Sketch => {
      // A task's box stands in a text.
      const text = attrs["list"] === "mixed" ? [block("paragraph", {}, [{ text: "[ ] a" }])] : [];
      const contents = each.map((item) => [...text, ...item]);
      return { kind: "list", attrs: { ...attrs, ...(loose ? { loose } : {}) }, start, items: contents };
    });
}
