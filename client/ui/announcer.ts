export type Said = { readonly polite: string; readonly assertive: string };

type World = { wait: (ms: number, ring: () => void) => void; nowMs: () => number; gapMs: number };

/** What the live regions hold, and the pace at which it changes. Nothing said is lost, except exact repetitions. */
export function makeAnnouncer({ wait, nowMs, gapMs }: World) {
  let said: Said = { polite: "", assertive: "" };
  let waiting: string[] = [];
  let lastMs = -Infinity;
  let isTimed = false;
  const listeners = new Set<() => void>();

  function set(next: Partial<Said>): void {
    said = { ...said, ...next };
    for (const listener of listeners) listener();
  }

  function flush(): void {
    isTimed = false;
    lastMs = nowMs();
    set({ polite: waiting.join(". ") });
    waiting = [];
  }

  return {
    say(text: string, how: keyof Said = "polite"): void {
      if (how === "assertive") return set({ assertive: text });
      if (!waiting.includes(text)) waiting.push(text);
      if (isTimed) return;
      isTimed = true;
      wait(Math.max(0, lastMs + gapMs - nowMs()), flush);
    },
    get: (): Said => said,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
