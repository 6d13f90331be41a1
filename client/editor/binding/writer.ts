import type * as Y from "yjs";
import type { BlockId, ContainerId } from "../../../shared/base/ids.ts";
import type { Born } from "../../../shared/body/births.ts";
import type { Attrs, Inline, Marks, Value } from "../../../shared/body/blocks.ts";
import { bodyText, insertInline, toMarker } from "../../../shared/body/format.ts";
import { sameAttrs, sameValue } from "../../../shared/body/line.ts";
import { holds } from "../../../shared/body/schema.ts";
import type { Marker } from "../../../shared/body/segments.ts";
import type { SegmentIndex } from "../../../shared/body/segment-index.ts";
import type { Span } from "./changes.ts";
import type { Edit, PlacedBlock, Token } from "./edits.ts";
import type { Origins } from "./push.ts";
import { readAtom, readHead, readMarks } from "./read-nodes.ts";
import { setKeys } from "./record-keys.ts";
import { readTable } from "./table-nodes.ts";
import { pushTable } from "./table-push.ts";
import { isTable } from "./tokens.ts";

const headKeys = (block: PlacedBlock): Attrs => {
  const { type, attrs } = readHead(block.node);
  return { ...attrs, type, in: block.in };
};

/** Walks the text once, from the change's start, and does what each edit says. */
export class Writer {
  readonly #text: Y.Text;
  readonly #index: SegmentIndex;
  readonly #origins: Origins;
  readonly #spans: readonly Span[];
  /** Where the blocks that the change reaches stand after it. */
  readonly #changed = new Map<BlockId, ContainerId | null>();
  /** Where it stands in the text as it is now, and as it was. */
  #at: number;
  #was: number;

  constructor(
    doc: Y.Doc,
    index: SegmentIndex,
    start: number,
    { origins, spans }: { origins: Origins; spans: readonly Span[] },
  ) {
    this.#spans = spans;
    this.#text = bodyText(doc);
    this.#index = index;
    this.#origins = origins;
    this.#at = start;
    this.#was = start;
  }

  write(edits: readonly Edit[]): void {
    for (const edit of edits)
      if (edit.do !== "delete" && edit.new.marker !== null)
        this.#changed.set(edit.new.marker, edit.new.block.in);
    for (let n = 0; n < edits.length;) {
      const edit = edits[n]!;
      if (edit.do === "delete") n += this.#delete(edits, n);
      else if (edit.do === "insert") n += this.#insert(edits, n);
      else n += this.#keep(edits, n);
    }
  }

  #delete(edits: readonly Edit[], first: number): number {
    const count = runLength(edits, first, (edit) => edit.do === "delete");
    // Yjs deletes from wherever its search begins, and takes the formats that are open there for none: then it would
    // delete the end of a format, and all that follows would be bold.
    if (!this.#index.hasMarks(this.#was, this.#was + count)) this.#text.delete(this.#at, count);
    else this.#text.applyDelta([...(this.#at > 0 ? [{ retain: this.#at }] : []), { delete: count }]);
    this.#was += count;
    return count;
  }

  #keep(edits: readonly Edit[], first: number): number {
    const { old, new: token } = edits[first] as Extract<Edit, { do: "keep" }>;
    if (token.marker !== null) {
      this.#changeHead(old, token);
      if (isTableChange({ old, new: token })) this.#changeTable(old, token);
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
    setKeys(markerAt(this.#index, this.#was), then, now);
  }

  #changeTable(old: Token, token: Token): void {
    const steps = { beforeAt: old.position, afterAt: token.position, spans: this.#spans };
    pushTable(markerAt(this.#index, this.#was), { before: old.node, after: token.node, steps });
  }

  #insert(edits: readonly Edit[], first: number): number {
    const { new: token } = edits[first] as Extract<Edit, { do: "insert" }>;
    if (token.marker !== null) {
      const born = this.#born(token, edits[first - 1]);
      this.#text.insertEmbed(this.#at, toMarker(placed(token.block), token.marker, born));
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
   * Of what a new block is born: of the block that was split, or else of the one it follows, so that it goes along
   * where somebody else is just putting that. Null where it stands somewhere else than its origin.
   */
  #born({ marker, block }: Token, previous: Edit | undefined): Born | null {
    const before = previous && (previous.do === "delete" ? previous.old : previous.new).block;
    const of = this.#origins.get(marker!) ?? (before ? idOf(before) : this.#idBefore());
    return of !== null && of !== marker && this.#places(of) === block.in ? { of, in: block.in } : null;
  }

  #idBefore(): BlockId | null {
    return (this.#was > 0 && this.#index.at(this.#was - 1)?.segment.block.id) || null;
  }

  /** Where the block with this id stands after the change; undefined where there is none. */
  #places(id: string): ContainerId | null | undefined {
    return this.#changed.has(id as BlockId)
      ? this.#changed.get(id as BlockId)
      : this.#index.placeOfBlock(id as BlockId);
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
    // Yjs takes an atom without named formats for one that has none.
    if (token.char === null) return marks;
    const behind = marksBehind(edits[first + count], token, count);
    return behind !== null && sameAttrs(behind, marks) ? undefined : marks;
  }

  /** The marks that are open where a token is inserted; null where that is not known. */
  #marksBefore(previous: Edit | undefined, { position, block }: Token): Marks | null {
    const before = block.node.childBefore(position - block.start).node;
    if (before) return readMarks(before.marks);
    return previous === undefined ? this.#index.opensAt(this.#was - 1) : null;
  }
}

/** Whether a kept token is a table in which something differs. */
export const isTableChange = ({ old, new: token }: { old: Token; new: Token }): boolean =>
  token.marker !== null &&
  isTable(token.node) &&
  isTable(old.node) &&
  !old.node.content.eq(token.node.content);

/** The marker that stands in the text at an offset. */
export function markerAt(index: SegmentIndex, flat: number): Marker {
  const here = index.at(flat);
  if (here?.offset !== flat || !here.segment.marker) throw new Error(`There should be a marker at ${flat}`);
  return here.segment.marker;
}

/** The marks of the character behind a run to be inserted; null where there is none in its block, or it may go. */
function marksBehind(next: Edit | undefined, { position, block }: Token, count: number): Marks | null {
  if (next) return next.do === "keep" && next.new.block === block ? readMarks(next.old.marks) : null;
  const behind = block.node.childAfter(position - block.start + count).node;
  return behind && readMarks(behind.marks);
}

const idOf = (block: PlacedBlock): BlockId | null => block.node.attrs["id"] as BlockId | null;

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
