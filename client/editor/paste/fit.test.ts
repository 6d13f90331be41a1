import { Fragment, type Node } from "@tiptap/pm/model";
import { TextSelection } from "@tiptap/pm/state";
import { describe, expect, test } from "vitest";
import type { BlockId, ContainerId } from "../../../shared/base/ids.ts";
import type { Block, Body, Container, Inline } from "../../../shared/body/blocks.ts";
import { readBody } from "../../../shared/body/format.ts";
import { Desk, schema } from "../binding/desk.stage.ts";
import { drawBody } from "../binding/draw.ts";
import { asBlocks, moveIntoCell, put } from "./fit.ts";

/** A block with this text; `[^x]` at its end refers to the footnote x. */
const block = (id: string, type: string, text: string, inside: string | null = null): Block => ({
  id: id as BlockId,
  type,
  attrs: {},
  in: inside as ContainerId | null,
  content: text.split(/(?=\[\^)/).map((run): Inline => {
    const to = /^\[\^(.*)\]$/.exec(run)?.[1];
    return to === undefined ? { text: run } : { atom: { type: "footnote", to } };
  }),
});

const box = (id: string, kind: string, attrs: Container["attrs"] = {}): Container => ({
  id: id as ContainerId,
  kind,
  attrs,
  in: null,
});

function bodyOf(blocks: readonly Block[], ...containers: readonly Container[]): Body {
  return { blocks, containers: new Map(containers.map((each) => [each.id, each])) };
}

/** An empty page, and what pastes a body where the caret is. */
function desk() {
  let n = 0;
  const makeId = () => `made${(n += 1)}`;
  const at = new Desk(makeId, 1);
  const paste = (body: Body): void => {
    const { state } = at;
    const content = Fragment.from(drawBody(schema, body).content);
    const slice = asBlocks(content);
    const { from, to } = state.selection;
    at.dispatch(put(state.tr, from, to, slice).setMeta("paste", true));
    at.check();
  };
  const lines = () => {
    const { blocks, containers } = readBody(at.doc);
    return blocks.map(({ type, in: inside, content }) => {
      const kind = inside === null ? "" : `${containers.get(inside)?.kind} > `;
      return `${kind}${type} ${content.map((run) => ("text" in run ? run.text : String(run.atom["to"]))).join("")}`;
    });
  };
  return { at, paste, lines };
}

test("what stands in a box stays in it, with blocks in front of it and behind", () => {
  const { paste, lines } = desk();
  const blocks = [
    block("a", "heading", "head"),
    block("b", "title", "Log", "c"),
    block("d", "paragraph", "exit code", "c"),
    block("e", "paragraph", "end"),
  ];
  paste(bodyOf(blocks, box("c", "collapsible", { type: "note", open: true })));
  expect(lines()).toEqual([
    "heading head",
    "collapsible > title Log",
    "collapsible > paragraph exit code",
    "paragraph end",
  ]);
});

test("a copy of a note is another note, and the references that came with it lead there", () => {
  const { at, paste } = desk();
  const noted = bodyOf(
    [
      block("a", "paragraph", "said[^n]"),
      block("b", "paragraph", "note", "n"),
      block("c", "paragraph", "end"),
    ],
    box("n", "footnote", { label: "1" }),
  );
  paste(noted);
  at.find("end");
  paste(noted);
  const { blocks, containers } = readBody(at.doc);
  const notes = blocks.map((each) => each.in).filter((each) => each !== null);
  const references = blocks.flatMap(({ content }) =>
    content.flatMap((run) => ("atom" in run ? [run.atom["to"]] : [])),
  );
  expect(new Set(notes).size).toBe(2);
  expect(references).toEqual(notes);
  expect(notes.map((id) => containers.get(id)?.kind)).toEqual(["footnote", "footnote"]);
});

describe("a pasted list", () => {
  const list = bodyOf(
    [block("x", "paragraph", "new", "i"), block("y", "paragraph", "newer", "j")],
    box("i", "item", { list: "bullet" }),
    box("j", "item", { list: "bullet" }),
  );
  const before = bodyOf(
    [block("a", "paragraph", "onetwo", "k"), block("b", "paragraph", "three", "l")],
    box("k", "item", { list: "bullet" }),
    box("l", "item", { list: "bullet" }),
  );
  const cases: readonly [place: string, words: string, lines: readonly string[]][] = [
    ["behind an item's words", "onetwo", ["onetwo", "new", "newer", "three"]],
    ["in the middle of them", "one", ["one", "new", "newer", "two", "three"]],
  ];

  test.each(cases)("%s is items of that list", (_place, words, expected) => {
    const { at, paste, lines } = desk();
    paste(before);
    at.find(words);
    paste(list);
    expect(lines()).toEqual(expected.map((line) => `item > paragraph ${line}`));
    expect(at.state.doc.childCount).toBe(1);
  });
});

const item = { list: "bullet" };
const pasted: readonly (readonly [what: string, body: Body])[] = [
  [
    "a list",
    bodyOf(
      [block("a", "paragraph", "aa", "i"), block("b", "paragraph", "bb", "j")],
      box("i", "item", item),
      box("j", "item", item),
    ),
  ],
  ["tasks", bodyOf([block("b", "paragraph", "bb", "i")], box("i", "item", { list: "task" }))],
  ["a quote", bodyOf([block("b", "paragraph", "bb", "q")], box("q", "quote"))],
  [
    "a callout",
    bodyOf(
      [block("a", "title", "t", "c"), block("b", "paragraph", "bb", "c")],
      box("c", "callout", { type: "note" }),
    ),
  ],
];

describe.each(pasted)("the caret is at the end of what was pasted: %s", (_what, body) => {
  test.each([
    ["into an empty line", 8, "here:", "", "rest"],
    ["behind words", 13, "here:", "words", "rest"],
    ["before words", 10, "here:", "", "words"],
  ])("%s", (_where, place, ...lines) => {
    const { at, paste } = desk();
    const { state } = at;
    const paragraphs = lines.map((line) => schema.node("paragraph", null, line ? schema.text(line) : []));
    at.dispatch(state.tr.replaceWith(0, state.doc.content.size, paragraphs));
    at.dispatch(at.state.tr.setSelection(TextSelection.create(at.state.doc, place)));
    paste(body);
    expect(at.state.selection.$head.parent.textContent).toBe("bb");
    expect(at.state.selection.$head.parentOffset).toBe(2);
  });
});

test("words dragged out of two lines into a cell stand in it as one, and the table stays whole", () => {
  const { at } = desk();
  const node = (type: string, ...content: Node[]) => schema.node(type, null, content);
  const line = (text: string) => node("paragraph", schema.text(text));
  const cell = (text: string) => node("tableCell", schema.text(text));
  const last = node("tableRow", cell("d"), cell("e"));
  const lines = [
    line("one two"),
    line("three four"),
    node("table", node("tableRow", cell("a"), cell("b c")), last),
  ];
  at.dispatch(at.state.tr.replaceWith(0, at.state.doc.content.size, lines));
  at.find("b ");
  const { head } = at.state.selection;
  at.select(5, 15);
  const moved = moveIntoCell(at.state.tr, head, at.state.selection.content());
  at.dispatch(moved!);
  at.check();
  const words = node("tableCell", schema.text("b two"), node("hardBreak"), schema.text("threec"));
  const table = node("table", node("tableRow", cell("a"), words), last);
  expect(String(at.state.doc)).toBe(`doc(${line("one  four")}, ${table})`);
  expect(moveIntoCell(at.state.tr, 3, at.state.selection.content())).toBe(null);
});
