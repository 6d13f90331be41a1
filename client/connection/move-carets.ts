import * as encoding from "lib0/encoding";
import { applyAwarenessUpdate, type Awareness } from "y-protocols/awareness";
import type { Caret } from "../../shared/protocol/carets.ts";

/**
 * Moves the carets of people who are known, as if they had said all of themselves again. Who is not known comes with
 * their name soon; one's own is the room's echo.
 */
export function moveCarets(awareness: Awareness, carets: readonly Caret[], origin: unknown): void {
  const states = awareness.getStates();
  const known = carets.filter(({ client }) => client !== awareness.clientID && states.has(client));
  if (known.length === 0) return;
  const update = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, known.length);
    for (const { client, clock, cursor } of known) {
      const { cursor: _, ...rest } = states.get(client) ?? {};
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarString(encoder, JSON.stringify(cursor ? { ...rest, cursor } : rest));
    }
  });
  applyAwarenessUpdate(awareness, update, origin);
}
