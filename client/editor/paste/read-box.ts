import type { ContainerId } from "../../../shared/base/ids.ts";
import type { BodyMaker, Place, Reader } from "./body-maker.ts";
import { alertOf, isPlainTitle, type PastedBox } from "./boxes.ts";
import { pictureOf } from "./picture.ts";

/** Reads what stands in a box of its own. */
export function readBox(reader: Reader, element: Element, box: PastedBox, place: Place): void {
  const { out } = reader;
  const type = box.kind === "quote" ? {} : { type: box.type };
  const open = box.isOpen ? { open: true } : {};
  const first = out.blocks.length;
  const container = out.filled(box.kind, { ...type, ...open }, place, (inside) => {
    if (box.title) readTitle(reader, box.title, box, inside);
    box.title?.remove();
    reader.children(element, inside);
  });
  if (box.kind === "quote") readAlert(out, container, first);
}

function readTitle(reader: Reader, title: Element, box: PastedBox, place: Place): void {
  if (box.kind === "callout" && isPlainTitle(title, box.type)) return;
  reader.children(title, { ...place, block: { type: "title", attrs: {} } });
  reader.out.end();
}

/** A quote that begins with the sign of a callout is one. */
function readAlert(out: BodyMaker, quote: ContainerId, first: number): void {
  const block = out.blocks[first];
  const [run, next, ...rest] = block?.content ?? [];
  const type = run && "text" in run ? alertOf(run.text) : null;
  if (!block || type === null || (next && !("atom" in next && next.atom.type === "break"))) return;
  out.change(quote, { kind: "callout", attrs: { type } });
  const isLast = rest.length === 0 && out.blocks[first + 1]?.in === quote;
  out.blocks.splice(first, 1, ...(isLast ? [] : [{ ...block, content: rest }]));
}

/** Reads a set of tabs, each with its title. */
export function readTabs(reader: Reader, element: Element, place: Place): void {
  const { out } = reader;
  const labels = element.querySelectorAll(":scope > .tabbed-labels label, :scope > label");
  const panes = element.querySelectorAll(
    ":scope > .tabbed-content > .tabbed-block, :scope > .tabbed-content:not(:has(> .tabbed-block))",
  );
  if (labels.length !== panes.length) return reader.children(element, place);
  panes.forEach((pane, n) =>
    out.filled("tab", {}, place, (inside) => {
      reader.children(labels[n]!, { ...inside, block: { type: "title", attrs: {} } });
      reader.out.end();
      reader.children(pane, inside);
    }),
  );
}

/** Reads a figure: a picture with its caption, or what else one holds. */
export function readFigure(reader: Reader, element: Element, place: Place): void {
  const { out } = reader;
  const images = element.querySelectorAll("img");
  const caption = element.querySelector("figcaption");
  const picture = images.length === 1 ? pictureOf(images[0]!) : null;
  const words = (each: Element | null) => (each?.textContent ?? "").trim();
  if (!picture || typeof picture === "string" || words(element) !== words(caption))
    return reader.children(element, place);
  const { src, alt, dark } = picture;
  const attrs = { src, ...(alt ? { alt } : {}), ...(dark ? { dark } : {}) };
  const before = out.blocks.length;
  if (caption) reader.children(caption, { ...place, block: { type: "figure", attrs } });
  reader.out.end();
  if (out.blocks.length === before) out.add("figure", attrs, place);
}
