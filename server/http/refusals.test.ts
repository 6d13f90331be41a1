import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { refusals } from "../../shared/protocol/refusals.ts";

test("docs/refusals.md lists exactly the refusals that there are, as they are", () => {
  const page = readFileSync(new URL("../../docs/refusals.md", import.meta.url), "utf8");
  const [heading, , ...listed] = page
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  expect(heading).toEqual(["code", "status", "close", "next", "what scripts read"]);
  const known = Object.entries(refusals).map(([code, row]) => [
    `\`${code}\``,
    String(row.status),
    String(row.close),
    row.next,
    row.message,
  ]);
  expect(listed).toEqual(known);
});
