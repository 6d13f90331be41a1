import { getSchema } from "@tiptap/core";
import { EditorState, type Transaction } from "@tiptap/pm/state";
import { expect, test } from "vitest";
import { limits } from "../../shared/base/limits.ts";
import { codeToRead, coloursOf, highlightCode, readChanged, withRead } from "./highlight-code.ts";
import { colour } from "./highlight-code-languages.ts";
import { documentExtensions } from "./schema.ts";

const schema = getSchema(documentExtensions);

const code = (lang: string | null, text: string) => schema.node("codeBlock", { lang }, schema.text(text));
const words = (text: string) => schema.node("paragraph", null, schema.text(text));

/** A page whose code has been read once. */
function page(...blocks: readonly ReturnType<typeof code>[]): EditorState {
  const plugins = [highlightCode(() => Promise.resolve(colour))];
  return read(EditorState.create({ doc: schema.node("doc", null, [...blocks]), plugins }));
}

const read = (state: EditorState): EditorState => state.apply(withRead(state.tr, readChanged(state, colour)));

/** The coloured words of a page, each with what it is. */
function coloured(state: EditorState): string[] {
  return coloursOf(state).map(({ from, to, look }) => `${state.doc.textBetween(from, to)}: ${look}`);
}

const change = (state: EditorState, make: (transaction: Transaction) => Transaction) =>
  state.apply(make(state.tr));

test("code is coloured in the language that it says, and in no other", () => {
  const state = page(code("python", "return 1"), code(null, "return 1"), code("unheard-of", "return 1"));
  expect(coloured(state)).toEqual(["return: hljs-keyword", "1: hljs-number"]);
});

test("another name of a language, in any case, is that language", () => {
  expect(coloured(page(code("SH", "echo hi")))).toEqual(["echo: hljs-built_in"]);
});

test("page properties are coloured as the YAML that they are", () => {
  const properties = schema.node("properties", null, schema.text("description: Who"));
  expect(coloured(page(properties))).toContain("description:: hljs-attr");
});

test("only the block that was changed is read again", () => {
  const state = page(code("python", "return 1"), words("and"), code("python", "pass"));
  expect(codeToRead(state)).toEqual([]);
  expect(codeToRead(change(state, (tr) => tr.insertText("words ", 12)))).toEqual([]);
  const typed = change(state, (tr) => tr.insertText("# ", 16));
  expect(codeToRead(typed)).toEqual([15]);
  expect(coloured(read(typed))).toEqual(["return: hljs-keyword", "1: hljs-number", "# pass: hljs-comment"]);
});

test("a language that is chosen later colours what is there", () => {
  const state = change(page(code(null, "pass")), (tr) => tr.setNodeAttribute(0, "lang", "python"));
  expect(coloured(read(state))).toEqual(["pass: hljs-keyword"]);
});

test("code that is made text again keeps no colours", () => {
  const state = change(page(code("python", "pass")), (tr) =>
    tr.setBlockType(1, 1, schema.nodes["paragraph"]!),
  );
  expect(coloured(read(state))).toEqual([]);
});

test("code that is too long stays as it is", () => {
  const long = `pass\n${"x".repeat(limits.colouredCharacters)}`;
  expect(coloured(page(code("python", long)))).toEqual([]);
});
