import { makeId, type BlockId, type Chance, type ContainerId } from "../../shared/base/ids.ts";
import type { Block, Body, Container, Inline } from "../../shared/body/blocks.ts";
import type { Comment, SurveyState, Thread } from "../../shared/records/state.ts";

/**
 * The body with what was said about it behind it: a numbered item for each thread, in the order given, with the
 * words it is about, then who said what, and when. As blocks, so that nothing anybody said becomes Markdown.
 */
export function withEndnotes(
  body: Body,
  threads: readonly Thread[],
  members: SurveyState["members"],
  chance: Chance,
): Body {
  if (threads.length === 0) return body;
  const containers = new Map(body.containers);
  const notes = threads.flatMap((thread) => {
    const item: Container = {
      id: makeId<ContainerId>(chance),
      kind: "item",
      attrs: { list: "ordered", mark: ".", loose: true },
      in: null,
    };
    containers.set(item.id, item);
    const said = thread.comments.map((comment) => block("paragraph", {}, commentLine(comment), item.id));
    return [block("paragraph", {}, quoteLine(thread), item.id), ...said];
  });
  const heading = block("heading", { level: 2 }, [{ text: "Comments" }], null);
  return { blocks: [...body.blocks, heading, ...notes], containers };

  function block(
    type: string,
    attrs: Block["attrs"],
    content: readonly Inline[],
    inside: ContainerId | null,
  ): Block {
    return { id: makeId<BlockId>(chance), type, attrs, in: inside, content };
  }

  function commentLine({ by, at, text }: Comment): Inline[] {
    const name = members.get(by)?.name ?? "Somebody";
    const day = new Date(at).toISOString().slice(0, 10);
    return [{ text: name, marks: { bold: true } }, { text: `, ${day}: ` }, ...lines(text)];
  }
}

function quoteLine({ quote, resolved }: Thread): Inline[] {
  const words = quote.exact.replace(/[\n\uFFFC]+/g, " ").trim();
  return [{ text: `“${words}”`, marks: { italic: true } }, ...(resolved ? [{ text: " (resolved)" }] : [])];
}

function lines(text: string): Inline[] {
  return text
    .split("\n")
    .flatMap((line, nth): Inline[] => [
      ...(nth > 0 ? [{ atom: { type: "break" } }] : []),
      ...(line === "" ? [] : [{ text: line }]),
    ]);
}
