import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const here = new URL("./", import.meta.url);

const found = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map((match) => match[1]!)),
];

test("every rule of SPEC.md has a test, and every numbered test a rule", () => {
  const rules = found(readFileSync(new URL("SPEC.md", here), "utf8"), /^- \*\*([A-Z]+-\d+)\*\*/gm);
  const files = readdirSync(here, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".test.ts"),
  );
  const simulated = new URL("../../simulation/", here);
  const rulesOfSimulation = readdirSync(simulated).map((name) =>
    readFileSync(new URL(name, simulated), "utf8"),
  );
  const tests = [
    ...files.map((name) => readFileSync(new URL(name, here), "utf8")),
    ...rulesOfSimulation,
  ].join("\n");
  expect(found(tests, /"\[([A-Z]+-\d+)\] /g).sort()).toEqual(rules.sort());
});

test("every rule of the simulation is looked at", () => {
  const read = (name: string) => readFileSync(new URL(`../../simulation/${name}.ts`, here), "utf8");
  const looked = ["watch", "quiet", "world", "person"].map(read).join("\n");
  const rules = found(read("rules"), /"\[([A-Z]+-\d+)\] /g);
  expect(found(looked, /\bholds\([^;]*?,\s+"(SIM-\d+)",\s/g).sort()).toEqual(rules.sort());
});
