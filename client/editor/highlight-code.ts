import type { Node } from "@tiptap/pm/model";
import { Plugin, PluginKey, type EditorState, type Transaction } from "@tiptap/pm/state";
import { AttrStep } from "@tiptap/pm/transform";
import { Decoration, DecorationSet, type EditorView } from "@tiptap/pm/view";
import { limits } from "../../shared/base/limits.ts";
import type { colour, Coloured } from "./highlight-code-languages.ts";

/*
 * Colours in code. What is drawn moves with the text; a block that was changed is marked, and read again when the
 * hands rest. No block but a changed one is ever looked at.
 */

/** The languages that a block's field offers; others are kept, and coloured where they are another name of one. */
export const languages = [
  "bash",
  "c",
  "console",
  "cpp",
  "diff",
  "javascript",
  "json",
  "nix",
  "python",
  "ruby",
  "toml",
  "typescript",
  "xml",
  "yaml",
] as const;

type Drawn = {
  readonly set: DecorationSet;
  /** Where blocks stand that are to be read again. */
  readonly changed: readonly number[];
};

type Colour = typeof colour;

const key = new PluginKey<Drawn>("highlight code");

/** Colours code; `load` brings what reads the languages, and is called when a page has some. */
export function highlightCode(load: () => Promise<Colour>): Plugin {
  return new Plugin<Drawn>({
    key,
    state: {
      init: (_, { doc }) => ({ set: DecorationSet.empty, changed: codeIn(doc, 0, doc.content.size) }),
      apply: (transaction, drawn) => {
        const read = transaction.getMeta(key) as Drawn | undefined;
        return read ?? (transaction.docChanged ? carriedOn(transaction, drawn) : drawn);
      },
    },
    props: { decorations: (state) => key.getState(state)?.set },
    view: (view) => new Reader(view, load),
  });
}

class Reader {
  readonly #view: EditorView;
  readonly #load: () => Promise<Colour>;
  #waiting: ReturnType<typeof setTimeout> | null = null;

  constructor(view: EditorView, load: () => Promise<Colour>) {
    this.#view = view;
    this.#load = load;
    this.update();
  }

  update(): void {
    if (codeToRead(this.#view.state).length > 0)
      this.#waiting ??= setTimeout(() => void this.#read(), limits.drawingPauseMs);
  }

  destroy(): void {
    if (this.#waiting !== null) clearTimeout(this.#waiting);
  }

  async #read(): Promise<void> {
    // A program that was renewed meanwhile has no such file any more: then code stays black.
    const read = await this.#load().catch(() => null);
    this.#waiting = null;
    if (this.#view.isDestroyed || !read) return;
    // A word that is being composed is not to be touched.
    if (this.#view.composing) return this.update();
    const drawn = readChanged(this.#view.state, read);
    this.#view.dispatch(withRead(this.#view.state.tr, drawn));
  }
}

/** Where the blocks stand that were changed since they were read. */
export const codeToRead = (state: EditorState): readonly number[] => key.getState(state)?.changed ?? [];

/** What is coloured on a page now, and as what. */
export const coloursOf = (state: EditorState): Coloured[] =>
  (key.getState(state)?.set.find() ?? []).map(({ from, to, spec }) => ({
    from,
    to,
    look: String(spec["look"]),
  }));

/** A transaction that shows what was read, and changes nothing else. */
export const withRead = (transaction: Transaction, drawn: Drawn): Transaction =>
  transaction.setMeta(key, drawn);

/** Reads as many of the changed blocks as one pause allows. */
export function readChanged(state: EditorState, read: Colour): Drawn {
  let { set, changed } = key.getState(state)!;
  let left: number = limits.colouredCharacters;
  while (changed.length > 0 && left > 0) {
    const [position, ...others] = changed as [number, ...number[]];
    changed = others;
    const node = state.doc.nodeAt(position);
    if (!node?.isTextblock) continue;
    left -= node.content.size;
    set = set.remove(set.find(position, position + node.nodeSize));
    set = set.add(state.doc, marksOf(node, position, read));
  }
  return { set, changed };
}

function marksOf(node: Node, position: number, read: Colour): Decoration[] {
  const language = languageOf(node);
  // What is longer than this is looked at once a year, and would cost every pause of its writer.
  if (!language || node.content.size > limits.colouredCharacters) return [];
  return read(node.textContent, language).map(({ from, to, look }) =>
    Decoration.inline(position + 1 + from, position + 1 + to, { class: look }, { look }),
  );
}

/** A block's language, empty where none is known; null for a block that is no code. */
function languageOf(node: Node): string | null {
  if (node.type.name === "properties") return "yaml";
  return node.type.name === "codeBlock" ? String(node.attrs["lang"] ?? "") : null;
}

function carriedOn(transaction: Transaction, { set, changed }: Drawn): Drawn {
  const { mapping, doc, steps } = transaction;
  const again = new Set<number>();
  for (const position of changed) {
    const to = mapping.mapResult(position);
    if (!to.deleted) again.add(to.pos);
  }
  const moved = set.map(mapping, doc);
  const add = (from: number, to: number): void => {
    for (const position of codeIn(doc, from, to, moved)) again.add(position);
  };
  steps.forEach((step, n) => {
    const rest = mapping.slice(n + 1);
    if (step instanceof AttrStep) add(rest.map(step.pos), rest.map(step.pos));
    step.getMap().forEach((_from, _to, from, to) => add(rest.map(from, -1), rest.map(to, 1)));
  });
  return { set: moved, changed: [...again] };
}

/** Where the blocks begin that a range touches and that are code, or coloured as the code that they were. */
function codeIn(doc: Node, from: number, to: number, set = DecorationSet.empty): number[] {
  const found: number[] = [];
  doc.nodesBetween(from, Math.min(Math.max(to, from + 1), doc.content.size), (node, position) => {
    const isColoured = (): boolean => set.find(position, position + node.nodeSize).length > 0;
    if (node.isTextblock && (languageOf(node) !== null || isColoured())) found.push(position);
    return !node.isTextblock;
  });
  return found;
}
