/**
 * The version of everything a Plenum browser and server say to each other beyond y-websocket's protocol.
 *
 * 1: hello, welcome, ask, answer, records, saved.
 */
export const protocolVersion = 1;
