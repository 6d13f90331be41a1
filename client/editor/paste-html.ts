import { isSafeAddress } from "../../shared/body/schema.ts";

/*
 * Pasted HTML, made ready for the schema: what the page cannot hold as it is becomes something that it can, and
 * nothing is dropped without a trace.
 */
export function readyForPage(html: string): string {
  const pasted = new DOMParser().parseFromString(html, "text/html");
  for (const table of pasted.querySelectorAll("table")) table.replaceWith(asSource(pasted, table));
  for (const list of pasted.querySelectorAll("ol[start]")) {
    const first = list.querySelector(":scope > li:not([value])");
    first?.setAttribute("value", list.getAttribute("start") ?? "1");
  }
  return pasted.body.innerHTML;
}

/** A table as Markdown, in a block that shows its source. */
function asSource(pasted: Document, table: HTMLTableElement): HTMLElement {
  for (const link of table.querySelectorAll<HTMLAnchorElement>("a[href]")) {
    const address = link.getAttribute("href") ?? "";
    if (isSafeAddress(address))
      link.textContent = `[${link.textContent}](${address.replaceAll(/[\s()]/g, encodeURIComponent)})`;
  }
  const rows = [...table.rows].map((row) => [...row.cells].map(cellText));
  const width = Math.max(1, ...rows.map((row) => row.length));
  const line = (cells: readonly string[]) =>
    `| ${Array.from({ length: width }, (_, n) => cells[n] ?? "").join(" | ")} |`;
  const [head = [], ...body] = rows;
  const block = pasted.createElement("pre");
  block.className = "raw";
  block.textContent = [line(head), line(Array<string>(width).fill("---")), ...body.map(line)].join("\n");
  return block;
}

const cellText = (cell: HTMLTableCellElement): string =>
  (cell.textContent ?? "").trim().replaceAll(/\s+/g, " ").replaceAll("|", "\\|");
