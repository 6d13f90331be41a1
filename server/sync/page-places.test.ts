import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { limits } from "../../shared/base/limits.ts";
import { atomTypes, blockTypes, containerKinds, markNames, schemaVersion } from "../../shared/body/schema.ts";
import { markerKeys, recordKeys } from "./format-places.ts";
import { PagePlaces } from "./page-places.ts";
import { isWhole } from "./update/known.ts";
import { walk, type Struct } from "./update/walk.ts";

/* The language: a page with a bit of everything, and what somebody does to it. */

type Map = Y.Map<unknown>;
const mapOf = (entries: object): Map => new Y.Map<unknown>(Object.entries(entries));

/** A heading, a figure and a table in a quote; each by its marker. */
function begin() {
  const doc = new Y.Doc();
  const body = doc.getText("body");
  const heading = mapOf({ type: "heading", id: "b1", level: 2 });
  const figure = mapOf({ type: "figure", id: "b2", src: "a.png" });
  const text = new Y.Text("in a cell");
  const table = mapOf({
    type: "table",
    id: "b3",
    in: "c1",
    rows: mapOf({ r: mapOf({ at: "a" }) }),
    columns: mapOf({ c: mapOf({ at: "a", align: "left" }) }),
    cells: mapOf({ "r:c": text }),
  });
  const quote = mapOf({ kind: "quote" });
  doc.getMap("containers").set("c1", quote);
  doc.getMap("meta").set("schema", schemaVersion);
  body.applyDelta([{ insert: heading }, { insert: "Words" }, { insert: figure }, { insert: table }]);
  const part = (name: string) => table.get(name) as Map;
  return { doc, body, heading, figure, table, quote, text, part };
}

type Page = ReturnType<typeof begin>;

/** What the gate says of an edit of this page, in one transaction; `before`: what somebody did without being judged. */
function judged(act: (page: Page) => void, before: (page: Page) => void = () => {}): string | null {
  const page = begin();
  before(page);
  const places = new PagePlaces(walk(Y.encodeStateAsUpdate(page.doc)));
  return verdictOn(page.doc, places, () => act(page));
}

function verdictOn(doc: Y.Doc, places: PagePlaces, act: () => void): string | null {
  const vector = Y.encodeStateVector(doc);
  doc.transact(act);
  const settled: Struct[] = [];
  isWhole(walk(Y.encodeStateAsUpdate(doc, vector)), { end: (author) => clockIn(vector, author) }, (each) =>
    settled.push(each),
  );
  expect(settled).not.toEqual([]);
  return places.foreignIn(settled);
}

const clockIn = (vector: Uint8Array, author: number) => Y.decodeStateVector(vector).get(author) ?? 0;

/** Puts a plain value into a root as if that were a list. */
function listIn(doc: Y.Doc, root: string): void {
  const other = new Y.Doc();
  other.getArray(root).insert(0, ["x"]);
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
}

const link = (href: string) => ({ link: { href } });

const fine: [string, (page: Page) => void][] = [
  ["characters", ({ body }) => body.insert(3, "typed")],
  ["marks", ({ body }) => body.format(1, 3, { bold: true, ...link("https://example.org/") })],
  ["a mark taken away", ({ body }) => body.insert(2, "x", { italic: null, link: null })],
  ["links to pages", ({ body }) => body.format(1, 3, link("page:abc#x"))],
  ["links to here and to people", ({ body }) => body.format(1, 3, link("mailto:ana@example.org"))],
  ["an atom", ({ body }) => body.insertEmbed(2, { type: "image", src: "b.png", alt: "B" })],
  ["a long piece of source", ({ body }) => body.insertEmbed(2, { type: "html", source: "x".repeat(50_000) })],
  [
    "a block of each type",
    ({ body }) => blockTypes.forEach((type) => body.insertEmbed(1, mapOf({ type, id: type }))),
  ],
  [
    "a block born of another",
    ({ body }) => body.insertEmbed(3, mapOf({ type: "paragraph", id: "n", born: { of: "b1", in: null } })),
  ],
  ["another type and place", ({ heading }) => (heading.set("type", "code"), heading.set("in", "c1"))],
  ["a place at the top", ({ table }) => table.set("in", null)],
  ["another picture", ({ figure }) => (figure.set("src", "asset:a1"), figure.set("dark", "n.png"))],
  ["a key taken away", ({ heading }) => (heading.delete("level"), heading.set("lang", "en"))],
  [
    "a container of each kind",
    ({ doc }) => containerKinds.forEach((kind) => doc.getMap("containers").set(kind, mapOf({ kind }))),
  ],
  ["a container's keys", ({ quote }) => (quote.set("kind", "item"), quote.set("list", "bullet"))],
  ["a new row", ({ part }) => part("rows").set("s", mapOf({ at: "b", gone: true }))],
  ["a moved column", ({ part }) => (part("columns").get("c") as Map).set("at", "zz")],
  ["a second text of a cell", ({ part }) => part("cells").set("r:c:x-1", new Y.Text("more"))],
  [
    "marks and atoms in a cell",
    ({ text }) => (text.format(0, 2, { code: true }), text.insertEmbed(1, { type: "break" })),
  ],
  ["the version that it was written with", ({ doc }) => doc.getMap("meta").set("schema", 1)],
  ["everything deleted", ({ body }) => (body.delete(0, body.length), body.insert(0, "x"))],
];
test.each(fine)("[PLACE-1] each place takes what the format says: %s", (_, act) => {
  expect(judged(act)).toBeNull();
});

