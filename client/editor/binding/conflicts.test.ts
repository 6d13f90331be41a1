import { expect, test } from "vitest";
import * as Y from "yjs";
import type { Body } from "../../../shared/body/blocks.ts";
import { mendDoubles } from "../../../shared/body/doubles.ts";
import { writeBody } from "../../../shared/body/format.ts";
import { Desk } from "./desk.stage.ts";

/*
 * What becomes of a page when two people do two things to it at once: the table of docs/format.md.
 */

const start = (() => {
  const doc = new Y.Doc();
  const blocks = ["one two three", "four five six", "seven"].map((text, n) => ({
    id: `b${n}`,
    type: "paragraph",
    attrs: {},
    in: null,
    content: [{ text }],
  }));
  writeBody(doc, { containers: new Map(), blocks } as unknown as Body);
  return Y.encodeStateAsUpdate(doc);
})();

let made = 0;
const makeId = () => `n${(made += 1)}`;
const before = (desk: Desk, words: string) => desk.find(words, "before");
const line = (desk: Desk, words: string, key: Parameters<Desk["press"]>[0]) => {
  desk.find(words);
  desk.press(key);
};

/** What two people do without having heard of each other, and the page that both see afterwards. */
function both(one: (desk: Desk) => void, other: (desk: Desk) => void): string[] {
  return [
    [1, 2],
    [2, 1],
  ].map(([first, second]) => {
    const [ana, bo] = [new Desk(makeId, first, start), new Desk(makeId, second, start)];
    one(ana);
    other(bo);
    const [a, b] = [Y.encodeStateAsUpdate(ana.doc), Y.encodeStateAsUpdate(bo.doc)];
    ana.receive(b);
    bo.receive(a);
    ana.check();
    bo.check();
    expect(String(ana.state.doc)).toBe(String(bo.state.doc));
    return String(ana.state.doc);
  });
}

const rest = 'paragraph("four five six"), paragraph("seven")';

test("typing in a block while it becomes a heading gives both", () => {
  for (const page of both(
    (ana) => line(ana, "two", "Heading"),
    (bo) => (bo.find("two"), bo.type(" and a half")),
  ))
    expect(page).toBe(`doc(heading("one two and a half three"), ${rest})`);
});

test("splitting a block in two places gives three", () => {
  for (const page of both(
    (ana) => line(ana, "one", "Enter"),
    (bo) => line(bo, "two", "Enter"),
  ))
    expect(page).toBe(`doc(paragraph("one"), paragraph(" two"), paragraph(" three"), ${rest})`);
});

test("splitting a block while it becomes a heading makes the first half the heading", () => {
  for (const page of both(
    (ana) => line(ana, "two", "Enter"),
    (bo) => line(bo, "two", "Heading"),
  ))
    expect(page).toBe(`doc(heading("one two"), paragraph(" three"), ${rest})`);
});

test("quoting a line while it is listed puts it into one of the two", () => {
  for (const page of both(
    (ana) => line(ana, "two", "Quote"),
    (bo) => line(bo, "two", "Bullet"),
  ))
    expect([
      `doc(blockquote(paragraph("one two three")), ${rest})`,
      `doc(bulletList(listItem(paragraph("one two three"))), ${rest})`,
    ]).toContain(page);
});

test("joining two blocks while somebody types in the second keeps what was typed", () => {
  for (const page of both(
    (ana) => (before(ana, "four"), ana.press("Backspace")),
    (bo) => (bo.find("five"), bo.type("!")),
  ))
    expect(page).toBe('doc(paragraph("one two threefour five! six"), paragraph("seven"))');
});

test("what is typed in a block that another deletes stands at the end of the block before", () => {
  for (const page of both(
    (ana) => {
      ana.find("four five six", "select");
      ana.press("Backspace");
      ana.press("Backspace");
    },
    (bo) => (bo.find("five"), bo.type("!")),
  ))
    expect(page).toBe('doc(paragraph("one two three!"), paragraph("seven"))');
});

test("a line made by Enter while another quotes, or lists, the line that it comes from goes along", () => {
  for (const key of ["Quote", "Bullet"] as const)
    for (const page of both(
      (ana) => line(ana, "two", "Enter"),
      (bo) => line(bo, "one", key),
    ))
      expect(page).toBe(
        key === "Quote"
          ? `doc(blockquote(paragraph("one two"), paragraph(" three")), ${rest})`
          : `doc(bulletList(listItem(paragraph("one two"), paragraph(" three"))), ${rest})`,
      );
});

test("an empty line put before another while that is quoted goes along, too", () => {
  for (const page of both(
    (ana) => (before(ana, "four"), ana.press("Enter")),
    (bo) => line(bo, "five", "Quote"),
  ))
    expect(page).toBe(
      'doc(paragraph("one two three"), blockquote(paragraph, paragraph("four five six")), paragraph("seven"))',
    );
});

