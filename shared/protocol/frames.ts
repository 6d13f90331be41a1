/**
 * A frame is one binary websocket message: a varuint that names its type, then what that type carries (lib0's
 * encoding). 0–3 are y-websocket's and unchanged, so an unmodified provider can join; ours begin at 8 and are
 * sent only to a connection that said hello.
 */
export const frame = {
  /** Both: y-protocols/sync (0 step 1 with a state vector, 1 step 2 with an update, 2 update). */
  sync: 0,
  /** Both: y-protocols/awareness. */
  awareness: 1,
  /** To browser, unused by us: y-protocols/auth. */
  auth: 2,
  /** From browser: send me everyone's presence. */
  queryAwareness: 3,
  /** Both: one of our messages as JSON text (from-browser.ts, from-server.ts), a lib0 varString. */
  say: 8,
  /**
   * To browser: a varuint, how many of this connection's messages that carry text (sync steps 2 and updates, in
   * the order sent, refused ones not counted) are on disk.
   */
  saved: 9,
  /** To browser: carets that moved (carets.ts), of people that it was told of before; its own may be among them. */
  carets: 10,
} as const;
