import { getSchema } from "@tiptap/core";
import { EditorState, type Transaction } from "@tiptap/pm/state";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { deskAt, updateOf } from "./commands/notation.stage.ts";
import { givePictures, putPicture } from "./pictures.ts";
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

/** The lines of a page after Ana put pictures behind these words while Bo typed before them. */
async function given(page: string, words: string, typed = "un"): Promise<string[]> {
  const start = updateOf(page);
  const [ana, bo] = [deskAt(page, 2, start), deskAt(page, 3, start)];
  ana.find(words);
  bo.find(words, "before");
  bo.type(typed);
  const view = {
    isDestroyed: false,
    get state() {
      return ana.state;
    },
    dispatch: (transaction: Transaction) => ana.dispatch(transaction),
  };
  const add = async (file: File) => file.name.replace(".png", "");
  const place = ana.binding.relative(ana.state.doc, ana.state.selection.to);
  const files = ["one.png", "two.png", "three.png"].map((name) => new File([], name));
  const all = givePictures(view, files, place, {
    binding: ana.binding,
    add,
    onRefused: (error) => expect.unreachable(String(error)),
  });
  ana.receive(Y.encodeStateAsUpdate(bo.doc));
  await all;
  bo.receive(Y.encodeStateAsUpdate(ana.doc));
  for (const desk of [ana, bo]) desk.check();
  const lines: string[] = [];
  bo.state.doc.descendants((node) => {
    if (!node.isTextblock) return true;
    const name = String(node.attrs["src"] ?? "").replace("asset:", "");
    lines.push(name + node.textBetween(0, node.content.size, "", (leaf) => `[${leaf.attrs["atom"]["alt"]}]`));
    return false;
  });
  return lines;
}

test("pictures stand behind the words where they were put, one after the other, whatever others type", async () => {
  const pictures = "[one][two][three]";
  expect(await given("p(a) p(happy) p(z)", "happy")).toEqual(["a", `unhappy${pictures}`, "z"]);
  expect(await given("p(a) p(happy end) p(z)", "happy")).toEqual(["a", `unhappy${pictures} end`, "z"]);
});

test("pictures in a table's cell stand in that cell, at its words", async () => {
  const pictures = "[one][two][three]";
  expect(await given("p(a) table(x,happy,y) p(z)", "happy")).toEqual([
    "a",
    "x",
    `unhappy${pictures}`,
    "y",
    "z",
  ]);
  expect(await given("p(a) table(happy end) p(z)", "happy")).toEqual(["a", `unhappy${pictures} end`, "z"]);
});

test("pictures on an empty line are figures, one after the other", async () => {
  expect(await given("p() p(z)", "", "")).toEqual(["one", "two", "three", "z"]);
});
