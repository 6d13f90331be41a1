import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readSettings, settings, type Settings } from "./config.ts";

const noFiles = (path: string): string => {
  throw new Error(`there is no file ${path}`);
};

function read(
  environment: Record<string, string>,
  files = noFiles,
): { settings: Settings; warnings: string[] } {
  const result = readSettings(environment, files);
  if ("errors" in result) throw new Error(result.errors.join("\n"));
  return result;
}

test("an empty environment gives the defaults", () => {
  expect(read({}).settings).toEqual({
    host: "127.0.0.1",
    port: 3000,
    data: "./data",
    publicUrl: null,
    trustedProxies: 0,
    metricsToken: null,
    log: "warn",
  });
});

test("a public URL keeps its path and loses the slash at its end", () => {
  expect(read({ PLENUM_PUBLIC_URL: "https://example.org/plenum/" }).settings.publicUrl).toBe(
    "https://example.org/plenum",
  );
});

test("everything that is wrong is said at once", () => {
  const result = readSettings({ PORT: "http", PLENUM_LOG: "loud", PLENUM_PUBLIC_URL: "ftp://x" }, noFiles);
  expect("errors" in result && result.errors.map((error) => error.split(" ")[0])).toEqual([
    "PORT",
    "PLENUM_PUBLIC_URL",
    "PLENUM_LOG",
  ]);
});

test("a name that is no setting is warned of, with the nearest one that is", () => {
  const { warnings } = read({ PLENUM_DATE: "x", OTHER: "y" });
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain("Did you mean PLENUM_DATA?");
});

test("a secret can be read from a file, and a file that is missing is an error", () => {
  const files = (path: string) => (path === "/run/token" ? "abc\n" : noFiles(path));
  expect(read({ PLENUM_METRICS_TOKEN_FILE: "/run/token" }, files).settings.metricsToken).toBe("abc");
  expect(readSettings({ PLENUM_METRICS_TOKEN_FILE: "/run/none" }, files)).toEqual({
    errors: ["PLENUM_METRICS_TOKEN should be a secret: there is no file /run/none"],
  });
});

test("docs/settings.md lists exactly these settings, with the same defaults and sentences", () => {
  const page = readFileSync(new URL("../docs/settings.md", import.meta.url), "utf8");
  const listed = page
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const known = Object.values(settings).map((row) => [
    `\`${row.name}\``,
    row.kind,
    row.default === "" ? "–" : `\`${row.default}\``,
    row.sentence,
  ]);
  expect(listed).toEqual(known);
});
