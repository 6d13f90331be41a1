import type { Plan } from "../../client/editor/binding/fuzz-plan.stage.ts";
import { plenum } from "../../client/editor/binding/fuzz-plenum.stage.ts";
import { play, type Contender } from "../../client/editor/binding/fuzz-round.stage.ts";
import type { Writer } from "../../client/editor/binding/fuzz-hands.stage.ts";

/**
 * How many acts and updates of a person go by between two looks at their whole page. The binding itself looks at what
 * each of them touched, and a page that differs goes on differing until it is looked at; the test looks every time.
 */
const lookEvery = 8;

/** Plenum, its pages looked at as a whole now and then and at the end. */
const sparing: Contender = {
  ...plenum,
  sit: (person, update) => {
    const writer = plenum.sit(person, update);
    const look = writer.check.bind(writer);
    let acts = 0;
    looks.set(writer, look);
    return Object.defineProperty(writer, "check", {
      value: () => {
        acts += 1;
        if (acts % lookEvery === 0) look();
      },
    });
  },
  agree: (one, other) => {
    for (const writer of [one, other]) looks.get(writer)!();
    return plenum.agree(one, other);
  },
};
const looks = new WeakMap<Writer, () => void>();

/** What goes wrong when Plenum plays a plan, in a line; null where nothing does. */
export function flawOf(plan: Plan): string | null {
  try {
    const { lost, doubled, diverged } = play(plan, sparing, true);
    if (lost.length > 0) return `lost ${lost.join(", ")}`;
    if (doubled.length > 0) return `doubled ${doubled.join(", ")}`;
    return diverged ? "people came to different pages" : null;
  } catch (error) {
    return error instanceof Error ? `${causeOf(error)} ${error.message}` : String(error);
  }
}

const causeOf = ({ cause }: Error): string =>
  cause instanceof Error ? cause.message.replaceAll("\n", " ") : "";
