import { z } from "zod/mini";

/** What a browser may say in a `say` frame (frames.ts). Anything else closes the socket as malformed. */
export const fromBrowser = z.discriminatedUnion("say", [
  /**
   * First, once, by Plenum's own browser: from here on the server may send frames 8 and up. `seq`: the last record it
   * has; `epoch`: that of the text it has, if it has any.
   */
  z.object({
    say: z.literal("hello"),
    version: z.number(),
    schema: z.number(),
    seq: z.number(),
    epoch: z.optional(z.number()),
  }),
  /** Please make a record of this; answered by `answer` with the same id. Asking again with one id is safe while connected. */
  z.object({
    say: z.literal("ask"),
    id: z.string().check(z.maxLength(64)),
    ask: z.looseObject({ type: z.string() }),
  }),
  /** The page as I show it comes to `own`, and by your beacon to `told`, though we know the same: something is broken. */
  z.object({
    say: z.literal("diverged"),
    own: z.string().check(z.maxLength(64)),
    told: z.string().check(z.maxLength(64)),
  }),
  /** Are you there? Answered by `pong`: a socket that is open but dead is noticed so. */
  z.object({ say: z.literal("ping") }),
]);

export type FromBrowser = z.infer<typeof fromBrowser>;
