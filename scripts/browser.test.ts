import { expect, test } from "vitest";
import { chooseBrowser, type Machine } from "./browser.ts";

function machine(
  programs: readonly string[],
  rest: Partial<Pick<Machine, "asked" | "mayInstall">> = {},
): Machine {
  return {
    asked: undefined,
    mayInstall: false,
    isExecutable: (path) => programs.includes(path),
    ...rest,
  };
}

test("the browser that CHROMIUM names is used, even where another is at a usual path", () => {
  const asked = { asked: "/opt/mine/chrome" };
  expect(chooseBrowser(machine(["/usr/bin/chromium", "/opt/mine/chrome"], asked))).toEqual({
    use: "/opt/mine/chrome",
  });
});

test("a missing browser that CHROMIUM names is said so, never replaced by another and never installed", () => {
  const choice = chooseBrowser(
    machine(["/usr/bin/chromium"], { asked: "/opt/gone/chrome", mayInstall: true }),
  );
  expect(choice).toMatchObject({ install: false, advice: expect.stringContaining("/opt/gone/chrome") });
});

test("an empty CHROMIUM asks for nothing", () => {
  expect(chooseBrowser(machine(["/usr/bin/chromium"], { asked: "" }))).toEqual({ use: "/usr/bin/chromium" });
});

test("without being asked, the first of the usual paths that holds a program is used", () => {
  expect(chooseBrowser(machine(["/usr/bin/google-chrome", "/snap/bin/chromium"]))).toEqual({
    use: "/usr/bin/google-chrome",
  });
});

test("where there is none, it is installed only where that is allowed, and anyone is told what to do", () => {
  expect(chooseBrowser(machine([], { mayInstall: true }))).toMatchObject({ install: true });
  expect(chooseBrowser(machine([]))).toMatchObject({
    install: false,
    advice: expect.stringContaining("apt-get install chromium"),
  });
});
