import type { Plan } from "../../client/editor/binding/fuzz-plan.stage.ts";
import { plenum } from "../../client/editor/binding/fuzz-plenum.stage.ts";
import { play } from "../../client/editor/binding/fuzz-round.stage.ts";

/** What goes wrong when Plenum plays a plan, in a line; null where nothing does. */
export function flawOf(plan: Plan): string | null {
  try {
    const { lost, doubled, diverged } = play(plan, plenum, true);
    if (lost.length > 0) return `lost ${lost.join(", ")}`;
    if (doubled.length > 0) return `doubled ${doubled.join(", ")}`;
    return diverged ? "people came to different pages" : null;
  } catch (error) {
    return error instanceof Error ? `${causeOf(error)} ${error.message}` : String(error);
  }
}

const causeOf = ({ cause }: Error): string =>
  cause instanceof Error ? cause.message.replaceAll("\n", " ") : "";
