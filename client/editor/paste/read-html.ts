import {
  blockId,
  containerId,
  type ColumnId,
  type ContainerId,
  type RowId,
} from "../../../shared/base/ids.ts";
import type {
  Atom,
  Attrs,
  Block,
  Body,
  Container,
  Inline,
  Marks,
  Table,
} from "../../../shared/body/blocks.ts";
import { alertOf, boxOf, isPlainTitle, type PastedBox } from "./boxes.ts";
import { codeOf } from "./code-text.ts";
import { gridOf } from "./grid.ts";
import { Line } from "./line.ts";
import { marksOf } from "./marks.ts";
import { findNotes, type Notes } from "./notes.ts";
import { oneLine } from "./one-line.ts";
import { pictureOf } from "./picture.ts";
import { isHidden, keepsSpace } from "./style.ts";
import { takeTask, taskSign } from "./tasks.ts";
import { codeFromLines } from "./tidy.ts";
import { untangleWord } from "./word.ts";

/**
 * HTML of any origin as a body: everything in it becomes a block that says the same, looks are dropped, and every
 * word that was seen stays. Takes the elements for its own: they are changed.
 */
export function readHtml(root: HTMLElement, makeId: () => string): Body {
  untangleWord(root);
  const reader = new HtmlReader(findNotes(root), makeId);
  reader.read(root);
  return codeFromLines({ blocks: reader.blocks, containers: reader.containers });
}

/** What holds of the text at a place. */
type Place = {
  readonly inside: ContainerId | null;
  readonly block: { readonly type: string; readonly attrs: Attrs };
  readonly marks: Marks;
  /** Whether spaces and line ends count. */
  readonly keeps: boolean;
};

const paragraph = { type: "paragraph", attrs: {} };
const start: Place = { inside: null, block: paragraph, marks: {}, keeps: false };

const blockTags = new Set(
  "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form header hgroup hr legend li main menu nav ol p pre search section summary table tbody td tfoot th thead tr ul".split(
    " ",
  ),
);

class HtmlReader {
  readonly blocks: Block[] = [];
  readonly containers = new Map<ContainerId, Container>();
  readonly #makeId: () => string;
  readonly #notes: Notes;
  /** What notes are called; one list for the reader and those of the cells. */
  readonly #noteIds: ContainerId[];
  readonly #line = new Line();
  /** Where the line stands that is being read. */
  #place: Place = start;

  constructor(notes: Notes, makeId: () => string, noteIds: ContainerId[] = []) {
    this.#notes = notes;
    this.#makeId = makeId;
    this.#noteIds = noteIds;
  }

  read(root: Element): void {
    this.#children(root, start);
    this.#end();
  }

