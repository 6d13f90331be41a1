import { expect, test } from "vitest";
import type { Chance } from "../../shared/base/ids.ts";
import { openArchive } from "./archive.ts";
import { bodyOf } from "./bodies.ts";
import { writeArchive } from "./export-survey.ts";
import { prepareImport } from "./prepare.ts";

const chance: Chance = (bytes) => crypto.getRandomValues(bytes);
const bytes = (text: string) => new TextEncoder().encode(text);
const site = new Map([
  [
    "docs/index.md",
    bytes("# Home\n\nSee [the cause](issues/cause.md#why) and [outside](https://example.org/a.md).\n"),
  ],
  [
    "docs/issues/cause.md",
    bytes("# Cause\n\n![A stack](../images/stack.png#only-light) of [home](../index.md).\n"),
  ],
  ["docs/images/stack.png", bytes("\x89PNG")],
  ["mkdocs.yml", bytes("site_name: Site\nnav:\n  - index.md\n  - issues/cause.md\n")],
]);

test("links between an import's pages, and its pictures, are kept by id", () => {
  const { nodes, assets } = prepareImport({ files: site }, chance);
  const [home, cause] = nodes.map(({ update }) => JSON.stringify(update && bodyOf(update).blocks));
  expect(home).toContain(`"href":"page:${nodes[1]?.id}#why"`);
  expect(home).toContain('"href":"https://example.org/a.md"');
  expect(cause).toContain(`"src":"asset:${assets[0]?.id}#only-light"`);
  expect(cause).toContain(`"href":"page:${nodes[0]?.id}"`);
});

test("on export they are paths again, and follow a page that has moved meanwhile", () => {
  const { title, nodes, assets } = prepareImport({ files: site }, chance);
  const states = new Map(nodes.flatMap(({ id, update }) => (update ? [[id, update] as const] : [])));
  const written = (tree: typeof nodes) => {
    const files = openArchive(writeArchive({ title, tree, states, assets: [...assets] }));
    return (path: string) => new TextDecoder().decode(files.get(path));
  };
  const same = written(nodes);
  expect(same("docs/index.md")).toContain("[the cause](issues/cause.md#why)");
  expect(same("docs/issues/cause.md")).toContain("![A stack](../images/stack.png#only-light)");
  const moved = written(
    nodes.map((node) => (node.path.startsWith("issues") ? { ...node, path: "why.md" } : node)),
  );
  expect(moved("docs/index.md")).toContain("[the cause](why.md#why)");
  expect(moved("docs/why.md")).toContain("![A stack](images/stack.png#only-light) of [home](index.md)");
});
