import * as decoding from "lib0/decoding";
import * as Y from "yjs";
import { limits } from "../../shared/base/limits.ts";
import { frame } from "../../shared/protocol/frames.ts";
import { fromBrowser, type FromBrowser } from "../../shared/protocol/from-browser.ts";
import { Refused } from "../../shared/protocol/refusals.ts";

/** What a browser may send, read. `answer` is sync step 2: what it has and we, by our step 1, lack. */
export type FrameIn =
  | { kind: "ask-state"; vector: Uint8Array }
  | { kind: "text"; form: "answer" | "edit"; update: Uint8Array }
  | { kind: "presence"; entries: Uint8Array }
  | { kind: "ask-presence" }
  | { kind: "say"; message: FromBrowser };

/** Reads one message; throws the refusal of whatever is not exactly one of the frames that a browser may send. */
export function readFrame(message: Uint8Array | string): FrameIn {
  if (typeof message === "string") throw new Refused("malformed", "messages are binary");
  if (message.length > limits.frameBytes)
    throw new Refused("too-large", `${limits.frameBytes} bytes a message`);
  const decoder = decoding.createDecoder(message);
  const read = readOrNull(decoder);
  // lib0 reads past the end of a view where the memory behind it goes on.
  if (!read || decoder.pos !== message.length) throw new Refused("malformed");
  return read;
}

function readOrNull(decoder: decoding.Decoder): FrameIn | null {
  try {
    return read(decoder);
  } catch (error) {
    if (error instanceof Refused) throw error;
    return null; // Whatever reading throws says the same: these bytes are not a frame.
  }
}

function read(decoder: decoding.Decoder): FrameIn | null {
  const type = decoding.readVarUint(decoder);
  switch (type) {
    case frame.sync:
      return readSync(decoder);
    case frame.awareness:
      return { kind: "presence", entries: decoding.readVarUint8Array(decoder) };
    case frame.queryAwareness:
      return { kind: "ask-presence" };
    case frame.say:
      return readSay(decoder);
    default:
      return null;
  }
}

function readSync(decoder: decoding.Decoder): FrameIn | null {
  const step = decoding.readVarUint(decoder);
  const bytes = decoding.readVarUint8Array(decoder);
  if (step === 0) return { kind: "ask-state", vector: readableVector(bytes) };
  if (step === 1) return { kind: "text", form: "answer", update: bytes };
  return step === 2 ? { kind: "text", form: "edit", update: bytes } : null;
}

/** The vector as it is; throws where it cannot be read, now and not when it is answered. */
function readableVector(bytes: Uint8Array): Uint8Array {
  Y.decodeStateVector(bytes);
  return bytes;
}

function readSay(decoder: decoding.Decoder): FrameIn | null {
  if (decoder.arr.length > limits.askBytes) throw new Refused("too-large", `${limits.askBytes} bytes an ask`);
  const message = fromBrowser.safeParse(JSON.parse(decoding.readVarString(decoder)));
  return message.success ? { kind: "say", message: message.data } : null;
}
