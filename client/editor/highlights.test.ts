import type { DecorationSet } from "@tiptap/pm/view";
import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { must } from "../../shared/base/assert.ts";
import type { ThreadId } from "../../shared/base/ids.ts";
import { placeAt, quoteAt } from "../../shared/body/anchors.ts";
import type { Body } from "../../shared/body/blocks.ts";
import { writeBody } from "../../shared/body/format.ts";
import { Desk } from "./binding/desk.stage.ts";
import { highlights, rangeOfThread, showThreads, type Anchored } from "./highlights.ts";

const words = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta"];

function start(): Uint8Array {
  const doc = new Y.Doc();
  const blocks = words.map((word, n) => ({
    id: `b${n}`,
    type: "paragraph",
    attrs: {},
    in: null,
    content: [{ text: `before ${word} behind` }],
  }));
  writeBody(doc, { containers: new Map(), blocks } as unknown as Body);
  return Y.encodeStateAsUpdate(doc);
}

let made = 0;
const makeId = () => `n${(made += 1)}`;

/** Ana, who sees a thread about each of the words. */
function withThreads(update: Uint8Array): { ana: Desk; threads: Anchored[]; drawn: () => string[] } {
  const shown: { plugin?: ReturnType<typeof highlights> } = {};
  const ana = new Desk(makeId, 1, update, (binding) => [(shown.plugin = highlights(binding, () => {}))]);
  const flat = ana.binding.flatText;
  const threads = words.map((word) => {
    const at = flat.indexOf(word);
    const place = placeAt(ana.doc, at, at + word.length);
    return { id: word as ThreadId, place, quote: quoteAt(flat, at, at + word.length) };
  });
  showThreads(ana as never, { threads, active: null });
  const drawn = () => {
    const { set } = must(shown.plugin, "the plugin was made").getState(ana.state) as { set: DecorationSet };
    return set
      .find()
      .map((each) => `${each.spec["thread"]} ${each.from}-${each.to}`)
      .toSorted();
  };
  return { ana, threads, drawn };
}

const deed = fc.record({
  word: fc.constantFrom(...words),
  how: fc.constantFrom(
    "type before",
    "type behind",
    "Heading",
    "Bullet",
    "Quote",
    "Enter",
    "join",
    "cut",
    "undo",
  ),
});

function perform(desk: Desk, { word, how }: { word: string; how: string }): void {
  if (how === "undo") return void desk.undoManager.undo();
  if (!desk.text.includes(word)) return;
  desk.find(word, how === "cut" ? "select" : how === "type behind" || how === "Enter" ? "behind" : "before");
  if (how === "cut") desk.press("Delete");
  else if (how.startsWith("type")) desk.type("x ");
  else if (how === "join") {
    desk.select(desk.state.doc.resolve(desk.state.selection.from).start());
    desk.press("Backspace");
  } else desk.press(how as "Heading");
}

test("whatever others do, what is marked is what would be marked if all threads were looked for anew", () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 14 }), (deeds) => {
      const update = start();
      const { ana, threads, drawn } = withThreads(update);
      const bo = new Desk(makeId, 2, update);
      for (const each of deeds) {
        perform(bo, each);
        ana.receive(Y.encodeStateAsUpdate(bo.doc, Y.encodeStateVector(ana.doc)));
        ana.check();
        const anew = threads.flatMap((thread) => {
          const range = rangeOfThread(ana.binding, ana.state.doc, thread);
          return range ? [`${thread.id} ${range.from}-${range.to}`] : [];
        });
        expect(drawn()).toEqual(anew.toSorted());
      }
    }),
  );
});
