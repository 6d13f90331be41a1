import type { Command } from "@tiptap/pm/state";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { readBody } from "../../../shared/body/format.ts";
import type { Desk } from "../binding/desk.stage.ts";
import { commands } from "./commands.stage.ts";
import { deskAt, updateOf } from "./notation.stage.ts";

/* Whatever one person does to a line while another types in it, and around it: every word is there once. */

/** The line with `one two three` in it, in every place where a line can be, with lines around. */
const pages = [
  "p(before) p(one two three) p(behind)",
  "p(before) h2(one two three) p(behind)",
  "p(before) code(one two three) p(behind)",
  "p(before) fig(one two three) p(behind)",
  "ul(li(p(before)) li(p(one two three) ul(li(p(child)))) li(p(behind)))",
  "tl(li(p(before)) done(p(one two three)) li(p(behind)))",
  "ul(li(p(before) ol(li(p(x)) li(p(one two three)) li(p(behind)))))",
  "p(before) quote(p(one two three) p(behind))",
  "p(before) note(title(one two three) p(behind))",
  "p(before) note(title(t) p(one two three)) p(behind)",
  "p(before) fold(title(t) quote(ul(li(p(one two three)) li(p(x))))) p(behind)",
  "tabs(tab(title(before) p(a)) tab(title(t) p(one two three)) tab(p(behind)))",
  "p(before^) fn(p(one two three)) p(behind)",
];

const carets: { readonly [name: string]: (desk: Desk) => void } = {
  "its start": (desk) => desk.find("one", "before"),
  "its middle": (desk) => desk.find("two"),
  "its end": (desk) => desk.find("three"),
};

/** Behind which words the other types meanwhile, and what. */
const typed = { one: " alpha", "two three": " omega", before: "beta", behind: "gamma" };

for (const [name, command] of Object.entries(commands))
  for (const page of pages)
    test(`${name} loses no word that another types meanwhile: ${page}`, () => {
      for (const [place, caret] of Object.entries(carets))
        for (const clients of [
          [2, 3],
          [3, 2],
        ] as const)
          meet(page, command, place, caret, clients);
    });

function meet(
  page: string,
  command: Command,
  place: string,
  caret: (desk: Desk) => void,
  clients: readonly [number, number],
): void {
  const start = updateOf(page);
  const [ana, bo] = clients.map((client) => deskAt("", client, start)) as [Desk, Desk];
  caret(ana);
  ana.run(command);
  ana.check();
  const said: string[] = [];
  for (const [words, more] of Object.entries(typed)) {
    if (!bo.text.includes(words)) continue;
    bo.find(words);
    bo.type(more);
    said.push(more.trim());
  }
  bo.check();
  const [a, b] = [ana, bo].map((desk) => Y.encodeStateAsUpdate(desk.doc)) as [Uint8Array, Uint8Array];
  ana.receive(b);
  bo.receive(a);
  ana.check();
  bo.check();
  expect(readBody(ana.doc)).toEqual(readBody(bo.doc));
  const counts = said.map((word) => `${word}: ${ana.text.split(word).length - 1}`);
  expect(counts, `with the caret at ${place}`).toEqual(said.map((word) => `${word}: 1`));
}
