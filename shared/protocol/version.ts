/**
 * The version of everything a Plenum browser and server say to each other beyond y-websocket's protocol.
 *
 * 1: hello, welcome, ask, answer, records, saved.
 * 2: epoch in hello and welcome; beacon, diverged.
 * 3: carets.
 *
 * A test pins the shapes to the number (server/sync/protocol.test.ts). A browser older than
 * the oldest that still works is told to reload.
 */
export const protocolVersion = 3;
export const oldestVersion = 1;

/** Whether a browser of this version says of which epoch its text is; an older one may bring any. */
export const knowsEpochs = (version: number): boolean => version >= 2;

/** Whether a browser of this version understands a beacon; to an older one none is sent. */
export const knowsBeacons = (version: number): boolean => version >= 2;

/** Whether a browser of this version reads carets; an older one is told of them as y-websocket tells it. */
export const knowsCarets = (version: number): boolean => version >= 3;
