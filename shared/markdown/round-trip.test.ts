import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Body, Inline } from "../body/blocks.ts";
import { toTree, type Box, type Tree } from "../body/tree.ts";
import type { Flavour } from "./flavour.ts";
import { bodyOf, flowOf, inlineOf, type Sketch } from "./random-bodies.ts";
import { readMarkdown } from "./read.ts";
import { writeMarkdown } from "./write.ts";

// The same documents every time: who looks for more changes it.
const seed = 1;
const runs = { seed, numRuns: 200 };

function read(source: string, flavour: Flavour): Body {
  let ids = 0;
  return readMarkdown(source, { flavour, makeId: () => `r${(ids += 1)}` });
}

/** A body's tree without ids, and with what lists alone say left out where it follows from the rest. */
function shape({ blocks, containers }: Body): unknown {
  const run = (each: Inline) => {
    if (!("atom" in each) || each.atom.type !== "footnote") return each;
    return { footnote: [...containers.values()].find(({ id }) => id === each.atom["to"])?.attrs["label"] };
  };
  const drawn = (tree: Tree): unknown[] =>
    tree.map((branch) => {
      if ("block" in branch) {
        const { type, attrs, content, table } = branch.block;
        const cells = table?.rows.map((row) => row.cells.map((cell) => cell.map(run)));
        return {
          type,
          attrs,
          content: content.map(run),
          cells,
          aligns: table?.columns.map(({ align }) => align),
        };
      }
      if ("tabs" in branch) return { tabs: branch.tabs.map(box) };
      if ("container" in branch) return { [branch.container.kind]: box(branch) };
      const start = branch.list === "ordered" ? branch.items[0]?.container.attrs["start"] : undefined;
      const items = branch.items.map((each) => [each.container.attrs["checked"], drawn(each.children)]);
      return { list: branch.list, mark: branch.mark, start, items };
    });
  const box = ({ container, children }: Box) => [container.attrs, drawn(children)];
  return drawn(toTree({ blocks, containers }));
}

describe.each(["mkdocs", "gfm"] as const)(`The %s flavour (seed ${seed})`, (flavour) => {
  test("gives back any body of what it understands", () => {
    fc.assert(
      fc.property(flowOf(flavour), (sketch: Sketch[]) => {
        const body = bodyOf(sketch);
        const source = writeMarkdown(body, { flavour });
        expect(shape(read(source, flavour)), source).toEqual(shape(body));
        expect(writeMarkdown(read(source, flavour), { flavour })).toBe(source);
      }),
      runs,
    );
  });

  test("gives back any text with any marks, but for space at the edges of emphasis", () => {
    fc.assert(
      fc.property(inlineOf(true), (content) => {
        const body = bodyOf([{ type: "paragraph", attrs: {}, content }]);
        const source = writeMarkdown(body, { flavour });
        const again = read(source, flavour);
        expect(writeMarkdown(again, { flavour })).toBe(source);
        expect(textOf(again), source).toBe(textOf(body));
      }),
      runs,
    );
  });

  test("reads any text, and writes what it has written the same again", () => {
    const line = fc.string({ unit: fc.constantFrom(...'ab 1.)-*_+>#`~[]()!?=<>&|\\:"^\t'.split("")) });
    const source = fc.array(line, { maxLength: 12 }).map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(source, (text) => {
        const once = writeMarkdown(read(text, flavour), { flavour });
        expect(writeMarkdown(read(once, flavour), { flavour }), JSON.stringify(once)).toBe(once);
      }),
      runs,
    );
  });

  test("writes any list of blocks, whatever their types, attributes and containers are", () => {
    const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    const attrs = fc.dictionary(
      fc.constantFrom("level", "lang", "meta", "list", "start", "mark", "loose"),
      value,
    );
    const mark = fc.dictionary(fc.constantFrom("bold", "italic", "code", "link", "strike", "other"), value);
    const type = fc.constantFrom("break", "image", "html", "raw", "mention");
    const atom = fc.tuple(type, fc.dictionary(fc.constantFrom("src", "alt", "source", "title"), value));
    const run = fc.oneof(
      fc.record({ text: fc.string(), marks: mark }),
      fc.tuple(atom, mark).map(([[name, rest], marks]) => ({ atom: { ...rest, type: name }, marks })),
    );
    const kind = fc.constantFrom("paragraph", "heading", "code", "raw", "rule", "table");
    const block = fc.record({ type: kind, attrs, content: fc.array(run, { maxLength: 5 }) });
    fc.assert(
      fc.property(fc.array(block, { maxLength: 8 }), (sketch) => {
        expect(writeMarkdown(bodyOf(sketch), { flavour })).toMatch(/^(?:|[^]*[^\n]\n)$/);
      }),
      runs,
    );
  });
});

function textOf(body: Body): string {
  const runsOf = body.blocks.map(({ type, content }) => (type === "figure" ? [{ text: "\uFFFC" }] : content));
  return runsOf
    .flatMap((content) => content.map((run) => ("text" in run ? run.text : "\uFFFC")))
    .join("")
    .replaceAll(/\s+/g, " ")
    .trim();
}