  #children(element: Element, place: Place): void {
    for (const child of element.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) this.#text(child.textContent ?? "", place);
      else if (child instanceof Element && !isHidden(child)) this.#element(child, place);
    }
  }

  #text(text: string, place: Place): void {
    this.#place = place;
    this.#line.text(text, place.marks, place.keeps);
  }

  #atom(atom: Atom, place: Place): void {
    this.#place = place;
    const { code: _, ...marks } = place.marks;
    this.#line.atom(atom, marks);
  }

  #element(element: Element, outer: Place): void {
    const { references, bodies, signs } = this.#notes;
    const reference = references.get(element);
    if (reference !== undefined) return this.#atom({ type: "footnote", to: this.#noteId(reference) }, outer);
    if (signs.has(element)) return;
    const note = bodies.get(element);
    if (note) return this.#note(element, note, outer);
    const place = {
      ...outer,
      marks: marksOf(element, outer.marks),
      keeps: keepsSpace(element) ?? outer.keeps,
    };
    if (element.localName === "br") return this.#atom({ type: "break" }, place);
    if (element.localName === "img") return this.#image(element, place);
    if (isPermalink(element)) return;
    if (/^h[1-6]$/.test(element.localName) || element.getAttribute("role") === "heading")
      return this.#heading(element, place);
    if (!blockTags.has(element.localName)) return this.#phrase(element, place);
    this.#end();
    this.#block(element, place);
    this.#end();
  }

  #phrase(element: Element, place: Place): void {
    const text = element.textContent ?? "";
    const isRaised = /^su[bp]$/.test(element.localName) && place.marks["code"] === undefined;
    const raised = isRaised ? raisedText(element.localName, text) : null;
    if (raised !== null) this.#text(raised, place);
    else this.#children(element, place);
  }

  #block(element: Element, place: Place): void {
    const code = codeOf(element);
    if (code) return this.#add("code", code.lang ? { lang: code.lang } : {}, place, code.text);
    const box = boxOf(element);
    if (box) return this.#box(element, box, place);
    switch (element.localName) {
      case "hr":
        return this.#isOverNotes(element) ? undefined : this.#add("rule", {}, place, "");
      case "ul":
      case "ol":
      case "menu":
        return this.#list(element, place);
      case "table":
        return this.#table(element, place);
      case "figure":
        return this.#figure(element, place);
      case "li":
        return this.#children(element, { ...place, inside: this.#item(element, "bullet", place) });
      case "dt":
        return this.#children(element, { ...place, marks: { ...place.marks, bold: true } });
      default:
        if (element.matches(".tabbed-set")) return this.#tabs(element, place);
        return this.#children(element, place);
    }
  }

  #heading(element: Element, place: Place): void {
    this.#end();
    const level =
      Number(/^h([1-6])$/.exec(element.localName)?.[1] ?? element.getAttribute("aria-level")) || 2;
    const { bold: _, ...marks } = place.marks;
    const block = { type: "heading", attrs: { level: Math.min(6, Math.max(1, level)) } };
    this.#children(element, { ...place, marks, block });
    this.#end();
  }

  #list(list: Element, place: Place): void {
    const kind = list.localName === "ol" ? "ordered" : "bullet";
    const first = list.querySelector("li")?.getAttribute("value") ?? list.getAttribute("start");
    const open: { level: number; item: ContainerId }[] = [];
    let isFirst = true;
    for (const child of childrenOf(list)) {
      const inside = open.at(-1)?.item ?? place.inside;
      if (isHidden(child) || child.localName === "br") continue;
      // Not in an item, as it should be, but beside it: the list belongs to the item before.
      if (/^(?:ul|ol|menu)$/.test(child.localName)) {
        this.#list(child, { ...place, inside });
        continue;
      }
      const note = this.#notes.bodies.get(child);
      if (note) this.#note(child, note, place);
      if (note) continue;
      const level = Number(child.getAttribute("aria-level")) || 1;
      while (open.length > 0 && open.at(-1)!.level >= level) open.pop();
      const within = { ...place, inside: open.at(-1)?.item ?? place.inside };
      const begins = isFirst && kind === "ordered" ? { start: Number(first ?? 1) || 1 } : {};
      const item = this.#item(child, kind, within, begins);
      open.push({ level, item });
      isFirst = false;
    }
  }

  /** Reads an item; answers its container. */
  #item(element: Element, list: string, place: Place, begins: Attrs = {}): ContainerId {
    const task = takeTask(element);
    const kind = task ? taskAttrs(task) : { list, ...begins };
    const first = this.blocks.length;
    const item = this.#filled("item", kind, place, (inside) => this.#children(element, inside));
    this.#task(item, first, task !== null);
    return item;
  }

  /** An item whose text begins with a box is a task, too; one that is done need not be struck through. */
  #task(item: ContainerId, first: number, isTask: boolean): void {
    const block = this.blocks[first]!;
    const [run, ...rest] = block.content;
    const sign = isTask || !run || !("text" in run) ? null : taskSign(run.text);
    if (sign) this.containers.set(item, { ...this.containers.get(item)!, attrs: taskAttrs(sign) });
    const text = sign && run && "text" in run ? run.text.slice(sign.length) : "";
    const content = sign ? [...(text ? [{ ...run!, text }] : []), ...rest] : block.content;
    const isDone = this.containers.get(item)!.attrs["checked"] === true;
    this.blocks[first] = { ...block, content: isDone ? withoutCommon("strike", content) : content };
  }

  #box(element: Element, box: PastedBox, place: Place): void {
    const type = box.kind === "quote" ? {} : { type: box.type };
    const open = box.isOpen ? { open: true } : {};
    const first = this.blocks.length;
    const container = this.#filled(box.kind, { ...type, ...open }, place, (inside) => {
      if (box.title) this.#title(box.title, box, inside);
      box.title?.remove();
      this.#children(element, inside);
    });
    if (box.kind === "quote") this.#alert(container, first);
  }

  #title(title: Element, box: PastedBox, place: Place): void {
    if (box.kind === "callout" && isPlainTitle(title, box.type)) return;
    this.#children(title, { ...place, block: { type: "title", attrs: {} } });
    this.#end();
  }

  /** A quote that begins with the sign of a callout is one. */
  #alert(quote: ContainerId, first: number): void {
    const block = this.blocks[first];
    const [run, next, ...rest] = block?.content ?? [];
    const type = run && "text" in run ? alertOf(run.text) : null;
    if (!block || type === null || (next && !("atom" in next && next.atom.type === "break"))) return;
    this.containers.set(quote, { ...this.containers.get(quote)!, kind: "callout", attrs: { type } });
    const isLast = rest.length === 0 && this.blocks[first + 1]?.in === quote;
    this.blocks.splice(first, 1, ...(isLast ? [] : [{ ...block, content: rest }]));
  }

  #tabs(element: Element, place: Place): void {
    const labels = element.querySelectorAll(":scope > .tabbed-labels label, :scope > label");
    const panes = element.querySelectorAll(
      ":scope > .tabbed-content > .tabbed-block, :scope > .tabbed-content:not(:has(> .tabbed-block))",
    );
    if (labels.length !== panes.length) return this.#children(element, place);
    panes.forEach((pane, n) =>
      this.#filled("tab", {}, place, (inside) => {
        this.#children(labels[n]!, { ...inside, block: { type: "title", attrs: {} } });
        this.#end();
        this.#children(pane, inside);
      }),
    );
  }

  #figure(element: Element, place: Place): void {
    const images = element.querySelectorAll("img");
    const caption = element.querySelector("figcaption");
    const picture = images.length === 1 ? pictureOf(images[0]!) : null;
    const words = (each: Element | null) => (each?.textContent ?? "").trim();
    if (!picture || typeof picture === "string" || words(element) !== words(caption))
      return this.#children(element, place);
    const { src, alt, dark } = picture;
    const attrs = { src, ...(alt ? { alt } : {}), ...(dark ? { dark } : {}) };
    const before = this.blocks.length;
    if (caption) this.#children(caption, { ...place, block: { type: "figure", attrs } });
    this.#end();
    if (this.blocks.length === before) this.#add("figure", attrs, place, "");
  }

  #image(element: Element, place: Place): void {
    const picture = pictureOf(element);
    if (picture === null) return;
    if (typeof picture === "string") return this.#text(picture, place);
    const { src, alt, title } = picture;
    this.#atom({ type: "image", src, alt, ...(title ? { title } : {}) }, place);
  }

  #table(element: Element, place: Place): void {
    const caption = element.querySelector(":scope > caption");
    if (caption) this.#children(caption, place);
    this.#end();
    const { columns, rows } = gridOf(element);
    const cells = rows.flat().filter((cell) => cell !== null);
    // A table of one cell is how pages were laid out, and how boxes are made in documents.
    if (cells.length === 1) return this.#children(cells[0]!, place);
    if (cells.length === 0) return;
    const table: Table = {
      columns: columns.map((align) => ({ id: this.#makeId() as ColumnId, align })),
      rows: rows.map((row, n) => ({
        id: this.#makeId() as RowId,
        cells: row.map((cell) => this.#cell(cell, n === 0, place)),
      })),
    };
    this.blocks.push({ ...this.#newBlock("table", {}, place), table });
  }

  #cell(cell: Element | null, isHead: boolean, place: Place): readonly Inline[] {
    if (!cell) return [];
    const reader = new HtmlReader(this.#notes, this.#makeId, this.#noteIds);
    reader.#children(cell, { ...start, marks: marksOf(cell, place.marks) });
    reader.#end();
    const line = oneLine(reader);
    // A head is bold by itself.
    return isHead || cell.localName === "th" ? withoutCommon("bold", line) : line;
  }

  #note(element: Element, note: { number: number; label: string }, place: Place): void {
    this.#end();
    const id = this.#noteId(note.number);
    this.#filled(
      "footnote",
      { label: note.label },
      { ...place, inside: null },
      (inside) => {
        this.#children(element, inside);
      },
      id,
    );
  }

  /** Whether a line only parts the text from its notes. */
  #isOverNotes(rule: Element): boolean {
    const next = rule.nextElementSibling;
    return next !== null && [...this.#notes.bodies.keys()].some((note) => next.contains(note));
  }

  #noteId(number: number): ContainerId {
    return (this.#noteIds[number] ??= this.#newContainerId());
  }

  /** A container with what is read into it; a container exists by the blocks in it. */
  #filled(
    kind: string,
    attrs: Attrs,
    place: Place,
    fill: (inside: Place) => void,
    id = this.#newContainerId(),
  ): ContainerId {
    this.#end();
    this.containers.set(id, { id, kind, attrs, in: place.inside });
    const first = this.blocks.length;
    const inside = { ...place, inside: id, block: paragraph };
    fill(inside);
    this.#end();
    if (this.blocks.length === first) this.blocks.push(this.#newBlock("paragraph", {}, inside));
    return id;
  }

  #newContainerId(): ContainerId {
    return containerId.parse(this.#makeId());
  }

  #newBlock(type: string, attrs: Attrs, { inside }: Place): Block {
    return { id: blockId.parse(this.#makeId()), type, attrs, in: inside, content: [] };
  }

  #add(type: string, attrs: Attrs, place: Place, text: string): void {
    this.blocks.push({ ...this.#newBlock(type, attrs, place), content: text === "" ? [] : [{ text }] });
  }

  /** Ends the line that is being read: what is in it is a block. */
  #end(): void {
    const { type, attrs } = this.#place.block;
    for (const content of this.#line.take())
      this.blocks.push({ ...this.#newBlock(type, attrs, this.#place), content });
    this.#place = start;
  }
}

/** The elements in a list; words that stand between them in elements of their own. */
function childrenOf(list: Element): Element[] {
  for (const child of list.childNodes) {
    if (child.nodeType !== Node.TEXT_NODE || child.textContent?.trim() === "") continue;
    const words = list.ownerDocument.createElement("span");
    child.replaceWith(words);
    words.append(child);
  }
  return [...list.children];
}

const taskAttrs = ({ isDone }: { isDone: boolean }): Attrs => ({
  list: "task",
  ...(isDone ? { checked: true } : {}),
});

/** A line without a mark that all of it has. */
function withoutCommon(mark: string, line: readonly Inline[]): readonly Inline[] {
  const isText = (run: Inline) => "text" in run && run.text.trim() !== "";
  if (!line.filter(isText).every((run) => run.marks?.[mark] !== undefined)) return line;
  return line.map((run) => {
    const { [mark]: _, ...marks } = run.marks ?? {};
    const { marks: _marks, ...bare } = run;
    return Object.keys(marks).length > 0 ? { ...bare, marks } : bare;
  });
}

/** Signs that sites put beside headings, to be linked to. */
const isPermalink = (element: Element): boolean =>
  element.localName === "a" && /\b(?:headerlink|anchor|hash-link|permalink)\b/.test(element.className);

const raised: { readonly [tag: string]: string } = { sup: "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ", sub: "₀₁₂₃₄₅₆₇₈₉₊₋₍₎ₙ" };

/** Raised or lowered figures have letters of their own: 10² must not become 102. Null for other text. */
function raisedText(tag: string, text: string): string | null {
  const plain = "0123456789+-()n";
  if (!/^[\d+()n-]+$/.test(text)) return null;
  return Array.from(text, (sign) => raised[tag]?.[plain.indexOf(sign)] ?? sign).join("");
}
