import { parentPort } from "node:worker_threads";
import { must } from "../../shared/base/assert.ts";
import { fold } from "./fold.ts";
import type { Answered, Asked } from "./folder.ts";
import { look } from "./look.ts";

/** A thread of its own for what needs a Y.Doc: seconds of folding stall nobody's keystroke. */
const port = must(parentPort, "worker.ts runs as a worker thread");

port.on("message", (asked: Asked) => {
  const answer: Answered = attempt(asked);
  port.postMessage(answer);
});

function attempt(asked: Asked): Answered {
  const { id } = asked;
  try {
    return { id, gives: asked.name === "fold" ? fold(asked.takes) : look(asked.takes) };
  } catch (error) {
    return { id, problem: String(error) };
  }
}
