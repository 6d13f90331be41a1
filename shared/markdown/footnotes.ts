import type { ContainerId } from "../base/ids.ts";
import type { Atom, Block, Inline } from "../body/blocks.ts";
import type { Branch, Tree } from "../body/tree.ts";
import type { Flavour } from "./flavour.ts";
import { isSafeLabel } from "./syntax/openers.ts";

/*
 * Footnotes have labels in Markdown and ids in a body. A reference may stand before its footnote: while a page is
 * read, it leads to the label (`callOf`), and to the id at the end (`withCalls`).
 */

/** The atom for a reference's source, `[^label]`. */
export function callOf(source: string): { atom: Atom } {
  const label = source.slice(2, -1);
  return { atom: isSafeLabel(label) ? { type: "footnote", to: label } : { type: "raw", source } };
}

/** The source of a reference that leads to a label, while a page is read. */
export const callOfLabel = (label: unknown): string => `[^${String(label)}]`;

/** The footnotes of a page as it is read: of two with one label the first holds. */
export class Footnotes {
  readonly #flavour: Flavour;
  readonly #ids = new Map<string, ContainerId>();

  constructor(flavour: Flavour) {
    this.#flavour = flavour;
  }

  /** Whether a footnote may have this label, and none has it yet. */
  isFree(label: unknown): label is string {
    return isSafeLabel(label) && !this.#ids.has(this.#key(label));
  }

  add(label: string, id: ContainerId): void {
    this.#ids.set(this.#key(label), id);
  }

  /** The block with its references leading to footnotes; those that lead to none are raw. */
  withCalls(block: Block): Block {
    const called = (content: readonly Inline[]) => content.map((run) => this.#called(run));
    const rows = block.table?.rows.map((row) => ({ ...row, cells: row.cells.map(called) }));
    const table = block.table && rows ? { table: { ...block.table, rows } } : {};
    return { ...block, content: called(block.content), ...table };
  }

  #called(run: Inline): Inline {
    if (!("atom" in run) || run.atom.type !== "footnote") return run;
    const label = String(run.atom["to"]);
    const id = this.#ids.get(this.#key(label));
    return { ...run, atom: id ? { type: "footnote", to: id } : { type: "raw", source: callOfLabel(label) } };
  }

  /** GitHub tells no large letters from small ones. */
  #key(label: string): string {
    return this.#flavour === "gfm" ? label.toLowerCase() : label;
  }
}

/** What a reference to a footnote that is gone is written as. */
const gone = "[^?]";

/** The labels of a body's footnotes as they are written. */
export class Labels {
  readonly #labels = new Map<string, string>();
  readonly #taken = new Set<string>();
  readonly #written = new Set<ContainerId>();
  #next = 1;

  /** Footnotes keep their labels where they can; the others are numbered from the lowest number that is free. */
  constructor(tree: Tree) {
    const others: ContainerId[] = [];
    for (const { id, attrs } of footnotesIn(tree)) {
      if (this.#labels.has(id)) continue;
      const label = attrs["label"];
      if (isSafeLabel(label) && !this.#taken.has(label.toLowerCase())) this.#take(id, label);
      else others.push(id);
    }
    for (const id of others) if (!this.#labels.has(id)) this.#take(id, this.#free());
  }

  /** A footnote that concurrency has put into two places is written twice: what refers to it finds the first. */
  ofFootnote(id: ContainerId): string {
    const own = this.#labels.get(id);
    if (own === undefined || this.#written.has(id)) return this.#free();
    this.#written.add(id);
    return own;
  }

  ofCall(to: unknown): string {
    const label = typeof to === "string" ? this.#labels.get(to) : undefined;
    return label === undefined ? gone : callOfLabel(label);
  }

  #take(id: ContainerId, label: string): void {
    this.#labels.set(id, label);
    this.#taken.add(label.toLowerCase());
  }

  #free(): string {
    while (this.#taken.has(String(this.#next))) this.#next += 1;
    this.#taken.add(String(this.#next));
    return String(this.#next);
  }
}

function* footnotesIn(tree: Tree) {
  const waiting: Branch[] = tree.toReversed();
  for (let branch = waiting.pop(); branch; branch = waiting.pop()) {
    if ("block" in branch) continue;
    if ("container" in branch && branch.container.kind === "footnote") yield branch.container;
    for (const child of below(branch).toReversed()) waiting.push(child);
  }
}

function below(branch: Exclude<Branch, { block: Block }>): Tree {
  if ("list" in branch) return branch.items.flatMap((item) => item.children);
  return "tabs" in branch ? branch.tabs.flatMap((tab) => tab.children) : branch.children;
}
