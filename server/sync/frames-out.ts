import * as encoding from "lib0/encoding";
import { writeCarets, type Caret } from "../../shared/protocol/carets.ts";
import { frame } from "../../shared/protocol/frames.ts";
import type { FromServer } from "../../shared/protocol/from-server.ts";

/** What a server sends, written. Every frame may go to any number of sockets, so none is ever written to again. */

/** Sync step 1: this is what we have, send what we lack. */
export const askStateFrame = (vector: Uint8Array): Uint8Array => syncFrame(0, vector);
/** Sync step 2: what you lacked. The update itself follows it, and is not copied: it can be megabytes, for many. */
export const stateHead = (update: Uint8Array): Uint8Array =>
  encoding.encode((encoder) => {
    for (const number of [frame.sync, 1, update.length]) encoding.writeVarUint(encoder, number);
  });
/** An edit that somebody else made. */
export const editFrame = (update: Uint8Array): Uint8Array => syncFrame(2, update);

export const sayFrame = (message: FromServer): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, frame.say);
    encoding.writeVarString(encoder, JSON.stringify(message));
  });

export const savedFrame = (count: number): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, frame.saved);
    encoding.writeVarUint(encoder, count);
  });

export const caretsFrame = (carets: readonly Caret[]): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, frame.carets);
    writeCarets(encoder, carets);
  });

/** Presence entries, each as presence.ts encodes it. */
export const presenceFrame = (entries: readonly Uint8Array[]): Uint8Array => {
  const body = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, entries.length);
    for (const entry of entries) encoding.writeUint8Array(encoder, entry);
  });
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, frame.awareness);
    encoding.writeVarUint8Array(encoder, body);
  });
};

function syncFrame(step: number, bytes: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, frame.sync);
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, bytes);
  });
}