const foreign: [string, (page: Page) => void][] = [
  ["an attribute that runs", ({ heading }) => heading.set("onclick", "alert(1)")],
  ["a block of another kind", ({ body }) => body.insertEmbed(0, mapOf({ type: "script", id: "x" }))],
  ["a block turned into another kind", ({ heading }) => heading.set("type", "script")],
  ["an unknown mark", ({ body }) => body.format(0, 2, { onmouseover: true })],
  ["a known mark with a value", ({ body }) => body.format(0, 2, { bold: { style: "x" } })],
  ["a link that runs", ({ body }) => body.format(1, 2, link("javascript:alert(1)"))],
  ["a link that runs, hidden", ({ body }) => body.format(1, 2, link(" java\tscript:alert(1)"))],
  ["a link with more", ({ body }) => body.format(1, 2, { link: { href: "a", target: "_top" } })],
  ["a picture that runs", ({ figure }) => figure.set("src", "javascript:alert(1)")],
  [
    "a picture in the text that runs",
    ({ body }) => body.insertEmbed(1, { type: "image", src: "data:text/html,x" }),
  ],
  ["an unknown atom", ({ body }) => body.insertEmbed(1, { type: "frame" })],
  ["an atom's unknown key", ({ body }) => body.insertEmbed(1, { type: "image", src: "a", onerror: "x" })],
  ["an id that is none", ({ heading }) => heading.set("id", "a b")],
  ["a place that is none", ({ heading }) => heading.set("in", 7)],
  ["a text in a block", ({ heading }) => heading.set("meta", new Y.Text("x"))],
  ["a map in a block", ({ heading }) => heading.set("more", new Y.Map())],
  ["a long value", ({ heading }) => heading.set("lang", "x".repeat(limits.attributeBytes + 1))],
  ["a value of many", ({ heading }) => heading.set("lang", ["a", "b"])],
  ["a plain value in the text", ({ doc }) => listIn(doc, "body")],
  ["a key of the text", ({ body }) => body.setAttribute("x", "y")],
  ["a text in the text", ({ body }) => body.insertEmbed(0, new Y.Text("x"))],
  ["a block in a cell", ({ text }) => text.insertEmbed(0, mapOf({ type: "paragraph", id: "x" }))],
  ["a map as a cell", ({ part }) => part("cells").set("r:d", new Y.Map())],
  ["a cell that is nowhere", ({ part }) => part("cells").set("elsewhere", new Y.Text())],
  ["a text as a row", ({ part }) => part("rows").set("s", new Y.Text())],
  ["a row's unknown key", ({ part }) => (part("rows").get("r") as Map).set("style", "x")],
  ["a plain value among the containers", ({ doc }) => doc.getMap("containers").set("c2", "quote")],
  ["a container of another kind", ({ quote }) => quote.set("kind", "iframe")],
  ["a container's unknown key", ({ quote }) => quote.set("style", "x")],
  ["something in a list of containers", ({ doc }) => listIn(doc, "containers")],
  ["another word about the page", ({ doc }) => doc.getMap("meta").set("title", "x")],
  ["a version that nobody knows", ({ doc }) => doc.getMap("meta").set("schema", schemaVersion + 1)],
];
test.each(foreign)("[PLACE-2] and nothing else: %s", (_, act) => {
  expect(judged(act)).not.toBeNull();
});

