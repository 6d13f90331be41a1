import type * as Y from "yjs";
import type { Part } from "./random-page.ts";

/** One of the editors that are measured: how it keeps a page, and what its people send. */
export type Contender = {
  readonly name: "plenum" | "tiptap";
  /** Writes a page into an empty document. */
  readonly write: (doc: Y.Doc, page: readonly Part[]) => void;
  /** The paragraphs of a document that stand at its top, in order, as remote people write in them. */
  readonly paragraphs: (doc: Y.Doc) => Paragraph[];
};

/**
 * A paragraph in the hands of a remote person. Each method changes the document just as the contender's editor
 * does it for the same key; what that sends is the document's update.
 */
export type Paragraph = {
  /** Types one character in the middle. */
  readonly type: (character: string) => void;
  /** Presses Enter in the middle; from then on it is the first half. */
  readonly split: () => void;
  /** Makes a heading of it, or of the heading a paragraph again. */
  readonly toggleHeading: () => void;
  /** Where this person's caret is, and who they are, as the contender tells others. */
  readonly presence: (person: number) => object;
};
