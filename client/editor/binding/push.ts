import type { Mark, Node } from "@tiptap/pm/model";
import type * as Y from "yjs";
import type { BlockId, ContainerId } from "../../../shared/base/ids.ts";
import type { Attrs, Container, Inline, Marks, Value } from "../../../shared/body/blocks.ts";
import { bodyText, containerMap, insertInline, toContainer, toMarker } from "../../../shared/body/format.ts";
import { holds } from "../../../shared/body/schema.ts";
import { sameAttrs, sameValue } from "../../../shared/body/segments.ts";
import type { SegmentIndex } from "../../../shared/body/segment-index.ts";
import { mapKept, type Change } from "./changes.ts";
import { isContainer, readAtom, readContainerNode, readHead, readMarks } from "./read-nodes.ts";
import { readTable } from "./table-nodes.ts";
import { flatAt, hasMarker, isBlock, isTable } from "./tokens.ts";

/*
 * A change of the view becomes a change of the text. Old and new tokens are paired by the steps' own maps, so that
 * what a command left alone is never written again; only where a step replaced something are the two sides
 * compared, markers by their ids, characters by what is equal at both ends.
 */

/** One character's worth of the view. */
type Token = {
  position: number;
  /** A marker's id, a character, or null for an atom. */
  marker: BlockId | null;
  char: string | null;
  node: Node;
  marks: readonly Mark[];
  block: PlacedBlock;
};

type PlacedBlock = {
  node: Node;
  /** Where its text begins in the view. */
  start: number;
  in: ContainerId | null;
};

/** What to do to the text next, from left to right. */
type Edit = { do: "keep"; old: Token; new: Token } | { do: "delete" } | { do: "insert"; new: Token };

/** Writes the change that made `after` of `before` into the page, which `before` shows. */
export function push(
  doc: Y.Doc,
  index: SegmentIndex,
  change: Change,
  before: Node,
  after: Node,
  origin: object,
): void {
  const then = tokens(before, change.oldFrom, change.oldTo);
  const now = tokens(after, change.newFrom, change.newTo);
  const start = flatAt(before, change.oldFrom);
  const edits = pair(then, now, change);
  const stood = containers(before, change.oldFrom, change.oldTo);
  const stand = containers(after, change.newFrom, change.newTo);
  createContainers(doc, stand);
  doc.transact(() => {
    changeContainers(doc, stood, stand);
    new Writer(doc, index, start).write(edits);
  }, origin);
}

/** Every token of the view from one position to another. */
function tokens(doc: Node, from: number, to: number): Token[] {
  const result: Token[] = [];
  const path: Container[] = [];
  const visit = (parent: Node, start: number) => {
    parent.forEach((node, offset) => {
      const position = start + offset;
      if (position >= to || position + node.nodeSize <= from) return;
      if (isBlock(node)) {
        blockTokens(node, position, path.at(-1)?.id ?? null, from, to, result);
        return;
      }
      if (isContainer(node)) path.push(readContainerNode(node, parent, path.at(-1)?.id ?? null));
      visit(node, position + 1);
      if (isContainer(node)) path.pop();
    });
  };
  visit(doc, 0);
  return result;
}

function blockTokens(
  node: Node,
  position: number,
  container: ContainerId | null,
  from: number,
  to: number,
  result: Token[],
): void {
  const block = { node, start: position + 1, in: container };
  if (hasMarker(node) && position >= from) {
    const marker = node.attrs["id"] as BlockId;
    result.push({ position, marker, char: null, node, marks: [], block });
  }
  if (isTable(node)) return;
  node.forEach((child, offset) => {
    const start = position + 1 + offset;
    const text = child.text ?? null;
    for (let n = Math.max(0, from - start); n < Math.min(child.nodeSize, to - start); n += 1) {
      const char = text === null ? null : text.charAt(n);
      result.push({ position: start + n, marker: null, char, node: child, marks: child.marks, block });
    }
  });
}

function containers(doc: Node, from: number, to: number): Map<ContainerId, Container> {
  const found = new Map<ContainerId, Container>();
  const outer: { id: ContainerId; end: number }[] = [];
  doc.nodesBetween(from, to, (node, position, parent) => {
    if (isBlock(node)) return false;
    while (outer.length > 0 && outer.at(-1)!.end <= position) outer.pop();
    if (!isContainer(node) || !parent) return true;
    const container = readContainerNode(node, parent, outer.at(-1)?.id ?? null);
    outer.push({ id: container.id, end: position + node.nodeSize });
    if (position >= from) found.set(container.id, container);
    return true;
  });
  return found;
}

