import { getSchema } from "@tiptap/core";
import { EditorState } from "@tiptap/pm/state";
import { expect, test } from "vitest";
import { headingsOf } from "./outline.ts";
import { documentExtensions } from "./schema.ts";

const schema = getSchema(documentExtensions);
const line = (text: string) => schema.node("paragraph", null, schema.text(text));
const heading = (id: string, text: string) => schema.node("heading", { id, level: 2 }, schema.text(text));

const page = schema.node("doc", null, [
  heading("a", "Who is affected"),
  line("Authors."),
  schema.node("blockquote", null, [heading("b", "As they say"), line("It hurts.")]),
  heading("c", "What it costs"),
]);

test("headings are told in order, those that stand in something too", () => {
  expect(headingsOf(page)).toEqual([
    { id: "a", level: 2, text: "Who is affected" },
    { id: "b", level: 2, text: "As they say" },
    { id: "c", level: 2, text: "What it costs" },
  ]);
});

test("after a change only the headings that it touched are others", () => {
  const state = EditorState.create({ doc: page });
  const [a, b, c] = headingsOf(page);
  const written = headingsOf(state.tr.insertText(" here", page.content.size - 1).doc);
  expect(written[0]).toBe(a);
  expect(written[1]).toBe(b);
  expect(written[2]).toEqual({ ...c, text: "What it costs here" });
});
