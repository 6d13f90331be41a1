import { must } from "../../shared/base/assert.ts";
import { limits } from "../../shared/base/limits.ts";
import { isUnseen, placeInRoot, unseen, type Place, type Strangers } from "./format-places.ts";
import { isWhole } from "./update/known.ts";
import { Order } from "./update/order.ts";
import { Places } from "./update/places.ts";
import type { Struct, StructId, Walked } from "./update/walk.ts";

/**
 * Where everything of a page stands, and what it holds that the format does not know: what new structs are judged by.
 * No document is built for it: each struct names its parent, or a neighbour that it shares one with.
 */
export class PagePlaces {
  readonly #places = new Places<Place>();
  readonly #order = new Order(2 * limits.orderSteps);
  readonly #strangers = new Set<string>();
  /** Whatever the page holds that is asked after, it holds from then on. */
  readonly #learner: Strangers = { has: (name) => Boolean(this.#strangers.add(name)) };

  constructor(whole: Walked) {
    this.learn(whole);
  }

  /**
   * What no page holds of these structs, or null; each stands behind all that it builds on. What is known counts for
   * nothing.
   */
  foreignIn(settled: readonly Struct[]): string | null {
    const places = settled.length > 1 ? new Places(this.#places) : this.#places;
    for (const struct of settled) {
      if (struct.end <= places.end(struct.author)) continue;
      const place = placeOf(struct, places, this.#strangers);
      const wrong = typeof place === "string" ? place : place.wrong(struct, this.#strangers);
      if (typeof place === "string" || wrong !== null) return wrong;
      if (settled.length > 1) places.put(struct.author, struct.end, place);
    }
    return null;
  }

  /**
   * Whether these structs, each behind all that it builds on, make Yjs go through more of the page to find where they
   * stand than anybody's writing does. Where the order was lost in what nobody judged, each update is judged alone.
   */
  isCrowded(settled: readonly Struct[]): boolean {
    const { steps, isLost } = this.#order;
    const left = isLost ? Infinity : Math.max(limits.freeOrderSteps, limits.orderSteps - steps);
    const most = Math.min(limits.updateOrderSteps, left);
    return this.#order.stepsOf(settled, most) > most;
  }

  /** What is in the page, whoever let it in. Learning twice changes nothing. */
  learn(walked: Walked): void {
    const places = this.#places;
    isWhole(walked, places, (struct) => {
      if (struct.end <= places.end(struct.author)) return;
      const place = placeOf(struct, places, this.#learner);
      const isFine = typeof place !== "string" && place.wrong(struct, this.#learner) === null;
      places.put(struct.author, struct.end, isFine ? place : unseen);
      this.#order.put(struct);
    });
    for (const range of walked.deletes) this.#order.cut(range);
  }
}

function placeOf(struct: Struct, places: Places<Place>, strangers: Strangers): Place | string {
  const { author, clock, content, after, before, parent, key } = struct;
  const end = places.end(author);
  if (clock < end) return placeAt(places, { author, clock: end - 1 }); // What is known of it has a place.
  if (content === "garbage") return unseen;
  if (typeof parent === "string") return placeInRoot(parent, key, strangers);
  if (parent) return placeAt(places, parent).inside(key, strangers);
  const [left, right] = [after, before].map((id) => id && placeAt(places, id));
  if (!left || !right || left === right) return must(left ?? right, "what names no parent has a neighbour");
  return [left, right].find(isUnseen) ?? "something between two places";
}

const placeAt = (places: Places<Place>, id: StructId): Place =>
  must(places.at(id), "what is built on has a place");
