import type { EditorView } from "@tiptap/pm/view";
import { placeOfName } from "./block-handle-name.ts";
import { dropAt, type Drop, type Handled } from "./blocks-on-screen.ts";
import { moveTo } from "./commands/move.ts";
import type { Run } from "./run-command.ts";

/** What a dragged block carries. Other programs get nothing of the text, but Firefox drags only what carries something. */
const carried = "application/x-plenum-block";

type Dragging = {
  readonly view: EditorView;
  readonly block: Handled;
  /** Shows where the block would go; null where it would go nowhere. */
  readonly show: (drop: Drop | null) => void;
  readonly run: Run;
  /** Called once, however the drag ends. */
  readonly onEnd: () => void;
};

/**
 * Takes a block along with the pointer until it is dropped. What is dropped is the block with this id, wherever it
 * stands by then; nothing, where it is gone. Answers how to end the drag: it ends by itself when it is dropped, let
 * go, or when anything begins that a drag leaves no room for.
 */
export function dragBlock(transfer: DataTransfer, { view, block, show, run, onEnd }: Dragging): () => void {
  const drag = new AbortController();
  // A drag whose end was never told, of this window or another, must not be taken for this one.
  const mark = crypto.randomUUID();
  transfer.effectAllowed = "move";
  transfer.setData(carried, mark);
  view.dragging = null;
  const end = (): void => {
    if (drag.signal.aborted) return;
    drag.abort();
    onEnd();
  };
  const over = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes(carried)) return end();
    const drop = dropAt(view, event.clientX, event.clientY);
    take(event);
    event.dataTransfer.dropEffect = drop ? "move" : "none";
    show(drop);
  };
  const dropped = (event: DragEvent): void => {
    if (event.dataTransfer?.getData(carried) !== mark) return end();
    take(event);
    const drop = dropAt(view, event.clientX, event.clientY);
    const now = placeOfName(view.state.doc, block.name, block.from);
    try {
      if (drop && now) run(moveTo(now.from, now.to, drop.target));
    } finally {
      end();
    }
  };
  const until = { capture: true, signal: drag.signal };
  document.addEventListener("dragover", over, until);
  document.addEventListener("drop", dropped, until);
  document.addEventListener("dragend", end, until);
  document.addEventListener("pointerdown", end, until);
  window.addEventListener("blur", end, { signal: drag.signal });
  return end;
}

/** Nothing but a place between blocks takes it: the text's own dropping of words is not meant. */
function take(event: DragEvent): void {
  event.preventDefault();
  event.stopPropagation();
}
