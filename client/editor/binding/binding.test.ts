import { expect, test } from "vitest";
import * as Y from "yjs";
import { readBody, writeBody } from "../../../shared/body/format.ts";
import type { Block, Body } from "../../../shared/body/blocks.ts";
import { Desk, schema } from "./desk.stage.ts";

let made = 0;
const makeId = () => `n${(made += 1)}`;

function page(...blocks: [type: string, text: string][]): Uint8Array {
  const doc = new Y.Doc();
  const body = {
    containers: new Map(),
    blocks: blocks.map(([type, text], n) => ({
      id: `b${n}`,
      type,
      attrs: type === "heading" ? { level: 2 } : {},
      in: null,
      content: text ? [{ text }] : [],
    })),
  };
  writeBody(doc, body as unknown as Body);
  return Y.encodeStateAsUpdate(doc);
}

const desk = (...blocks: [string, string][]) => new Desk(makeId, undefined, page(...blocks));
const blocksOf = (each: Desk): Block[] => [...readBody(each.doc).blocks];
const shape = (each: Desk) =>
  blocksOf(each).map(
    ({ type, content }) => `${type}:${content.map((run) => ("text" in run ? run.text : "*")).join("")}`,
  );

/** Two people at one page who have not heard of each other's last edits yet. */
function apart(...blocks: [string, string][]): { ana: Desk; bo: Desk; meet: () => void } {
  const start = page(...blocks);
  const ana = new Desk(makeId, 1, start);
  const bo = new Desk(makeId, 2, start);
  const meet = () => {
    const [a, b] = [Y.encodeStateAsUpdate(ana.doc), Y.encodeStateAsUpdate(bo.doc)];
    ana.receive(b);
    bo.receive(a);
    ana.check();
    bo.check();
    expect(readBody(ana.doc)).toEqual(readBody(bo.doc));
  };
  return { ana, bo, meet };
}

test("what is typed is in the text, and what is in the text is shown", () => {
  const ana = desk(["paragraph", "one two"]);
  ana.find("one");
  ana.type(" and a half");
  ana.check();
  expect(shape(ana)).toEqual(["paragraph:one and a half two"]);
});

test("an empty page gets no marker from being typed on, so that three people's first words make one paragraph", () => {
  const people = [1, 2, 3].map((client) => new Desk(makeId, client));
  people.forEach((each, n) => each.type(`word${n}`));
  const updates = people.map((each) => Y.encodeStateAsUpdate(each.doc));
  for (const each of people) {
    for (const update of updates) each.receive(update);
    each.check();
    expect(blocksOf(each).length).toBe(1);
  }
});

test("Enter inserts a marker and re-creates nothing", () => {
  const ana = desk(["paragraph", "one two"]);
  ana.find("one ");
  const before = ana.doc.getText("body").length;
  ana.press("Enter");
  ana.check();
  expect(shape(ana)).toEqual(["paragraph:one ", "paragraph:two"]);
  expect(ana.doc.getText("body").length).toBe(before + 1);
  expect(blocksOf(ana)[0]?.id).toBe("b0");
});

test("Enter at a block's start leaves the block its id: the empty one is the new one", () => {
  const ana = desk(["paragraph", "one"]);
  ana.find("one", "before");
  ana.press("Enter");
  ana.check();
  expect(blocksOf(ana).map((block) => block.id === "b0")).toEqual([false, true]);
});

test("joining drops the later id", () => {
  const ana = desk(["paragraph", "one"], ["heading", "two"]);
  ana.find("two", "before");
  ana.press("Backspace");
  ana.press("Backspace");
  ana.check();
  expect(shape(ana)).toEqual(["paragraph:onetwo"]);
  expect(blocksOf(ana)[0]?.id).toBe("b0");
});

for (const key of ["Heading", "Code", "Quote", "Bullet", "Ordered"] as const) {
  test(`${key} while somebody else types in the paragraph keeps every word`, () => {
    const { ana, bo, meet } = apart(["paragraph", "all of us"], ["paragraph", "next"]);
    ana.find("all");
    ana.press(key);
    bo.find("all of");
    bo.type(" them and");
    meet();
    expect(ana.text).toContain("all of them and us");
  });
}

test("two people who split, and join, one paragraph at once keep every word", () => {
  const { ana, bo, meet } = apart(["paragraph", "one two three"], ["paragraph", "four"]);
  ana.find("one");
  ana.press("Enter");
  bo.find("two");
  bo.press("Enter");
  bo.find("four", "before");
  bo.press("Backspace");
  meet();
  expect(shape(ana)).toEqual(["paragraph:one", "paragraph: two", "paragraph: threefour"]);
});

