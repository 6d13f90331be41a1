import type { ContainerId } from "../../../shared/base/ids.ts";
import type { Body } from "../../../shared/body/blocks.ts";
import { BodyMaker, start, type Place, type Reader } from "./body-maker.ts";
import { boxOf } from "./boxes.ts";
import { codeOf } from "./code-text.ts";
import { marksOf } from "./marks.ts";
import { findNotes, type Notes } from "./notes.ts";
import { pictureOf } from "./picture.ts";
import { raisedText } from "./raised.ts";
import { readBox, readFigure, readTabs } from "./read-box.ts";
import { readItem, readList } from "./read-list.ts";
import { readTable } from "./read-table.ts";
import { isHidden, keepsSpace } from "./style.ts";
import { codeFromLines } from "./tidy.ts";
import { untangleWord } from "./word.ts";

/**
 * HTML of any origin as a body: everything in it becomes a block that says the same, looks are dropped, and every
 * word that was seen stays. Takes the elements for its own: they are changed.
 */
export function readHtml(root: HTMLElement, makeId: () => string): Body {
  untangleWord(root);
  const reader = new HtmlReader(findNotes(root), makeId);
  reader.children(root, start);
  reader.out.end();
  return codeFromLines(reader.out);
}

const blockTags = new Set(
  "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form header hgroup hr legend li main menu nav ol p pre search section summary table tbody td tfoot th thead tr ul".split(
    " ",
  ),
);

class HtmlReader implements Reader {
  readonly out: BodyMaker;
  readonly #notes: Notes;
  /** What notes are called; one list for the reader and those of the cells. */
  readonly #noteIds: ContainerId[];

  constructor(notes: Notes, makeId: () => string, noteIds: ContainerId[] = []) {
    this.out = new BodyMaker(makeId);
    this.#notes = notes;
    this.#noteIds = noteIds;
  }

  inner(): Reader {
    return new HtmlReader(this.#notes, this.out.makeId, this.#noteIds);
  }

  children(element: Element, place: Place): void {
    for (const child of element.childNodes) {
      if (child.nodeType === Node.TEXT_NODE) this.out.text(child.textContent ?? "", place);
      else if (child instanceof Element && !isHidden(child)) this.#element(child, place);
    }
  }

  #element(element: Element, outer: Place): void {
    const { references, signs } = this.#notes;
    const reference = references.get(element);
    if (reference !== undefined)
      return this.out.atom({ type: "footnote", to: this.#noteId(reference) }, outer);
    if (signs.has(element)) return;
    if (this.note(element, outer)) return;
    const place = {
      ...outer,
      marks: marksOf(element, outer.marks),
      keeps: keepsSpace(element) ?? outer.keeps,
    };
    if (element.localName === "br") return this.out.atom({ type: "break" }, place);
    if (element.localName === "img") return this.#image(element, place);
    if (isPermalink(element)) return;
    if (/^h[1-6]$/.test(element.localName) || element.getAttribute("role") === "heading")
      return this.#heading(element, place);
    if (!blockTags.has(element.localName)) return this.#phrase(element, place);
    this.out.end();
    this.#block(element, place);
    this.out.end();
  }

  #phrase(element: Element, place: Place): void {
    const text = element.textContent ?? "";
    const isRaised = /^su[bp]$/.test(element.localName) && place.marks["code"] === undefined;
    const raised = isRaised ? raisedText(element.localName, text) : null;
    if (raised !== null) this.out.text(raised, place);
    else this.children(element, place);
  }

  #block(element: Element, place: Place): void {
    const code = codeOf(element);
    if (code) return this.out.add("code", code.lang ? { lang: code.lang } : {}, place, code.text);
    const box = boxOf(element);
    if (box) return readBox(this, element, box, place);
    switch (element.localName) {
      case "hr":
        return this.#isOverNotes(element) ? undefined : this.out.add("rule", {}, place);
      case "ul":
      case "ol":
      case "menu":
        return readList(this, element, place);
      case "table":
        return readTable(this, element, place);
      case "figure":
        return readFigure(this, element, place);
      case "li":
        return void readItem(this, element, "bullet", place);
      case "dt":
        return this.children(element, { ...place, marks: { ...place.marks, bold: true } });
      default:
        if (element.matches(".tabbed-set")) return readTabs(this, element, place);
        return this.children(element, place);
    }
  }

  #heading(element: Element, place: Place): void {
    this.out.end();
    const level =
      Number(/^h([1-6])$/.exec(element.localName)?.[1] ?? element.getAttribute("aria-level")) || 2;
    const { bold: _, ...marks } = place.marks;
    const block = { type: "heading", attrs: { level: Math.min(6, Math.max(1, level)) } };
    this.children(element, { ...place, marks, block });
    this.out.end();
  }

  #image(element: Element, place: Place): void {
    const picture = pictureOf(element);
    if (picture === null) return;
    if (typeof picture === "string") return this.out.text(picture, place);
    const { src, alt, title } = picture;
    this.out.atom({ type: "image", src, alt, ...(title ? { title } : {}) }, place);
  }

  note(element: Element, place: Place): boolean {
    const note = this.#notes.bodies.get(element);
    if (!note) return false;
    const fill = (inside: Place) => this.children(element, inside);
    const top = { ...place, inside: null };
    this.out.filled("footnote", { label: note.label }, top, fill, this.#noteId(note.number));
    return true;
  }

  /** Whether a line only parts the text from its notes. */
  #isOverNotes(rule: Element): boolean {
    const next = rule.nextElementSibling;
    return next !== null && [...this.#notes.bodies.keys()].some((note) => next.contains(note));
  }

  #noteId(number: number): ContainerId {
    return (this.#noteIds[number] ??= this.out.newContainerId());
  }
}

/** A sign that sites put beside headings, to be linked to. */
const isPermalink = (element: Element): boolean =>
  /\b(?:headerlink|anchor|hash-link|permalink)\b/.test(element.className) &&
  element.localName === "a" &&
  !/[\p{L}\d]/u.test(element.textContent ?? "");
