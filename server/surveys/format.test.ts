import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { limits } from "../../shared/base/limits.ts";
import {
  atomTypes,
  blockTypes,
  containerKinds,
  holds,
  isKnownBlock,
  isSafeAddress,
  markNames,
  schemaVersion,
} from "../../shared/body/schema.ts";

/* What docs/format.md says of stored pages, held to the code. It stands here, where files can be read. */

const page = readFileSync(new URL("../../docs/format.md", import.meta.url), "utf8");
/** The first column of the table under a heading row, its code marks taken off. */
const column = (head: RegExp): string[] => {
  const [, table = ""] = page.split(head);
  return [...table.matchAll(/^\| `([a-z]+)`/gm)].map(([, name]) => name as string);
};
const upTo = (text: string, end: string): string => text.split(end)[0] ?? "";

test("the page names the version, the depth and the size of tables that the code keeps to", () => {
  expect(page).toContain(`Version of the format: **${schemaVersion}**`);
  expect(page).toContain(`beyond ${limits.containerDepth} the inner ones are`);
  expect(page).toContain(`Above ${limits.tableCells.toLocaleString("en")} cells`);
});

test("the page's types of blocks are those that the code knows, with how they hold text", () => {
  const rows = upTo(page.split(/\| type +\| attributes/)[1] ?? "", "\n\n");
  const types = [...rows.matchAll(/^\| `([a-z]+)`.*\|([^|]+)\|$/gm)];
  expect(types.map(([, type]) => type)).toEqual([...blockTypes]);
  for (const [, type = "", text = ""] of types) {
    expect(isKnownBlock(type)).toBe(true);
    expect(text.includes("marks") ? "inline" : text.trim() === "none" ? "none" : "plain").toBe(holds(type));
  }
});

test("the page's marks and atoms are those that the code knows", () => {
  const marks = upTo(page.split("**Marks**")[1] ?? "", "**Atoms**");
  for (const name of markNames) expect(marks).toContain(`\`${name}\``);
  const atoms = upTo(page.split("**Atoms**")[1] ?? "", "## Containers");
  expect([...atoms.matchAll(/type: "(\w+)"/g)].map(([, type]) => type).toSorted()).toEqual(
    atomTypes.toSorted(),
  );
});

test("the page's kinds of containers are those that the code knows", () => {
  expect(column(/\| kind +\| attributes/)).toEqual([...containerKinds]);
});

test("the addresses that the page allows may be live, and nothing that only looks like them", () => {
  for (const [, scheme] of page.matchAll(/`(https?|mailto|page|asset):`/g))
    expect(isSafeAddress(`${scheme}:x`)).toBe(true);
  for (const safe of ["other.md#part", "../up", "/root", "#here", "?q=a:b", "", "HTTPS://X", "a/b:c"])
    expect(isSafeAddress(safe)).toBe(true);
  for (const unsafe of [
    "javascript:alert(1)",
    "JaVaScRiPt:x",
    " javascript:x",
    "java\tscript:x",
    "java\nscript:x",
    "\u0001javascript:x",
    "data:text/html,x",
    "vbscript:x",
    "file:///etc/passwd",
    "blob:x",
  ])
    expect(isSafeAddress(unsafe), JSON.stringify(unsafe)).toBe(false);
});