test("[PLACE-2] also where it is deleted again in the same update", () => {
  const act = ({ heading }: Page) => (heading.set("onclick", "x"), heading.set("onclick", "y"));
  expect(judged(act)).toContain("onclick");
});

test("[PLACE-3] what the format does not know is taken where the page holds it", () => {
  const unknown = ({ body, heading }: Page) => {
    heading.set("aged", "old");
    body.format(1, 2, { glowing: "red" });
    body.insertEmbed(1, { type: "star", points: 5 });
    body.insertEmbed(1, mapOf({ type: "poem", id: "p", verses: 2 }));
  };
  expect(judged(unknown)).not.toBeNull();
  expect(judged(unknown, unknown)).toBeNull();
  expect(judged(({ heading }) => heading.set("aging", "x"), unknown)).not.toBeNull();
});

test("[PLACE-4] types nest as deep as the format has them, and in what is collected as garbage a bit deeper", () => {
  const page = begin();
  const away = new Y.Doc();
  Y.applyUpdate(away, Y.encodeStateAsUpdate(page.doc));
  page.body.delete(0, page.body.length);
  const places = new PagePlaces(walk(Y.encodeStateAsUpdate(page.doc)));
  const table = away.getText("body").toDelta().at(-1).insert as Map;
  const rows = table.get("rows") as Map;
  expect(verdictOn(away, places, () => rows.set("s", mapOf({ at: "b" })))).toBeNull();
  const deep = (depth: number): Map => (depth === 0 ? mapOf({}) : mapOf({ deeper: deep(depth - 1) }));
  expect(verdictOn(away, places, () => rows.set("t", deep(9)))).toContain("type");
});

test("[PLACE-5] nothing stands between two places", () => {
  const { doc, body, text } = begin();
  const places = new PagePlaces(walk(Y.encodeStateAsUpdate(doc)));
  const [left, right] = [body._start!.id, text._start!.id];
  const struct = { ...walk(Y.encodeStateAsUpdate(doc)).runs[0]![0]!, author: 5, clock: 0, end: 1 };
  const between = { ...struct, content: "string", parent: null, key: null } as const;
  const at = (id: Y.ID) => ({ author: id.client, clock: id.clock });
  expect(places.foreignIn([{ ...between, after: at(left), before: at(right) }])).toContain("between");
  expect(places.foreignIn([{ ...between, after: at(left), before: null }])).toBeNull();
});

test("docs/format.md lists the attributes, marks, atoms and types that are taken", () => {
  const page = readFileSync(new URL("../../docs/format.md", import.meta.url), "utf8");
  const rows = (head: string) =>
    page
      .split(new RegExp(`^\\| ${head} .*\\n\\|[- |]+\\n`, "m"))[1]!
      .split("\n\n")[0]!
      .split("\n")
      .map((row) => row.split("|").map((cell) => cell.trim()));
  const words = (cell: string) => [...cell.matchAll(/`(\w+)`/g)].map(([, word]) => word!);
  const own = ["type", "id", "in", "born"];
  const attributes = rows("type").flatMap(([, , cell]) => words(cell!.replaceAll(/: .*$/g, "")));
  const more = rows("type").flatMap(([, , cell]) =>
    cell!.split("·").flatMap((part) => words(part).slice(0, 3)),
  );
  expect(new Set([...own, ...attributes, ...more])).toEqual(new Set(Object.keys(markerKeys)));
  const ofContainers = rows("kind").flatMap(([, , cell]) =>
    cell!.split("·").flatMap((part) => words(part).slice(0, 1)),
  );
  expect(new Set(["kind", "in", "born", ...ofContainers])).toEqual(new Set(Object.keys(recordKeys)));
  expect(
    rows("type")
      .flatMap(([, cell]) => words(cell!))
      .sort(),
  ).toEqual([...blockTypes].sort());
  expect(
    rows("kind")
      .flatMap(([, cell]) => words(cell!))
      .sort(),
  ).toEqual([...containerKinds].sort());
  for (const name of markNames) expect(page).toContain(`\`${name}\``);
  for (const type of atomTypes) expect(page).toContain(`type: "${type}"`);
});
