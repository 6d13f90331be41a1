import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { may } from "../../shared/access/may.ts";
import { roles } from "../../shared/access/roles.ts";
import type { Route } from "./route.ts";
import { routeTable, type Desk } from "./routes.ts";

/** What the page says of who may call. */
function who({ method, path, access }: Route): string | undefined {
  if (access === "anyone") return "anyone";
  if (access === "person") return "a session";
  // Whoever may read may ask for a record; which types, is the record log's.
  if (method === "POST" && path.endsWith("/records")) return "by type";
  return roles.find((role) => may(role, access));
}

test("docs/protocol.md lists exactly the calls that there are, with who may make them", () => {
  const page = readFileSync(new URL("../../docs/protocol.md", import.meta.url), "utf8");
  const listed = page
    .split("\n")
    .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
    .filter(([, call = ""]) => /^`(GET|POST) \/api/.test(call))
    .map(([, call = "", , least]) => [call.replaceAll("`", ""), least]);
  // Nothing is called: a desk with nothing on it will do.
  const routes = routeTable({ tools: {} } as Desk);
  const known = routes.map((route) => [`${route.method} ${route.path}`, who(route)]);
  expect(listed.sort()).toEqual(known.sort());
});
