import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { pageId, type PageId } from "../../shared/base/ids.ts";
import { limits } from "../../shared/base/limits.ts";
import { Refused } from "../../shared/protocol/refusals.ts";
import type { TreeNode } from "../../shared/records/state.ts";
import { openArchive, packArchive } from "./archive.ts";
import { pagePaths, readProject, writeProject, type Project } from "./project.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array | undefined) => (bytes ? new TextDecoder().decode(bytes) : undefined);

function project(files: { [path: string]: string }): Project {
  return readProject(new Map(Object.entries(files).map(([path, text]) => [path, bytesOf(text)])));
}

/** The tree as lines: a node's title, its path if it is a page, indented under its parent. */
function outline({ nodes }: Project): string[] {
  const depthOf = (index: number | null): number => {
    return index === null ? 0 : 1 + depthOf(nodes[index]?.parentIndex ?? null);
  };
  return nodes.map((node) => {
    const path = node.kind === "page" ? ` (${node.path})` : "";
    return "  ".repeat(depthOf(node.parentIndex)) + node.title + path;
  });
}

function codeOf(read: () => unknown): string {
  try {
    read();
    return "none";
  } catch (error) {
    if (error instanceof Refused) return error.refusal.code;
    throw error;
  }
}

describe("A MkDocs project is read", () => {
  test("with its navigation in all its shapes, and after it the pages that it leaves out", () => {
    const nav = [
      "nav:",
      "  - index.md",
      "  - About us: ./about.md",
      "  - Issues:",
      "      - issues/index.md",
      "      - Deep:",
      "          - issues/deep/abi.md",
      "      - The second: issues/two.md",
      "  - Elsewhere: https://a.example/",
      "  - Gone: gone.md",
      "  - Nothing:",
      "  - about.md",
    ].join("\n");
    const read = project({
      "mkdocs.yml": `site_name: A site\n${nav}\n`,
      "docs/index.md": "# Welcome to `us`",
      "docs/about.md": "# Not this title",
      "docs/issues/index.md": "text",
      "docs/issues/deep/abi.md": "# ABI",
      "docs/issues/two.md": "# Not this either",
      "docs/left_out.md": "",
      "README.md": "# No page of the site",
    });
    expect(read.title).toBe("A site");
    expect(outline(read)).toEqual([
      "Welcome to us (index.md)",
      "About us (about.md)",
      "Issues",
      "  Issues (issues/index.md)",
      "  Deep",
      "    ABI (issues/deep/abi.md)",
      "  The second (issues/two.md)",
      "Left out (left_out.md)",
    ]);
  });

  test("without a navigation: by folders, each with its index first", () => {
    const read = project({
      "mkdocs.yml": "site_name: A site\ndocs_dir: ./content",
      "content/zoo.md": "",
      "content/b-part/two.md": "",
      "content/b-part/index.md": "# Part B",
      "content/index.md": "# Start",
    });
    expect(outline(read)).toEqual([
      "Start (index.md)",
      "Zoo (zoo.md)",
      "B part",
      "  Part B (b-part/index.md)",
      "  Two (b-part/two.md)",
    ]);
  });

  test("with settings that only Python understands", () => {
    const yaml = [
      "site_name: !ENV [NAME, 'A site']",
      "repo_url: !ENV URL",
      "markdown_extensions:",
      "  - pymdownx.emoji:",
      "      emoji_index: !!python/name:material.extensions.emoji.twemoji",
      "      options: !relative $docs_dir",
      "nav: [a.md]",
    ].join("\n");
    expect(outline(project({ "mkdocs.yml": yaml, "docs/a.md": "# A" }))).toEqual(["A (a.md)"]);
  });

  test("with its files, and what browsers may show of them by their first bytes", () => {
    const files = new Map([
      ["mkdocs.yml", bytesOf("site_name: A")],
      ["docs/a.md", bytesOf("")],
      ["docs/img/a.png", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0)],
      ["docs/img/b.png", bytesOf("<svg onload=alert(1)>")],
      ["docs/extra.css", bytesOf("a {}")],
      ["docs/.hidden/c.md", bytesOf("")],
      ["LICENSE", bytesOf("MIT")],
    ]);
    const { assets } = readProject(files);
    expect(assets.map(({ path, mediaType }) => [path, mediaType])).toEqual([
      ["extra.css", "application/octet-stream"],
      ["img/a.png", "image/png"],
      ["img/b.png", "application/octet-stream"],
    ]);
  });
});

test("a folder of Markdown, and a single file, are projects, too", () => {
  const folder = project({ "b.md": "# The second", "sub/a.markdown": "", "a.png": "" });
  expect(folder.title).toBe("The second");
  expect(outline(folder)).toEqual(["The second (b.md)", "Sub", "  A (sub/a.markdown)"]);
  expect(outline(project({ "my-notes_2.md": "text" }))).toEqual(["My notes 2 (my-notes_2.md)"]);
});

