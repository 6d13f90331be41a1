import type { Relay } from "./relay.ts";

type Listener = { hear: (message: Uint8Array) => void; isListening: boolean };

/**
 * The relay of a Plenum that is one process. What is said is heard after the speaker's turn, in the order in
 * which it was said: never before `say` returns, so nobody can hear an answer before what it answers. It is heard
 * by those who listened when it was said and still do. Once closed, nothing is heard any more.
 *
 * `later` runs a piece of work soon, each in its turn; tests bring their own to say when. A listener that throws
 * throws there, alone, and keeps nothing from the others.
 */
export function makeMemoryRelay(later: (work: () => void) => void = queueMicrotask): Relay {
  const topics = new Map<string, Set<Listener>>();
  let isOpen = true;

  return {
    listen(topic, hear) {
      const listener: Listener = { hear, isListening: true };
      const listeners = topics.get(topic) ?? new Set();
      topics.set(topic, listeners.add(listener));
      return () => {
        listener.isListening = false;
        listeners.delete(listener);
        if (listeners.size === 0 && topics.get(topic) === listeners) topics.delete(topic);
      };
    },
    say(topic, message, speaker) {
      for (const listener of topics.get(topic) ?? []) {
        if (listener.hear === speaker) continue;
        const own = new Uint8Array(message);
        later(() => {
          if (isOpen && listener.isListening) listener.hear(own);
        });
      }
    },
    async close() {
      isOpen = false;
      topics.clear();
    },
  };
}