test("an item is indented, lifted and split, each marker keeping its words", () => {
  const ana = desk(["paragraph", "one"], ["paragraph", "two"], ["paragraph", "three"]);
  ana.select(1, ana.state.doc.content.size - 1);
  ana.press("Bullet");
  ana.check();
  ana.find("two");
  ana.press("Tab");
  ana.check();
  ana.press("Enter");
  ana.type("two and a half");
  ana.check();
  ana.press("Shift-Tab");
  ana.check();
  expect(String(ana.state.doc)).toBe(
    'doc(bulletList(listItem(paragraph("one"), bulletList(listItem(paragraph("two")))), ' +
      'listItem(paragraph("two and a half")), listItem(paragraph("three"))))',
  );
});

test("Delete at the end of an item takes the next one's words, its children and nothing else", () => {
  const ana = desk(
    ["paragraph", "one"],
    ["paragraph", "two"],
    ["paragraph", "three"],
    ["paragraph", "after"],
  );
  ana.find("three");
  const end = ana.state.selection.from;
  ana.select(1, end);
  ana.press("Bullet");
  for (const word of ["two", "three", "three"]) {
    ana.find(word);
    ana.press("Tab");
  }
  expect(String(ana.state.doc)).toContain(
    'listItem(paragraph("two"), bulletList(listItem(paragraph("three"))))',
  );
  ana.find("one");
  ana.press("Delete");
  ana.check();
  expect(String(ana.state.doc)).toBe(
    'doc(bulletList(listItem(paragraph("onetwo"), bulletList(listItem(paragraph("three"))))), paragraph("after"))',
  );
  ana.find("three");
  ana.press("Delete");
  ana.check();
  expect(ana.text).toBe("onetwo|threeafter");
});

test("one lists while another quotes the same lines: both hold, nothing is lost", () => {
  const { ana, bo, meet } = apart(["paragraph", "one"], ["paragraph", "two"]);
  ana.select(1, ana.state.doc.content.size - 1);
  ana.press("Bullet");
  bo.select(1, bo.state.doc.content.size - 1);
  bo.press("Quote");
  meet();
  expect(ana.text).toBe("one|two");
});

test("marks of what is typed are those of the view, at both edges of a bold word", () => {
  const ana = desk(["paragraph", "plain bold plain"]);
  ana.find("bold", "select");
  ana.press("Bold");
  ana.check();
  ana.find("bold");
  ana.press("Bold");
  ana.type("!");
  ana.check();
  ana.find(" plain", "before");
  ana.press("Bold");
  ana.type("?");
  ana.check();
  ana.find("bold", "select");
  ana.press("Italic");
  ana.press("Enter");
  ana.check();
});

test("typing on at the end of words in italics stays in italics, at every letter", () => {
  const start = new Y.Doc();
  const block = (id: string, text: string, marks = {}) => ({
    id,
    type: "paragraph",
    attrs: {},
    in: null,
    content: [{ text, marks }],
  });
  const blocks = [block("a", "one"), block("b", "slanted", { italic: true }), block("c", "two")];
  writeBody(start, { containers: new Map(), blocks } as unknown as Body);
  const ana = new Desk(makeId, 7, Y.encodeStateAsUpdate(start));
  ana.find("slanted");
  for (const letter of " words") ana.type(letter);
  expect(String(ana.state.doc)).toContain('italic("slanted words")');
});

test("what a code block hides comes back when it is a paragraph again", () => {
  const ana = desk(["paragraph", "so loud here"]);
  ana.find("loud", "select");
  ana.press("Bold");
  ana.press("Code");
  ana.check();
  expect(String(ana.state.doc)).toBe('doc(codeBlock("so loud here"))');
  ana.press("Paragraph");
  ana.check();
  expect(String(ana.state.doc)).toContain('bold("loud")');
});

test("undo takes back my edit only, and leaves what others typed into it", () => {
  const { ana, bo, meet } = apart(["paragraph", "one two"]);
  ana.find("one");
  ana.press("Quote");
  meet();
  bo.find("two");
  bo.type(" three");
  meet();
  ana.undoManager.undo();
  meet();
  expect(String(ana.state.doc)).toBe('doc(paragraph("one two three"))');
  ana.undoManager.redo();
  meet();
  expect(String(ana.state.doc)).toBe('doc(blockquote(paragraph("one two three")))');
});

