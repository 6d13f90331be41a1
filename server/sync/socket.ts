import type { RefusalCode } from "../../shared/protocol/refusals.ts";

/**
 * What a connection needs of a websocket (ws-socket.ts is one). None of its methods throws, whatever has become
 * of the socket; `onClose` is called once, also where the socket broke.
 */
export interface Socket {
  /**
   * Sends a message, which may come in two parts so that a large one need not be copied to stand behind its head.
   * Answers whether nothing has to wait. The bytes must not change afterwards.
   */
  send(message: Uint8Array, rest?: Uint8Array): boolean;
  /** Bytes that were sent and have not left yet. */
  readonly bufferedAmount: number;
  close(code: number, reason: RefusalCode): void;
  /** Ends it at once, without a word: the other side is gone. */
  terminate(): void;
  ping(): void;
  /** Stops and starts reading. Some messages may still come after `pause`. */
  pause(): void;
  resume(): void;
  onMessage(hear: (message: Uint8Array | string) => void): void;
  onPong(hear: () => void): void;
  /** Called whenever all that had to wait has left. */
  onDrain(hear: () => void): void;
  onClose(hear: () => void): void;
}
