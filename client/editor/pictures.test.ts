import { getSchema } from "@tiptap/core";
import { EditorState } from "@tiptap/pm/state";
import { expect, test } from "vitest";
import { putPicture } from "./pictures.ts";
import { documentExtensions } from "./schema.ts";

const schema = getSchema(documentExtensions);
const { paragraph, figure } = schema.nodes;

/** The blocks of a page after a picture was let go at a position of it. */
function after(blocks: readonly ReturnType<typeof schema.node>[], position: number): string[] {
  const state = EditorState.create({ doc: schema.node("doc", null, [...blocks]) });
  const { doc } = putPicture(state, position, "asset:a1", "Wheels.png");
  doc.check();
  return doc.children.map((block) => `${block.type.name} ${block.attrs["id"]} ${block.attrs["src"] ?? ""}`);
}

test("a picture on an empty line becomes a figure, and the block stays the same block", () => {
  expect(after([paragraph!.create({ id: "b1" })], 1)).toEqual(["figure b1 asset:a1"]);
});

test("a picture between words stands in their line", () => {
  expect(after([paragraph!.create({ id: "b1" }, schema.text("words"))], 3)).toEqual(["paragraph b1 "]);
});

test("a second picture is a figure behind the first, not part of its caption", () => {
  const first = figure!.create({ id: "b1", src: "asset:a0" });
  expect(after([first], 1)).toEqual(["figure b1 asset:a0", "figure null asset:a1"]);
});