function pair(then: readonly Token[], now: readonly Token[], change: Change): Edit[] {
  const places = new Map(now.map((token, n) => [token.position, n]));
  const edits: Edit[] = [];
  let from = 0;
  let to = 0;
  then.forEach((old, n) => {
    const place = mapKept(change.spans, old.position);
    const at = place === null ? undefined : places.get(place);
    const token = at === undefined ? undefined : now[at];
    if (at === undefined || !token || at < to || !isSameThing(old, token)) return;
    pairGap(then.slice(from, n), now.slice(to, at), edits);
    edits.push({ do: "keep", old, new: token });
    from = n + 1;
    to = at + 1;
  });
  pairGap(then.slice(from), now.slice(to), edits);
  return edits;
}

/** Whether two tokens are one thing, perhaps with other attributes or marks. */
function isSameThing(a: Token, b: Token): boolean {
  if (a.marker !== null || b.marker !== null) return a.marker === b.marker;
  if (a.char !== null || b.char !== null) return a.char === b.char;
  return sameAttrs(readAtom(a.node), readAtom(b.node));
}

/** Between two kept tokens: markers pair by their ids, in order; the characters between them from both ends. */
function pairGap(then: readonly Token[], now: readonly Token[], edits: Edit[]): void {
  let from = 0;
  let to = 0;
  then.forEach((old, n) => {
    if (old.marker === null) return;
    const at = now.findIndex((token, m) => m >= to && token.marker === old.marker);
    if (at < 0) return;
    pairEnds(then.slice(from, n), now.slice(to, at), edits);
    edits.push({ do: "keep", old, new: now[at]! });
    from = n + 1;
    to = at + 1;
  });
  pairEnds(then.slice(from), now.slice(to), edits);
}

function pairEnds(then: readonly Token[], now: readonly Token[], edits: Edit[]): void {
  const most = Math.min(then.length, now.length);
  let start = 0;
  while (start < most && isSameThing(then[start]!, now[start]!)) start += 1;
  let end = 0;
  while (end < most - start && isSameThing(then.at(-1 - end)!, now.at(-1 - end)!)) end += 1;
  const keep = (n: number, m: number) => edits.push({ do: "keep", old: then[n]!, new: now[m]! });
  for (let n = 0; n < start; n += 1) keep(n, n);
  for (let n = start; n < then.length - end; n += 1) edits.push({ do: "delete" });
  for (const token of now.slice(start, now.length - end)) edits.push({ do: "insert", new: token });
  for (let n = end; n > 0; n -= 1) keep(then.length - n, now.length - n);
}

/**
 * Records of containers that are not there yet. In a transaction of its own, which undo does not take back: else
 * undoing a wrap would take the container from under the block that somebody else put into it.
 */
function createContainers(doc: Y.Doc, stand: ReadonlyMap<ContainerId, Container>): void {
  const map = containerMap(doc);
  const missing = [...stand.values()].filter((container) => !map.has(container.id));
  if (missing.length === 0) return;
  doc.transact(() => {
    for (const container of missing) map.set(container.id, toContainer(container));
  }, creating);
}

/** The origin of transactions that are this person's and that undo leaves alone. */
const creating = { name: "containers" };

function changeContainers(
  doc: Y.Doc,
  stood: ReadonlyMap<ContainerId, Container>,
  stand: ReadonlyMap<ContainerId, Container>,
): void {
  for (const container of stand.values()) {
    const map = containerMap(doc).get(container.id);
    if (!map) continue;
    const before = stood.get(container.id);
    const then = before ? keysOf(before) : (map.toJSON() as Attrs);
    setKeys(map, then, keysOf(container));
  }
}

const keysOf = ({ kind, attrs, in: outer }: Container): Attrs => ({
  ...attrs,
  kind,
  ...(outer === null ? {} : { in: outer }),
});

/** Sets what differs between two sets of keys, and nothing else: what others set meanwhile stays. */
function setKeys(map: Y.Map<Value>, then: Attrs, now: Attrs): void {
  for (const [name, value] of Object.entries(now)) if (!sameValue(then[name], value)) map.set(name, value);
  for (const name of Object.keys(then)) if (!(name in now)) map.delete(name);
}

const headKeys = (block: PlacedBlock): Attrs => {
  const { type, attrs } = readHead(block.node);
  return { ...attrs, type, ...(block.in === null ? {} : { in: block.in }) };
};

/** Walks the text once, from the change's start, and does what each edit says. */
class Writer {
  readonly #text: Y.Text;
  readonly #index: SegmentIndex;
  /** Where it stands in the text as it is now, and as it was. */
  #at: number;
  #was: number;

  constructor(doc: Y.Doc, index: SegmentIndex, start: number) {
    this.#text = bodyText(doc);
    this.#index = index;
    this.#at = start;
    this.#was = start;
  }

  write(edits: readonly Edit[]): void {
    for (let n = 0; n < edits.length;) {
      const edit = edits[n]!;
      if (edit.do === "delete") n += this.#delete(edits, n);
      else if (edit.do === "insert") n += this.#insert(edits, n);
      else n += this.#keep(edits, n);
    }
  }

