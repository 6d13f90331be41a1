import * as Y from "yjs";

/*
 * A page with one of every kind of block, as any program may write it (docs/format.md).
 */

type Attributes = { readonly [name: string]: string | number | boolean };
type Run = string | { readonly atom: Attributes } | { readonly text: string; readonly marks: object };
type Block = { type: string; in?: string; runs?: readonly Run[] } & { attrs?: Attributes };

const containers: { readonly [id: string]: Attributes } = {
  quote: { kind: "quote" },
  bullet: { kind: "item", list: "bullet" },
  inner: { kind: "item", list: "ordered", start: 3, in: "bullet" },
  todo: { kind: "item", list: "task" },
  done: { kind: "item", list: "task", checked: true },
  plainNote: { kind: "callout", type: "note" },
  warning: { kind: "callout", type: "warning" },
  bare: { kind: "callout", type: "danger" },
  own: { kind: "callout", type: "folklore" },
  question: { kind: "collapsible", type: "question" },
  untitled: { kind: "collapsible", type: "example", open: true },
  pip: { kind: "tab" },
  conda: { kind: "tab" },
  nameless: { kind: "tab" },
  note: { kind: "footnote", label: "wheel" },
};

const blocks: readonly Block[] = [
  {
    type: "properties",
    runs: ["description: Who builds what, and for whom\nauthors:\n  - Ana # and others"],
  },
  { type: "heading", attrs: { level: 1 }, runs: ["Every kind of block"] },
  {
    type: "paragraph",
    runs: [
      "A wheel says which library it needs,",
      { atom: { type: "footnote", to: "note" } },
      " and nothing about ",
      { text: "how it was built", marks: { bold: true } },
      ". See ",
      { text: "pip install", marks: { code: true } },
      " and ",
      { text: "the index", marks: { link: { href: "https://example.org/" } } },
      ".",
      { atom: { type: "break" } },
      "A line after a break, with ",
      { atom: { type: "html", source: "<kbd>Ctrl</kbd>" } },
      ".",
    ],
  },
  { type: "heading", attrs: { level: 2 }, runs: ["Told from the text around"] },
  { type: "paragraph", in: "quote", runs: ["We rebuild everything, every time."] },
  { type: "paragraph", in: "plainNote", runs: ["A note without a title of its own."] },
  { type: "title", in: "warning", runs: ["Compilers are not on every machine"] },
  { type: "paragraph", in: "warning", runs: ["So a source distribution that builds here fails there."] },
  { type: "title", in: "bare" },
  { type: "paragraph", in: "bare", runs: ["Danger whose title was emptied."] },
  { type: "title", in: "own", runs: ["What people say"] },
  { type: "paragraph", in: "own", runs: ["A kind that is a word of one’s own."] },
  { type: "title", in: "question", runs: ["Why not build everything on the index itself?"] },
  { type: "paragraph", in: "question", runs: ["Because nobody has all the hardware."] },
  { type: "paragraph", in: "untitled", runs: ["An example that is open at first."] },
  { type: "title", in: "pip", runs: ["pip"] },
  { type: "code", in: "pip", attrs: { lang: "bash" }, runs: ["# into this environment\npip install numpy"] },
  { type: "title", in: "conda", runs: ["conda"] },
  { type: "paragraph", in: "conda", runs: ["Ask the solver first."] },
  { type: "paragraph", in: "nameless", runs: ["A tab nobody named."] },
  { type: "heading", attrs: { level: 2 }, runs: ["Lists"] },
  { type: "paragraph", in: "bullet", runs: ["Authors of libraries"] },
  { type: "paragraph", in: "inner", runs: ["who build for six platforms"] },
  { type: "paragraph", in: "todo", runs: ["Ask the distributors"] },
  { type: "paragraph", in: "done", runs: ["Read the standard"] },
  { type: "heading", attrs: { level: 2 }, runs: ["Source and pictures"] },
  {
    type: "code",
    attrs: { lang: "python", meta: 'title="build.py"' },
    runs: ['def build(name: str) -> int:\n    # one wheel\n    return len(f"{name}-1.0.whl") + 42'],
  },
  { type: "code", runs: ["no language here"] },
  { type: "figure", attrs: { src: "asset:gone", alt: "Boxes and arrows" }, runs: ["How a wheel is made"] },
  { type: "raw", runs: ["::: something.unknown\n    option: yes"] },
  { type: "rule" },
  { type: "paragraph", in: "note", runs: ["As the standard for platform tags says."] },
  { type: "paragraph", runs: ["The end."] },
];

/** Writes the page into a document that is in nobody's hands but this one's, over what is there. */
export function writeEveryBlock(doc: Y.Doc): void {
  doc.transact(() => {
    const text = doc.getText("body");
    text.delete(0, text.length);
    const records = doc.getMap<Y.Map<unknown>>("containers");
    for (const [id, attributes] of Object.entries(containers))
      records.set(id, new Y.Map<unknown>(Object.entries(attributes)));
    blocks.forEach((block, n) => write(text, block, `b${n}`));
    writeTable(text);
  });
}

/** Adds a block of a kind that this version does not know. */
export function writeLaterBlock(doc: Y.Doc): void {
  const block = { type: "later-kind", runs: ["A block of a newer version"] };
  doc.transact(() => write(doc.getText("body"), block, "later"));
}

function write(text: Y.Text, block: Block, id: string): void {
  const { type, in: outer, attrs = {}, runs = [] } = block;
  const keys = { type, id, ...(outer === undefined ? {} : { in: outer }), ...attrs };
  text.insertEmbed(text.length, new Y.Map(Object.entries(keys)));
  for (const run of runs) {
    if (typeof run === "string") text.insert(text.length, run, {});
    else if ("atom" in run) text.insertEmbed(text.length, run.atom, {});
    else text.insert(text.length, run.text, run.marks);
  }
}

function writeTable(text: Y.Text): void {
  const lines = (names: readonly string[]) =>
    new Y.Map(names.map((name, n) => [name, new Y.Map([["at", `00000${n}`]])]));
  const cells = new Y.Map<Y.Text>();
  const words = { "r0:c0": "Platform", "r0:c1": "Wheels", "r1:c0": "Linux", "r1:c1": "most" };
  for (const [place, word] of Object.entries(words)) cells.set(place, new Y.Text(word));
  const marker = new Y.Map<unknown>([
    ["type", "table"],
    ["id", "table"],
    ["rows", lines(["r0", "r1"])],
    ["columns", lines(["c0", "c1"])],
    ["cells", cells],
  ]);
  text.insertEmbed(text.length, marker);
}
