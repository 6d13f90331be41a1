import { z } from "zod/mini";

/** A place in a page's text, as Yjs writes a relative position in JSON. */
const whole = z.int().check(z.gte(0));
const id = z.object({ client: whole, clock: whole });
const place = z.object({
  type: z.optional(z.nullable(id)),
  tname: z.optional(z.nullable(z.string().check(z.maxLength(64)))),
  item: z.optional(z.nullable(id)),
  assoc: z.optional(z.number()),
});

const cursor = z.object({ anchor: place, head: place });
const presence = z.object({ cursor: z.optional(z.unknown()) });

export type Cursor = z.infer<typeof cursor>;

/**
 * What of a browser's presence others may see: its cursor, or nothing where it has none that can be understood.
 * Null where the browser says that nobody is there. Throws where the text is not JSON.
 */
export function readPresence(json: string): { cursor?: Cursor } | null {
  const said = presence.safeParse(JSON.parse(json));
  if (!said.success) return null;
  const read = cursor.safeParse(said.data.cursor);
  return read.success ? { cursor: read.data } : {};
}
