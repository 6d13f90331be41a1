import { expect, test } from "vitest";
import { blockChoices } from "./block-choices.ts";
import { editorMessages } from "./messages.en.ts";
import { matching } from "./slash.ts";

const choices = blockChoices();
const found = (query: string) =>
  matching(choices, query, ({ name }) => editorMessages[name]).map(({ name }) => name);

test("a bare slash offers every block", () => {
  expect(found("")).toEqual(choices.map(({ name }) => name));
});

test("what is typed narrows the list down by any word of a name", () => {
  expect(found("head")).toEqual(["heading1", "heading2", "heading3", "heading4"]);
  expect(found("heading 2")).toEqual(["heading2"]);
  expect(found("heading2")).toEqual(["heading2"]);
  expect(found("list")).toEqual(["bulletList", "orderedList", "taskList"]);
  expect(found("code")).toEqual(["codeBlock"]);
  expect(found("zzz")).toEqual([]);
});

test("every block has a name of its own, and no two have one key", () => {
  const names = choices.map(({ name }) => editorMessages[name]);
  expect(new Set(names).size).toBe(names.length);
  const keys = choices.flatMap(({ key }) => key ?? []);
  expect(new Set(keys).size).toBe(keys.length);
});

test("tables and pictures are offered where they can be put in, and not before", () => {
  expect(choices.some(({ name }) => name === "table" || name === "picture")).toBe(false);
  const more = blockChoices({ table: () => true, picture: () => true });
  expect(more.length).toBe(choices.length + 2);
});