test("an item made by Enter while another indents the item that it comes from is indented, too", () => {
  const listed = new Desk(makeId, 3, start);
  for (const words of ["one", "four"]) line(listed, words, "Bullet");
  const list = Y.encodeStateAsUpdate(listed.doc);
  const [ana, bo] = [new Desk(makeId, 1, list), new Desk(makeId, 2, list)];
  line(ana, "five", "Enter");
  line(bo, "five", "Tab");
  ana.receive(Y.encodeStateAsUpdate(bo.doc));
  bo.receive(Y.encodeStateAsUpdate(ana.doc));
  for (const desk of [ana, bo]) {
    desk.check();
    expect(String(desk.state.doc)).toBe(
      'doc(bulletList(listItem(paragraph("one two three"), bulletList(listItem(paragraph("four five")), ' +
        'listItem(paragraph(" six"))))), paragraph("seven"))',
    );
  }
});

test("a line stays where it is though the line that it came from was cut, and is pasted into a quote", () => {
  const [ana, bo] = [new Desk(makeId, 1, start), new Desk(makeId, 2, start)];
  line(bo, "four", "Enter");
  const [block] = ana.state.doc.children.filter((each) => each.textContent === "four five six");
  ana.dispatch(ana.state.tr.delete(15, 15 + block!.nodeSize));
  ana.receive(Y.encodeStateAsUpdate(bo.doc));
  ana.check();
  line(ana, "one", "Quote");
  ana.dispatch(ana.state.tr.insert(1, block!));
  ana.check();
  expect(String(ana.state.doc)).toBe(
    'doc(blockquote(paragraph("four five six"), paragraph("one two three")), paragraph, paragraph("seven"))',
  );
});

test("a callout that another's quote cut in two pieces changes in the piece that is changed, and not in the other", () => {
  const [ana, bo] = [new Desk(makeId, 1, start), new Desk(makeId, 2, start)];
  const wrap = (desk: Desk, from: string, to: string, name: string) => {
    desk.find(from, "before");
    const begin = desk.state.selection.$from;
    desk.find(to);
    const range = begin.blockRange(desk.state.doc.resolve(desk.state.selection.to))!;
    desk.dispatch(desk.state.tr.wrap(range, [{ type: desk.state.schema.nodes[name]! }]));
  };
  wrap(ana, "one", "seven", "callout");
  wrap(bo, "four", "six", "blockquote");
  ana.receive(Y.encodeStateAsUpdate(bo.doc));
  ana.check();
  const kinds = () => ana.state.doc.children.map((node) => String(node.attrs["type"] ?? "-"));
  expect(kinds()).toEqual(["note", "-", "note"]);
  ana.dispatch(ana.state.tr.setNodeAttribute(0, "type", "danger"));
  ana.check();
  expect(kinds()).toEqual(["danger", "-", "note"]);
});

test("whoever quotes one line on purpose leaves those that came from it where they stand", () => {
  const ana = new Desk(makeId, 1, start);
  line(ana, "one", "Enter");
  line(ana, "one", "Quote");
  ana.check();
  expect(String(ana.state.doc)).toBe(`doc(blockquote(paragraph("one")), paragraph(" two three"), ${rest})`);
  ana.undoManager.undo();
  ana.check();
  expect(String(ana.state.doc)).toContain('paragraph("one"), paragraph(" two three")');
});

test("what is cut and pasted is the block that it was; pasted once more, it is another", () => {
  const ana = new Desk(makeId, 1, start);
  const [block] = ana.state.doc.children;
  ana.dispatch(ana.state.tr.delete(0, block!.nodeSize));
  ana.dispatch(ana.state.tr.insert(ana.state.doc.content.size, block!));
  ana.dispatch(ana.state.tr.insert(ana.state.doc.content.size, block!));
  ana.check();
  expect(String(ana.state.doc)).toBe(`doc(${rest}, paragraph("one two three"), paragraph("one two three"))`);
  expect(ana.state.doc.children.map(({ attrs }) => attrs["id"] === "b0")).toEqual([
    false,
    false,
    true,
    false,
  ]);
});

test("a copy of what somebody else deletes meanwhile, and brings back, is not taken for its double", () => {
  const [ana, bo] = [new Desk(makeId, 1, start), new Desk(makeId, 2, start)];
  const [, copied] = ana.state.doc.children;
  before(bo, "four");
  bo.press("Backspace");
  ana.receive(Y.encodeStateAsUpdate(bo.doc));
  expect(ana.text).toBe("one two threefour five six|seven");
  ana.dispatch(ana.state.tr.insert(ana.state.doc.content.size, copied!));
  bo.undoManager.undo();
  ana.receive(Y.encodeStateAsUpdate(bo.doc));
  expect(mendDoubles(ana.doc)).toBe(false);
  ana.check();
  expect(String(ana.state.doc)).toBe(`doc(paragraph("one two three"), ${rest}, paragraph("four five six"))`);
});