test("a page that is not UTF-8 loses no character", () => {
  const [page] = readProject(new Map([["a.md", Uint8Array.of(0x63, 0x61, 0x66, 0xe9)]])).nodes;
  expect(page).toMatchObject({ markdown: "café" });
});

test("titles are as long as titles may be, and no longer", () => {
  const [page] = project({ "a.md": `# ${"a".repeat(limits.titleLength - 1)}😀` }).nodes;
  expect(page?.title.length).toBeLessThanOrEqual(limits.titleLength);
});

describe("Refused is", () => {
  const many = Object.fromEntries(
    Array.from({ length: limits.pagesPerSurvey + 1 }, (_, at) => [`${at}.md`, ""]),
  );
  test.each([
    ["a project without pages", { "mkdocs.yml": "site_name: A", "README.md": "" }, "no-pages"],
    ["no file at all", {}, "no-pages"],
    ["settings that are no YAML", { "mkdocs.yml": "nav: [", "docs/a.md": "" }, "bad-request"],
    [
      "settings in settings in settings",
      { "mkdocs.yml": "[".repeat(100_000), "docs/a.md": "" },
      "bad-request",
    ],
    ["a page that is too long", { "a.md": "a".repeat(limits.markdownBytes + 1) }, "too-large"],
    ["a file that is too large", { "a.md": "", "a.bin": "a".repeat(limits.assetBytes + 1) }, "too-large"],
    ["more pages than a survey has", many, "too-large"],
  ])("%s", (_, files, code) => {
    expect(codeOf(() => project(files as { [path: string]: string }))).toBe(code);
  });
});

describe("A survey is written as a project", () => {
  const id = (name: string): PageId => pageId.parse(name);
  const page = (name: string, title: string, path: string, parent: string | null = null): TreeNode => {
    return { id: id(name), kind: "page", title, path, parent: parent === null ? null : id(parent) };
  };
  const tree: TreeNode[] = [
    page("p1", "Start: here", "index.md"),
    { id: id("g1"), kind: "group", title: "Issues", path: "", parent: null },
    page("p2", "ABI", "issues/abi.md", "g1"),
    page("p3", "Renamed", "issues/native/index.md", "g1"),
    page("p4", "Below", "issues/native/below.md", "p3"),
  ];
  const markdown = new Map([
    [id("p1"), "# Start: here\n"],
    [id("p2"), "# ABI\n"],
    [id("p3"), "# Native\n"],
    [id("p4"), ""],
  ]);
  const assets = [{ path: "assets/images/a.png", bytes: Uint8Array.of(1, 2, 3) }];
  const files = writeProject({ title: "A survey: of all", tree, markdown, assets });

  test("with settings, pages and files in their places", () => {
    expect([...files.keys()].sort()).toEqual([
      "docs/assets/images/a.png",
      "docs/index.md",
      "docs/issues/abi.md",
      "docs/issues/native/below.md",
      "docs/issues/native/index.md",
      "mkdocs.yml",
    ]);
    expect(textOf(files.get("docs/issues/abi.md"))).toBe("# ABI\n");
    expect(parse(textOf(files.get("mkdocs.yml")) ?? "")).toEqual({
      site_name: "A survey: of all",
      theme: { name: "material" },
      markdown_extensions: [
        "admonition",
        "footnotes",
        "pymdownx.details",
        "pymdownx.superfences",
        { "pymdownx.tabbed": { alternate_style: true } },
      ],
      nav: [
        "index.md",
        {
          Issues: [
            "issues/abi.md",
            { Renamed: [{ Renamed: "issues/native/index.md" }, { Below: "issues/native/below.md" }] },
          ],
        },
      ],
    });
  });

  test("that is the survey again when it is read, by way of an archive", () => {
    const read = readProject(openArchive(packArchive(files)));
    expect(read.title).toBe("A survey: of all");
    expect(outline(read)).toEqual([
      "Start: here (index.md)",
      "Issues",
      "  ABI (issues/abi.md)",
      "  Renamed",
      "    Renamed (issues/native/index.md)",
      "    Below (issues/native/below.md)",
    ]);
    expect(read.assets.map(({ path, bytes }) => [path, [...bytes]])).toEqual([
      ["assets/images/a.png", [1, 2, 3]],
    ]);
  });

  test("and no path leads out of it, or over another", () => {
    const paths = pagePaths([
      page("p1", "A", "../../etc/a.md"),
      page("p2", "B", "/etc/a.md"),
      page("p3", "C", "x\\..\\ETC/A.md"),
      page("p4", "D", ""),
      page("p5", "E", "notes"),
    ]);
    expect([...paths.values()]).toEqual(["etc/a.md", "etc/a-2.md", "x/ETC/A.md", "p4.md", "notes.md"]);
  });
});
