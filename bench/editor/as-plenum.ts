import * as Y from "yjs";
import type { BlockId, ContainerId } from "../../shared/base/ids.ts";
import type { Block, Body, Container, Value } from "../../shared/body/blocks.ts";
import { bodyText, toMarker, writeBody } from "../../shared/body/format.ts";
import { readSegments, type Segment } from "../../shared/body/segments.ts";
import type { Contender, Paragraph } from "./contender.ts";
import type { Part } from "./random-page.ts";

/** Plenum's own storage and what its editor sends. */
export const asPlenum: Contender = {
  name: "plenum",
  write: (doc, page) => writeBody(doc, bodyOf(page)),
  paragraphs,
};

/** A page as Plenum's body, with ids that are the same each time. */
function bodyOf(page: readonly Part[]): Body {
  const blocks: Block[] = [];
  const containers = new Map<ContainerId, Container>();
  let ids = 0;
  const makeId = <T extends string>(): T => `bench${String((ids += 1)).padStart(11, "0")}` as T;
  const stand = (
    kind: string,
    attrs: Container["attrs"],
    parts: readonly Part[],
    outer: ContainerId | null,
  ) => {
    const id = makeId<ContainerId>();
    containers.set(id, { id, kind, attrs, in: outer });
    write(parts, id);
  };
  const write = (parts: readonly Part[], outer: ContainerId | null): void => {
    for (const part of parts) {
      if ("quote" in part) stand("quote", {}, part.quote, outer);
      else if ("list" in part) for (const item of part.items) stand("item", { list: part.list }, item, outer);
      else blocks.push({ id: makeId<BlockId>(), ...part, in: outer });
    }
  };
  write(page, null);
  return { blocks, containers };
}

function paragraphs(doc: Y.Doc): Paragraph[] {
  const text = bodyText(doc);
  let ids = 0;
  return readSegments(text)
    .filter(({ block }) => block.type === "paragraph" && block.in === null)
    .map((segment) => {
      const marker = segment.marker!;
      const place = Y.createRelativePositionFromTypeIndex(text, middleOf(doc, segment));
      const at = (): number => Y.createAbsolutePositionFromRelativePosition(place, doc)!.index;
      const isHeading = () => marker.get("type") === "heading";
      return {
        type: (character) => text.insert(at(), character),
        split: () => {
          const head = { type: "paragraph", attrs: {}, in: null } as const;
          text.insertEmbed(at(), toMarker(head, `split${(ids += 1)}` as BlockId));
        },
        toggleHeading: () => doc.transact(() => setHeading(marker, !isHeading())),
        presence: (person) => ({
          user: { id: `person-${person}`, name: `Person ${person}`, color: person % 8 },
          cursor: { anchor: Y.relativePositionToJSON(place), head: Y.relativePositionToJSON(place) },
        }),
      };
    });
}

function setHeading(marker: Y.Map<Value>, isHeading: boolean): void {
  marker.set("type", isHeading ? "heading" : "paragraph");
  if (isHeading) marker.set("level", 3);
  else marker.delete("level");
}

/** The offset in the text of the middle of a segment, behind the first half of its first run. */
function middleOf(doc: Y.Doc, { marker, block }: Segment): number {
  const item = marker!._item!;
  const place = Y.createRelativePositionFromJSON({
    type: null,
    tname: "body",
    item: { client: item.id.client, clock: item.id.clock },
    assoc: 0,
  });
  const first = block.content[0];
  const length = first && "text" in first ? first.text.length : 0;
  return Y.createAbsolutePositionFromRelativePosition(place, doc)!.index + 1 + Math.floor(length / 2);
}
