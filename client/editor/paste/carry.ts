import { DOMParser, DOMSerializer, Fragment, Slice, type ParseOptions, type Schema } from "@tiptap/pm/model";
import type { Body } from "../../../shared/body/blocks.ts";
import { drawBody } from "../binding/draw.ts";
import { isSound } from "./sound.ts";

/*
 * The way through the clipboard. What is copied goes out as plain HTML that any program can read; beside it, in an
 * attribute of its first element, goes what it is in a page, so that it comes back whole on this page or another.
 */

const attribute = "data-plenum";

/** Whether HTML was copied from a page. */
export const isOurs = (html: string): boolean => /<[^>]+\sdata-plenum="/.test(html);

/** Writes what is copied, as `write` would, with what it is beside it. */
export class CopyWriter extends DOMSerializer {
  override serializeFragment(
    fragment: Fragment,
    options?: { document?: Document },
    target?: HTMLElement | DocumentFragment,
  ): HTMLElement | DocumentFragment {
    const written = super.serializeFragment(fragment, options, target);
    if (!target) written.firstElementChild?.setAttribute(attribute, JSON.stringify(fragment.toJSON()));
    return written;
  }
}

/** Reads what is pasted: what came from a page as it was, all else as `readHtml` does. */
export class PasteReader extends DOMParser {
  readonly #readHtml: (root: HTMLElement) => Body;

  constructor(schema: Schema, readHtml: (root: HTMLElement) => Body) {
    super(schema, DOMParser.fromSchema(schema).rules);
    this.#readHtml = readHtml;
  }

  override parseSlice(dom: HTMLElement, options: ParseOptions = {}): Slice {
    const carried = dom.querySelector(`[${attribute}]`)?.getAttribute(attribute);
    const ours = typeof carried === "string" ? this.#carried(carried) : null;
    if (ours) return Slice.maxOpen(ours);
    // Plain text has been made paragraphs already.
    if (options.preserveWhitespace) return super.parseSlice(dom, options);
    const body = this.#readHtml(dom);
    return body.blocks.length === 0 ? Slice.empty : Slice.maxOpen(drawBody(this.schema, body).content);
  }

  #carried(text: string): Fragment | null {
    try {
      const fragment = Fragment.fromJSON(this.schema, JSON.parse(text));
      return isSound(fragment) ? fragment : null;
    } catch {
      return null; // Not of this version, or written by somebody else: the HTML around it says what it is.
    }
  }
}
