import { expect, test } from "vitest";
import type { Inline } from "../../../shared/body/blocks.ts";
import { readMarkdown } from "../../../shared/markdown/read.ts";
import { oneLine } from "./one-line.ts";

function line(markdown: string): string {
  let n = 0;
  const body = readMarkdown(markdown, { flavour: "gfm", makeId: () => `id${(n += 1)}` });
  const shown = (run: Inline) => ("text" in run ? run.text : run.atom.type === "break" ? "/" : run.atom.type);
  return oneLine(body).map(shown).join("");
}

test("blocks become lines of one line, each with what tells it from the others", () => {
  expect(line("one\n\n## two\n\n- three\n- four\n\n3. five\n4. six")).toBe(
    "one/two/• three/• four/3. five/4. six",
  );
});

test("code becomes its lines, and a quote its words", () => {
  expect(line("```\na\n\nb\n```\n\n> said")).toBe("a/b/said");
});
