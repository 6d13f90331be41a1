import { parentPort } from "node:worker_threads";
import { must, unreachable } from "../../shared/base/assert.ts";
import { fold } from "./fold.ts";
import { stateIn, type Answered, type Asked, type Work } from "./folder.ts";
import { hashText } from "./hash-text.ts";
import { look } from "./look.ts";

/** A thread of its own for what needs a Y.Doc: seconds of folding stall nobody's keystroke. */
const port = must(parentPort, "worker.ts runs as a worker thread");

port.on("message", (asked: Asked) => {
  const answer: Answered = attempt(asked);
  const bytes = stateIn(answer)?.buffer;
  // A page's checkpoint is handed over, not copied.
  port.postMessage(answer, bytes instanceof ArrayBuffer ? [bytes] : []);
});

function work(asked: Asked): Work[keyof Work]["gives"] {
  switch (asked.name) {
    case "fold":
      return fold(asked.takes);
    case "look":
      return look(asked.takes);
    case "hash":
      return hashText(asked.takes);
    default:
      return unreachable(asked);
  }
}

function attempt(asked: Asked): Answered {
  const { id } = asked;
  try {
    return { id, gives: work(asked) };
  } catch (error) {
    return { id, problem: String(error) };
  }
}
