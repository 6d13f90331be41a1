import { expect, test } from "vitest";
import { basePath, firstPage, to } from "./routes.ts";

test("at the root of a host the base path is empty", () => {
  expect(basePath("https://plenum.example/")).toBe("");
});

test("a base path keeps its inner slashes and loses the last", () => {
  expect(basePath("https://example.org/tools/plenum/")).toBe("/tools/plenum");
});

test("a document without a base of its own counts up to its folder", () => {
  expect(basePath("https://example.org/plenum/index.html")).toBe("/plenum");
});

test("ids are written so that no character of theirs is read as part of the path", () => {
  expect(to.page("a/b", "c?d")).toBe("/s/a%2Fb/c%3Fd");
});

test("a survey opens on its first page, passing over headings without one", () => {
  expect(
    firstPage([
      { id: "g", kind: "group" },
      { id: "p", kind: "page" },
    ])?.id,
  ).toBe("p");
  expect(firstPage([])).toBeNull();
});
