import * as decoding from "lib0/decoding";
import * as sync from "y-protocols/sync";
import { frame } from "../../shared/protocol/frames.ts";

/** Text on its way out: the answer to what the server lacks (sync step 2), or an edit (update). */
export type OutgoingText = "answer" | "edit";

/**
 * A socket class in which everything that carries text must pass a gate first; what does not pass is not sent.
 * It is asked at the socket itself, so that its count is of what leaves and nothing else.
 */
export function gatedSocket(
  Base: typeof WebSocket,
  passes: (text: OutgoingText) => boolean,
): typeof WebSocket {
  return class extends Base {
    override send(data: Parameters<WebSocket["send"]>[0]): void {
      const text = data instanceof Uint8Array ? textIn(data) : null;
      if (text === null || passes(text)) super.send(data);
    }
  };
}

/** Which text a frame carries, or null for a frame without any. */
export function textIn(bytes: Uint8Array): OutgoingText | null {
  const decoder = decoding.createDecoder(bytes);
  if (decoding.readVarUint(decoder) !== frame.sync) return null;
  const step = decoding.readVarUint(decoder);
  if (step === sync.messageYjsSyncStep2) return "answer";
  return step === sync.messageYjsUpdate ? "edit" : null;
}
