/**
 * Carries news between the nodes of one Plenum: what is said on a topic, everyone who listens to it hears, on
 * this node and the others, and the speaker hears nothing. Order is kept per topic and speaker. The relay is
 * never the only copy of anything: who was away asks the store. (contract.ts is the suite each one runs.)
 */
export interface Relay {
  /** Starts to listen; answers how to stop. What is heard is the listener's to keep. */
  listen(topic: string, hear: (message: Uint8Array) => void): () => void;
  /** Says it to every other listener of the topic. */
  say(topic: string, message: Uint8Array, speaker: (message: Uint8Array) => void): void;
  close(): Promise<void>;
}
