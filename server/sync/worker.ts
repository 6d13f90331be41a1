import { parentPort } from "node:worker_threads";
import { must } from "../../shared/base/assert.ts";
import { fold } from "./fold.ts";
import type { Folded, ToFold } from "./folder.ts";

/** A thread of its own for what needs a Y.Doc: seconds of folding stall nobody's keystroke. */
const port = must(parentPort, "worker.ts runs as a worker thread");

port.on("message", ({ id, updates }: ToFold) => {
  const answer: Folded = attempt(id, updates);
  port.postMessage(answer);
});

function attempt(id: number, updates: readonly Uint8Array[]): Folded {
  try {
    return { id, state: fold(updates) };
  } catch (error) {
    return { id, problem: String(error) };
  }
}
