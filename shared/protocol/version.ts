/**
 * The version of everything a Plenum browser and server say to each other beyond y-websocket's protocol.
 *
 * 1: hello, welcome, ask, answer, records, saved.
 *
 * A test pins the shapes to the number (server/sync/protocol.test.ts). A browser of an older version is told to
 * reload.
 */
export const protocolVersion = 1;
