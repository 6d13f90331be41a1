import type { ThreadId } from "../../shared/base/ids.ts";
import type { Place, Quote } from "../../shared/body/place.ts";

/** Where a thread stands in the text, as its record says. */
export type Anchor = { readonly id: ThreadId; readonly place: Place; readonly quote: Quote };

/**
 * All that comments ask of the text that they are about. Tops are in pixels from the top of the page's element;
 * each `on…` answers how to stop.
 */
export interface CommentText {
  /** The words that are selected now, or null where none are. May cost a walk of the page. */
  selectedPlace(): { place: Place; quote: Quote } | null;
  /** The top of the first selected line, or null where no words are selected. Costs little: asked often. */
  selectionTop(): number | null;
  onSelection(then: () => void): () => void;
  /** The top of the first line that a place spans, or null where its words are gone. */
  topOf(at: Pick<Anchor, "place" | "quote">): number | null;
  /** Called after the text moved: tops are to be asked for again. */
  onLayout(then: () => void): () => void;
  /** Draws exactly these highlights from now on, the active one stronger. */
  show(anchors: readonly Anchor[], active: ThreadId | null): void;
  onClickThread(then: (id: ThreadId) => void): () => void;
  /** Brings a highlight into view. The caret stays where it is. */
  goTo(id: ThreadId): void;
  focus(): void;
}