  #delete(edits: readonly Edit[], first: number): number {
    const count = runLength(edits, first, (edit) => edit.do === "delete");
    this.#text.delete(this.#at, count);
    this.#was += count;
    return count;
  }

  #keep(edits: readonly Edit[], first: number): number {
    const { old, new: token } = edits[first] as Extract<Edit, { do: "keep" }>;
    if (token.marker !== null) {
      this.#changeHead(old, token);
      return this.#pass(1);
    }
    const changes = formatChanges(old, token);
    const count = runLength(
      edits,
      first,
      (edit) =>
        edit.do === "keep" &&
        edit.new.marker === null &&
        sameAttrs(formatChanges(edit.old, edit.new), changes),
    );
    if (Object.keys(changes).length > 0) this.#text.format(this.#at, count, changes);
    return this.#pass(count);
  }

  #pass(count: number): number {
    this.#at += count;
    this.#was += count;
    return count;
  }

  #changeHead(old: Token, token: Token): void {
    const then = headKeys(old.block);
    const now = headKeys(token.block);
    if (sameAttrs(then, now)) return;
    const marker = this.#index.segmentAt(this.#was)?.marker;
    if (!marker) throw new Error(`There should be a marker at ${this.#was}`);
    setKeys(marker, then, now);
  }

  #insert(edits: readonly Edit[], first: number): number {
    const { new: token } = edits[first] as Extract<Edit, { do: "insert" }>;
    if (token.marker !== null) {
      this.#text.insertEmbed(this.#at, toMarker(placed(token.block), token.marker));
      this.#at += 1;
      return 1;
    }
    const count = token.char === null ? 1 : runLength(edits, first, (edit) => isSameRun(edit, token));
    const run: Inline =
      token.char === null
        ? { atom: readAtom(token.node) }
        : {
            text: edits
              .slice(first, first + count)
              .map(charOf)
              .join(""),
          };
    insertInline(this.#text, this.#at, run, this.#formats(edits, first, count, token));
    this.#at += count;
    return count;
  }

  /**
   * The formats to insert with; undefined where the new characters get theirs from those around them. Naming
   * formats makes Yjs walk the text from its start. Where a format ends just here, they have to be named: without,
   * Yjs may put the characters on either side of the end.
   */
  #formats(edits: readonly Edit[], first: number, count: number, token: Token): Attrs | undefined {
    const marks = readMarks(token.marks);
    const before = this.#marksBefore(edits[first - 1], token);
    if (before === null || !sameAttrs(before, marks)) return marks;
    const isPlain = Object.keys(marks).length === 0;
    if (isPlain) return undefined;
    const behind = marksBehind(edits[first + count], token, count);
    return behind !== null && sameAttrs(behind, marks) ? undefined : marks;
  }

  /** The marks that are open where a token is inserted; null where that is not known. */
  #marksBefore(previous: Edit | undefined, { position, block }: Token): Marks | null {
    const before = block.node.childBefore(position - block.start).node;
    if (before) return readMarks(before.marks);
    return previous === undefined ? (this.#index.segmentAt(this.#was - 1)?.opens ?? null) : null;
  }
}

/** The marks of the character behind a run to be inserted; null where there is none in its block, or it may go. */
function marksBehind(next: Edit | undefined, { position, block }: Token, count: number): Marks | null {
  if (next) return next.do === "keep" && next.new.block === block ? readMarks(next.old.marks) : null;
  const behind = block.node.childAfter(position - block.start + count).node;
  return behind && readMarks(behind.marks);
}

const placed = ({ node, in: container }: PlacedBlock): Parameters<typeof toMarker>[0] => ({
  ...readHead(node),
  in: container,
  ...(isTable(node) ? { table: readTable(node) } : {}),
});

const charOf = (edit: Edit): string => (edit.do === "insert" ? (edit.new.char ?? "") : "");

const isSameRun = (edit: Edit, token: Token): boolean =>
  edit.do === "insert" && edit.new.char !== null && edit.new.node === token.node;

function runLength(edits: readonly Edit[], first: number, belongs: (edit: Edit) => boolean): number {
  let end = first + 1;
  while (end < edits.length && belongs(edits[end]!)) end += 1;
  return end - first;
}

/** The format keys to set on a kept character. A block that shows no marks hides them, and takes none away. */
function formatChanges(old: Token, token: Token): Attrs {
  if (old.marks === token.marks || !showsMarks(old.block) || !showsMarks(token.block)) return {};
  const then = readMarks(old.marks);
  const now = readMarks(token.marks);
  const changes: { [name: string]: Value } = {};
  for (const name of Object.keys(then)) if (!(name in now)) changes[name] = null;
  for (const [name, value] of Object.entries(now)) if (!sameValue(then[name], value)) changes[name] = value;
  return changes;
}

const showsMarks = (block: PlacedBlock): boolean => holds(readHead(block.node).type) === "inline";
