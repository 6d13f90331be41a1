import { Fragment } from "@tiptap/pm/model";
import { expect, test } from "vitest";
import type { BlockId, ContainerId } from "../../../shared/base/ids.ts";
import type { Block, Body, Container } from "../../../shared/body/blocks.ts";
import { readBody } from "../../../shared/body/format.ts";
import { Desk, schema } from "../binding/desk.stage.ts";
import { drawBody } from "../binding/draw.ts";
import { asBlocks, put, withOwnNotes } from "./fit.ts";
import { followNotes } from "./follow-notes.ts";

const block = (id: string, type: string, text: string, inside: string | null = null): Block => ({
  id: id as BlockId,
  type,
  attrs: {},
  in: inside as ContainerId | null,
  content: [{ text }],
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
  const at = new Desk(makeId, 1, undefined, () => [followNotes()]);
  const paste = (body: Body): void => {
    const { state } = at;
    const content = Fragment.from(drawBody(schema, body).content);
    const slice = withOwnNotes(asBlocks(content), state.doc, makeId);
    const { from, to } = state.selection;
    at.dispatch(put(state.tr, from, to, slice).setMeta("paste", true));
    at.check();
  };
  const lines = () => {
    const { blocks, containers } = readBody(at.doc);
    return blocks.map(({ type, in: inside, content }) => {
      const kind = inside === null ? "" : `${containers.get(inside)?.kind} > `;
      return `${kind}${type} ${content.map((run) => ("text" in run ? run.text : "*")).join("")}`;
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
