import { Fragment } from "@tiptap/pm/model";
import { describe, expect, test } from "vitest";
import type { BlockId, ContainerId } from "../../../shared/base/ids.ts";
import type { Block, Body, Container, Inline } from "../../../shared/body/blocks.ts";
import { readBody } from "../../../shared/body/format.ts";
import { Desk, schema } from "../binding/desk.stage.ts";
import { drawBody } from "../binding/draw.ts";
import { asBlocks, put } from "./fit.ts";

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