test("a remote edit in my block leaves my caret between its characters", () => {
  const { ana, bo, meet } = apart(["paragraph", "one two three"]);
  ana.find("one two");
  bo.find("one", "before");
  bo.type("zero ");
  bo.find("three", "select");
  bo.press("Heading");
  meet();
  ana.type("!");
  expect(ana.text).toBe("zero one two! three");
});

test("a block of a newer version is shown, kept and passed on", () => {
  const ana = desk(["paragraph", "before"], ["kanban", "cards"], ["paragraph", "after"]);
  ana.check();
  ana.find("before");
  ana.press("Enter");
  ana.check();
  expect(shape(ana)).toContain("kanban:cards");
});

test("opening a page writes nothing", () => {
  const start = page(["heading", "Goal"], ["paragraph", ""]);
  const ana = new Desk(makeId, 9, start);
  ana.select(1);
  expect(Y.encodeStateVector(ana.doc)).toEqual(Y.encodeStateVectorFromUpdate(start));
});

test("an error while pushing draws the view anew from the text, and the next word is kept", () => {
  const ana = desk(["paragraph", "one"]);
  ana.find("one");
  const text = ana.doc.getText("body");
  const insert = text.insert.bind(text);
  text.insert = () => {
    throw new Error("injected");
  };
  ana.type("lost");
  text.insert = insert;
  ana.type(" kept");
  expect(ana.text).toContain("kept");
  expect(readBody(ana.doc).blocks[0]?.content).toEqual([{ text: ana.text }]);
  expect(ana.errors.length).toBe(1);
});

/** The page as one string, bold words between stars. */
const marked = (each: Desk) =>
  blocksOf(each)
    .map(({ content }) =>
      content
        .map((run) => {
          const words = "text" in run ? run.text : "/";
          return run.marks ? `*${words}*` : words;
        })
        .join(""),
    )
    .join("|");

/** Somebody at a page of two lines, the first with a bold word in it. */
function atBold(before: string, bold: string, after: string): Desk {
  const doc = new Y.Doc();
  const line = (id: string, content: Block["content"]) => ({
    id,
    type: "paragraph",
    attrs: {},
    in: null,
    content,
  });
  const runs = [{ text: before }, { text: bold, marks: { bold: true } }, { text: after }];
  const blocks = [line("a", runs), line("b", [{ text: "next" }]), line("c", [{ text: "last" }])];
  writeBody(doc, { containers: new Map(), blocks } as unknown as Body);
  return new Desk(makeId, undefined, Y.encodeStateAsUpdate(doc));
}

test("deleting at the end of a bold word makes nothing else bold", () => {
  const ana = atBold("plain ", "boldword", " after");
  ana.find("bold");
  ana.type("X");
  ana.find("word", "select");
  ana.dispatch(ana.state.tr.deleteSelection());
  ana.check();
  expect(marked(ana)).toBe("plain *boldX* after|next|last");
  ana.find("boldX");
  ana.type("Y");
  const { from } = ana.state.selection;
  ana.dispatch(ana.state.tr.delete(from - 1, from));
  ana.check();
  expect(marked(ana)).toBe("plain *boldX* after|next|last");
});

test("a break within bold words is as bold as they are", () => {
  const ana = atBold("one ", "bold", " word");
  ana.find("bo");
  ana.type("x");
  ana.dispatch(ana.state.tr.replaceSelectionWith(schema.node("hardBreak"), true));
  ana.check();
  expect(marked(ana)).toBe("one *box**/**ld* word|next|last");
});

test("a quote that is split and put into a callout in one go stands in it with both halves", () => {
  const ana = desk(["paragraph", "one"], ["paragraph", "two"]);
  ana.select(1, ana.state.doc.content.size - 1);
  ana.press("Quote");
  const { tr } = ana.state;
  tr.split(1 + ana.state.doc.firstChild!.firstChild!.nodeSize, 1);
  const range = tr.doc
    .resolve(2)
    .blockRange(tr.doc.resolve(tr.doc.content.size - 2), (node) => node.type.name === "doc");
  ana.dispatch(tr.wrap(range!, [{ type: schema.nodes["callout"]! }]));
  ana.check();
  expect(String(ana.state.doc)).toBe(
    'doc(callout(blockquote(paragraph("one")), blockquote(paragraph("two"))))',
  );
});

test("words typed over others are not torn by what somebody types before one of those", () => {
  const { ana, bo, meet } = apart(["paragraph", "word third end"]);
  ana.find("word third", "select");
  ana.type("would");
  bo.find("third", "before");
  bo.type("very ");
  meet();
  expect(ana.text).toContain("would");
  expect(ana.text).toContain("very ");
});
