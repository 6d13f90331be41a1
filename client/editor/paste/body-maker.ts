import { blockId, containerId, type ContainerId } from "../../../shared/base/ids.ts";
import type { Atom, Attrs, Block, Container, Marks } from "../../../shared/body/blocks.ts";
import { Line } from "./line.ts";

/** What holds of the text at a place. */
export type Place = {
  readonly inside: ContainerId | null;
  readonly block: { readonly type: string; readonly attrs: Attrs };
  readonly marks: Marks;
  /** Whether spaces and line ends count. */
  readonly keeps: boolean;
};

export const paragraph = { type: "paragraph", attrs: {} };
export const start: Place = { inside: null, block: paragraph, marks: {}, keeps: false };

/** A body in the making: text comes in piece by piece and is a block as soon as its line ends. */
export class BodyMaker {
  readonly blocks: Block[] = [];
  readonly containers = new Map<ContainerId, Container>();
  readonly makeId: () => string;
  readonly #line = new Line();
  /** Where the line stands that is being read. */
  #place: Place = start;

  constructor(makeId: () => string) {
    this.makeId = makeId;
  }

  text(text: string, place: Place): void {
    this.#place = place;
    this.#line.text(text, place.marks, place.keeps);
  }

  atom(atom: Atom, place: Place): void {
    this.#place = place;
    const { code: _, ...marks } = place.marks;
    this.#line.atom(atom, marks);
  }

  /** Ends the line that is being read: what is in it is a block. */
  end(): void {
    const { type, attrs } = this.#place.block;
    for (const content of this.#line.take())
      this.blocks.push({ ...this.#block(type, attrs, this.#place), content });
    this.#place = start;
  }

  /** Adds a block with plain text, or with what else a block has. */
  add(type: string, attrs: Attrs, place: Place, text = "", more: Partial<Block> = {}): void {
    const content = text === "" ? [] : [{ text }];
    this.blocks.push({ ...this.#block(type, attrs, place), content, ...more });
  }

  /** A container with what is read into it; a container exists by the blocks in it. */
  filled(
    kind: string,
    attrs: Attrs,
    place: Place,
    fill: (inside: Place) => void,
    id = this.newContainerId(),
  ): ContainerId {
    this.end();
    this.containers.set(id, { id, kind, attrs, in: place.inside });
    const first = this.blocks.length;
    const inside = { ...place, inside: id, block: paragraph };
    fill(inside);
    this.end();
    if (this.blocks.length === first) this.add("paragraph", {}, inside);
    return id;
  }

  /** Says otherwise what a container is. */
  change(id: ContainerId, change: Partial<Container>): void {
    this.containers.set(id, { ...this.containers.get(id)!, ...change });
  }

  newContainerId(): ContainerId {
    return containerId.parse(this.makeId());
  }

  #block(type: string, attrs: Attrs, { inside }: Place): Block {
    return { id: blockId.parse(this.makeId()), type, attrs, in: inside, content: [] };
  }
}

/** What reads elements, for those who read a kind of them: children go back to it. */
export type Reader = {
  readonly out: BodyMaker;
  children: (element: Element, place: Place) => void;
  /** Reads a footnote's text where it is one; false where it is not. */
  note: (element: Element, place: Place) => boolean;
  /** A reader like this one, for a place that is a body of its own. */
  inner: () => Reader;
};
