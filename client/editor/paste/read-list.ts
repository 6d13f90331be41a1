import type { ContainerId } from "../../../shared/base/ids.ts";
import type { Attrs } from "../../../shared/body/blocks.ts";
import type { BodyMaker, Place, Reader } from "./body-maker.ts";
import { withoutCommon } from "./line.ts";
import { isHidden } from "./style.ts";
import { takeTask, taskSign } from "./tasks.ts";

/** Reads a list; a list beside its items belongs to the item before, and levels that are said hold. */
export function readList(reader: Reader, list: Element, place: Place): void {
  const kind = list.localName === "ol" ? "ordered" : "bullet";
  const first = list.querySelector("li")?.getAttribute("value") ?? list.getAttribute("start");
  const open: { level: number; item: ContainerId }[] = [];
  let isFirst = true;
  for (const child of childrenOf(list)) {
    const inside = open.at(-1)?.item ?? place.inside;
    if (isHidden(child) || child.localName === "br") continue;
    // Not in an item, as it should be, but beside it: the list belongs to the item before.
    if (/^(?:ul|ol|menu)$/.test(child.localName)) {
      readList(reader, child, { ...place, inside });
      continue;
    }
    if (reader.note(child, place)) continue;
    const level = Number(child.getAttribute("aria-level")) || 1;
    while (open.length > 0 && open.at(-1)!.level >= level) open.pop();
    const within = { ...place, inside: open.at(-1)?.item ?? place.inside };
    const begins = isFirst && kind === "ordered" ? { start: Number(first ?? 1) || 1 } : {};
    const item = readItem(reader, child, kind, within, begins);
    open.push({ level, item });
    isFirst = false;
  }
}

/** Reads an item; answers its container. */
export function readItem(
  reader: Reader,
  element: Element,
  list: string,
  place: Place,
  begins: Attrs = {},
): ContainerId {
  const task = takeTask(element);
  const kind = task ? taskAttrs(task) : { list, ...begins };
  const { out } = reader;
  const first = out.blocks.length;
  const item = out.filled("item", kind, place, (inside) => reader.children(element, inside));
  markTask(out, item, first, task !== null);
  return item;
}

/** An item whose text begins with a box is a task, too; one that is done need not be struck through. */
function markTask(out: BodyMaker, item: ContainerId, first: number, isTask: boolean): void {
  const block = out.blocks[first]!;
  const [run, ...rest] = block.content;
  const sign = isTask || !run || !("text" in run) ? null : taskSign(run.text);
  if (sign) out.change(item, { attrs: taskAttrs(sign) });
  const text = sign && run && "text" in run ? run.text.slice(sign.length) : "";
  const content = sign ? [...(text ? [{ ...run!, text }] : []), ...rest] : block.content;
  const isDone = out.containers.get(item)!.attrs["checked"] === true;
  out.blocks[first] = { ...block, content: isDone ? withoutCommon("strike", content) : content };
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
