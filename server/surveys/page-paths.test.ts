import { expect, test } from "vitest";
import type { PageId } from "../../shared/base/ids.ts";
import { emptyState, type SurveyState } from "../../shared/records/state.ts";
import { fileName, pathForTitle, parsePath } from "./page-paths.ts";

function surveyWith(...paths: readonly string[]): SurveyState {
  const tree = paths.map((path) => ({
    id: path as PageId,
    kind: "page" as const,
    title: path,
    path,
    parent: null,
  }));
  return { ...emptyState(), tree };
}

test.each(["a.md", "guides/first steps.md", "Größe/ÄÖ.md", "a/b/c/.hidden.md"])("%s is a path", (path) => {
  expect(parsePath(path)).toBe(path);
});

test.each([
  "",
  ".md/..",
  "../a.md",
  "a/../b.md",
  "./a.md",
  "/a.md",
  "a//b.md",
  "a\\b.md",
  "C:/a.md",
  "a\n.md",
  "a.txt",
  "a.md/",
])("%j is none", (path) => {
  expect(() => parsePath(path)).toThrow(
    expect.objectContaining({ refusal: expect.objectContaining({ code: "bad-request" }) }),
  );
});

test.each([
  ["Key issues", [], "key-issues.md"],
  ["Key issues!", ["key-issues.md"], "key-issues-2.md"],
  ["Key issues", ["Key-Issues.md", "key-issues-2.md"], "key-issues-3.md"],
  ["¿Qué?", [], "que.md"],
  ["日本", [], "日本.md"],
  ["…", [], "page.md"],
  ["../../etc", [], "etc.md"],
  ["x".repeat(200), [], `${"x".repeat(60)}.md`],
])("a page called %j beside %j stands at %s", (title, others, path) => {
  expect(pathForTitle(surveyWith(...others), title)).toBe(path);
  expect(parsePath(path)).toBe(path);
});

test("a file's name has nothing in it that a disk or a header would stumble over", () => {
  expect(fileName('a/b\\c:"d"\r\nX-Header: 1')).toBe("a b c d X-Header 1");
  expect(fileName("../..")).toBe("plenum");
  expect(fileName("Größe – Übersicht")).toBe("Größe Übersicht");
});
