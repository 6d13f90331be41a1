import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { readCarets, type Caret } from "../../shared/protocol/carets.ts";
import { frame } from "../../shared/protocol/frames.ts";

/*
 * What clients and servers say to each other: y-websocket's messages, each as its server wants it framed.
 */

export type Heard =
  /** Our question is answered: the text. */
  | { is: "state"; update: Uint8Array }
  | { is: "edit"; update: Uint8Array }
  /** What do you have? */
  | { is: "asked" }
  | { is: "presence"; entries: Uint8Array }
  /** Plenum's own form of it: who moved, and where to. */
  | { is: "carets"; carets: readonly Caret[] }
  /** So many more, or so many in all, of our edits are kept, as the server has it. */
  | { is: "saved"; count: number; isTotal: boolean }
  | { is: "other" };

export type Dialect = {
  /** Whether a newcomer is answered with the text; else being connected is being there. */
  readonly hasText: boolean;
  frame: (room: string, message: Uint8Array) => Uint8Array;
  /** Calls `hear` for each message of what a server sent. */
  read: (payload: Uint8Array, hear: (heard: Heard) => void) => void;
};

/** y-websocket's own: a message is a message. */
export const plain: Dialect = {
  hasText: true,
  frame: (_, message) => message,
  read: (payload, hear) => hear(readMessage(decoding.createDecoder(payload), 9, true)),
};

/** Hocuspocus': each message begins with the name of its room. */
export const named: Dialect = {
  hasText: true,
  frame: (room, message) =>
    encoding.encode((encoder) => {
      encoding.writeVarString(encoder, room);
      encoding.writeUint8Array(encoder, message);
    }),
  read: (payload, hear) => {
    const decoder = decoding.createDecoder(payload);
    decoding.readVarUint8Array(decoder);
    hear(readMessage(decoder, 8, false));
  },
};

/** A relay's that knows nothing, and packs what it gathered one behind the other. */
export const packed: Dialect = {
  hasText: false,
  frame: (_, message) => message,
  read: (payload, hear) => {
    const decoder = decoding.createDecoder(payload);
    while (decoding.hasContent(decoder))
      hear(readMessage(decoding.createDecoder(decoding.readVarUint8Array(decoder)), 9, true));
  },
};

/** A relay's that passes every message on by itself. */
export const passedOn: Dialect = { ...plain, hasText: false };

function readMessage(decoder: decoding.Decoder, saved: number, isTotal: boolean): Heard {
  const type = decoding.readVarUint(decoder);
  // Hocuspocus answers some questions with type 4, which holds the same.
  if (type === 0 || (type === 4 && !isTotal)) return readSync(decoder);
  if (type === frame.carets && isTotal) return { is: "carets", carets: readCarets(decoder) };
  if (type === 1) return { is: "presence", entries: decoding.readVarUint8Array(decoder) };
  return type === saved ? { is: "saved", count: decoding.readVarUint(decoder), isTotal } : { is: "other" };
}

function readSync(decoder: decoding.Decoder): Heard {
  const step = decoding.readVarUint(decoder);
  if (step === 0) return { is: "asked" };
  const update = decoding.readVarUint8Array(decoder);
  return { is: step === 1 ? "state" : "edit", update };
}

const emptyVector = Uint8Array.of(0);
const emptyUpdate = Uint8Array.of(0, 0);

const sync = (step: number, bytes: Uint8Array): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, bytes);
  });

/** I have nothing: what do you have? */
export const askState: Uint8Array = sync(0, emptyVector);
/** The answer of who has nothing that the server lacks. */
export const nothingNew: Uint8Array = sync(1, emptyUpdate);
export const editMessage = (update: Uint8Array): Uint8Array => sync(2, update);

export const presenceMessage = (client: number, clock: number, state: string): Uint8Array => {
  const entries = encoding.encode((encoder) => {
    for (const number of [1, client, clock]) encoding.writeVarUint(encoder, number);
    encoding.writeVarString(encoder, state);
  });
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint8Array(encoder, entries);
  });
};
