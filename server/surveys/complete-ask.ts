import { z } from "zod/mini";
import { may } from "../../shared/access/may.ts";
import type { Role } from "../../shared/access/roles.ts";
import { makeId, pageId, type Chance } from "../../shared/base/ids.ts";
import { limits } from "../../shared/base/limits.ts";
import { Refused } from "../../shared/protocol/refusals.ts";
import type { SurveyState } from "../../shared/records/state.ts";
import { placeIn } from "./bodies.ts";
import type { Tools } from "./tools.ts";

const words = z.string().check(z.maxLength(limits.quoteLength));

/** A thread as a script asks for it: the words that it is about, instead of a place. */
const quoting = z.looseObject({
  type: z.literal("thread.opened"),
  page: pageId,
  place: z.optional(z.undefined()),
  quote: z.object({
    exact: words.check(z.minLength(1)),
    prefix: z.optional(words),
    suffix: z.optional(words),
  }),
});

/**
 * Fills in what a script need not know: ids of a new thread or comment, and a thread's place from the words it
 * quotes. What is given stays as given, and nothing is decided here but whether the words can be found, and that
 * nobody has them looked for who could not open the thread.
 */
export async function completeAsk(
  { bodies, run, chance }: Pick<Tools, "bodies" | "run" | "chance">,
  state: SurveyState,
  role: Role,
  ask: unknown,
): Promise<unknown> {
  const loose = z.looseObject({ type: z.string() }).safeParse(ask);
  if (!loose.success) return ask;
  const named = { ...newIds(loose.data.type, chance), ...loose.data };
  const quoted = quoting.safeParse(named);
  if (!quoted.success) return named;
  if (!may(role, "thread.open")) throw new Refused("not-allowed");
  // A page of another survey is not here, whatever its text says.
  const isHere = state.tree.some((node) => node.kind === "page" && node.id === quoted.data.page);
  if (!isHere) throw new Refused("not-found", "page");
  const [page, quote] = [await bodies.read(quoted.data.page), withoutUndefined(quoted.data.quote)];
  const isSmall = page.length <= limits.smallStateBytes;
  const found = isSmall ? placeIn(page, quote) : await run("placeIn", () => ({ state: page, quote }));
  if (typeof found === "string") throw new Refused(found);
  return { ...named, ...found };
}

function newIds(type: string, chance: Chance): { thread?: string; comment?: string } {
  if (type === "thread.opened") return { thread: makeId(chance), comment: makeId(chance) };
  return type === "comment.added" ? { comment: makeId(chance) } : {};
}

function withoutUndefined({ exact, prefix, suffix }: z.infer<typeof quoting>["quote"]) {
  return { exact, ...(prefix === undefined ? {} : { prefix }), ...(suffix === undefined ? {} : { suffix }) };
}
