import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { describe, expect, test } from "vitest";
import type { Body } from "../../shared/body/blocks.ts";
import { readMarkdown } from "../../shared/markdown/read.ts";
import { mapTargets, toIds, toPaths } from "../../shared/markdown/targets.ts";
import { writeMarkdown } from "../../shared/markdown/write.ts";
import { readProject } from "./project.ts";

/*
 * The site that Plenum's users must be able to bring in and take out again. It is not part of the project: where
 * it lies beside it, these tests run.
 */

const root = join(import.meta.dirname, "../../../shared/data/pypackaging-native");
const isThere = existsSync(root);
const where = isThere ? "" : " (skipped: the model site is not beside the project)";

function filesOf(folder: string): Map<string, Uint8Array> {
  const paths = globSync("**/*.*", { cwd: folder }).sort();
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path))]));
}

function read(markdown: string): Body {
  let ids = 0;
  return readMarkdown(markdown, { flavour: "mkdocs", makeId: () => `b${(ids += 1)}` });
}

const written = (markdown: string) => writeMarkdown(read(markdown), { flavour: "mkdocs" });

/** With the lines that open admonitions, tabs and footnotes as headings, and their bodies without indent. */
function flattened(markdown: string): string {
  const opener = /^(?:!!!|\?\?\?|===|\[\^\d+\]:)/;
  let depth = 0;
  const lines = markdown.split("\n").map((line) => {
    const spaced = line.replaceAll("\t", "    ");
    const indent = /^ */.exec(spaced)?.[0].length ?? 0;
    if (spaced.trim() !== "") depth = Math.min(depth, Math.floor(indent / 4));
    const own = spaced.slice(4 * depth);
    if (!opener.test(own)) return own;
    depth += 1;
    return `\n###### ${own}\n`;
  });
  return lines.join("\n");
}

/** HTML as GitHub's Markdown has it, in which space counts in <pre> alone. */
function html(markdown: string): string {
  // CommonMark sees code where this list, indented by seven, is one for Python-Markdown, and a list in this line.
  const plain = flattened(markdown.replaceAll(/^ {7}- /gm, "    - "));
  const source = plain.replaceAll("\n- rather than a", " - rather than a");
  const options = { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] };
  const pieces = micromark(source, options).split(/(<pre[\s\S]*?<\/pre>)/);
  const joined = pieces.map((piece, at) => (at % 2 ? piece : piece.replaceAll(/\s+/g, " "))).join("");
  return joined.replaceAll(/ ?(<\/?(?:p|li|ul|ol|blockquote|h[1-6]|pre)\b[^>]*>) ?/g, "$1");
}

const words = (text: string) => (text.match(/[\p{L}\p{N}]+/gu) ?? []).sort();

describe.skipIf(!isThere)(`The model site${where}`, () => {
  const project = readProject(isThere ? filesOf(root) : new Map([["a.md", new Uint8Array()]]));
  const pages = project.nodes.filter((node) => node.kind === "page");

  test("has 21 pages, in the order of its navigation, and its images", () => {
    expect(project.title).toBe("pypackaging-native");
    expect(pages).toHaveLength(21);
    expect(pages[0]?.path).toBe("index.md");
    expect(project.nodes.filter((node) => node.kind === "group").map(({ title }) => title)).toEqual([
      "Meta topics",
      "Key issues",
      "Native dependencies",
      "Background",
    ]);
    expect(project.assets).toHaveLength(14);
    expect(new Set(project.assets.map(({ mediaType }) => mediaType))).toEqual(new Set(["image/png"]));
  });

  test.each(pages)("keeps its HTML and every word: $path", ({ markdown }) => {
    const once = written(markdown);
    expect(html(once)).toBe(html(markdown));
    expect(words(once)).toEqual(words(markdown));
    expect(written(once)).toBe(once);
  });

  test.each(pages)("has nothing in it that is not understood: $path", ({ markdown }) => {
    expect(read(markdown).blocks.filter(({ type }) => type === "raw")).toEqual([]);
  });

  test.each(pages)("keeps its links and images by way of ids: $path", ({ path, markdown }) => {
    const known = {
      page: new Map(pages.map((page, at) => [page.path, `p${at}`])),
      asset: new Map<string, string>(),
    };
    project.assets.forEach((asset, at) => known.asset.set(asset.path, `a${at}`));
    const pathOf = (map: Map<string, string>) => (id: string) =>
      [...map].find(([, each]) => each === id)?.[0];
    const idAt = { page: (at: string) => known.page.get(at), asset: (at: string) => known.asset.get(at) };
    const inside = mapTargets(read(markdown), toIds(path, idAt));
    const back = toPaths(path, { page: pathOf(known.page), asset: pathOf(known.asset) });
    const again = writeMarkdown(mapTargets(inside, back), { flavour: "mkdocs" });
    const plain = (text: string) => text.replaceAll("](./", "](");
    expect(plain(again)).toBe(plain(written(markdown)));
    expect(relativeLinks(inside)).toEqual([]);
  });
});

/** Links to Markdown files that have found no page. */
function relativeLinks(body: Body): string[] {
  const cells = body.blocks.flatMap(({ table }) => table?.rows.flatMap((row) => row.cells.flat()) ?? []);
  const runs = [...body.blocks.flatMap((block) => block.content), ...cells];
  const links = runs.map((run) => JSON.stringify(run.marks?.["link"] ?? ""));
  return links.filter((link) => /"href":"(?!https?:|page:)[^"]*\.md/.test(link));
}
