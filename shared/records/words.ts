import { z } from "zod/mini";
import { pageId } from "../base/ids.ts";
import { limits } from "../base/limits.ts";
import { kind } from "./record.ts";

/** What stood at these clocks of one Yjs client, and how many there are: so that nothing is kept twice. */
const piece = z.object({ author: z.number(), clock: z.number(), length: z.number() });

/**
 * Words that died without being seen: somebody deleted what they stood in while they were being written. The
 * server keeps them for their writer, who signs this.
 */
export const wordsKept = kind({
  type: "words.kept",
  said: z.object({
    page: pageId,
    text: z.string().check(z.minLength(1), z.maxLength(limits.keptLength)),
    words: z.number(),
    pieces: z.array(piece),
  }),
  action: "server",
  apply: (state, { seq, person, at, page, text, words, pieces }) => {
    state.kept.set(seq, { number: seq, page, by: person, at, text, words, pieces, settled: null });
  },
});

/** Their writer put kept words back into the text, or aside: they are not offered any more. `kept`: their record's number. */
export const wordsSettled = kind({
  type: "words.settled",
  said: z.object({ kept: z.number(), as: z.enum(["put-back", "put-aside"]) }),
  action: "words.settle",
  refuse: (state, said, asker) => {
    const kept = state.kept.get(said.kept);
    if (!kept) return { code: "not-found", details: "kept words" };
    if (kept.by !== asker.person) return { code: "not-allowed", details: "they are kept for somebody else" };
    return kept.settled ? { code: "conflict", details: "they were put back or aside already" } : null;
  },
  apply: (state, said) => {
    const kept = state.kept.get(said.kept);
    // Their text is in the log, and nobody is shown it any more.
    if (kept) state.kept.set(said.kept, { ...kept, text: "", settled: said.as });
  },
});
