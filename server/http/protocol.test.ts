import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { limits } from "../../shared/base/limits.ts";
import { may } from "../../shared/access/may.ts";
import { roles } from "../../shared/access/roles.ts";
import type { Route } from "./route.ts";
import { routeTable, type RoutesNeed } from "./routes.ts";

/** What the page says of who may call. */
function who({ method, path, access }: Route): string | undefined {
  if (access === "anyone") return "anyone";
  if (access === "person") return "a session";
  // Whoever may read may ask for a record; which types, is the record log's.
  if (method === "POST" && path.endsWith("/records")) return "by type";
  return roles.find((role) => may(role, access));
}

const page = readFileSync(new URL("../../docs/protocol.md", import.meta.url), "utf8");

test("docs/protocol.md lists exactly the calls that there are, with who may make them", () => {
  const listed = page
    .split("\n")
    .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
    .filter(([, call = ""]) => /^`(GET|POST) \/api/.test(call))
    .map(([, call = "", , least]) => [call.replaceAll("`", ""), least]);
  // Nothing is called: what they need, they need not have.
  const routes = routeTable({ tools: {} } as RoutesNeed);
  const known = routes.map((route) => [`${route.method} ${route.path}`, who(route)]);
  expect(listed.sort()).toEqual(known.sort());
});

test("docs/protocol.md names sizes and rates as they are", () => {
  const mib = (bytes: number) => `${bytes / 1024 ** 2} MiB`;
  const kib = (bytes: number) => `${bytes / 1024} KiB`;
  const count = (number: number) => number.toLocaleString("en");
  const text = page.replaceAll(/\s+/g, " ");
  const { zipBytes, zipUnpackedBytes, zipEntries, messages, messageBytes, asks } = limits;
  for (const sentence of [
    `A call's JSON is at most ${kib(limits.askBytes)}, with a page's Markdown ${mib(limits.jsonBytes)}; an image ${mib(limits.assetBytes)}; an import ${mib(zipBytes)}, and ${mib(zipUnpackedBytes)} and ${count(zipEntries)} files unpacked.`,
    `at most ${count(limits.callsPerMinute)} calls a minute, with ${limits.heavyCallsAtOnce} imports, exports and new pages under way at once.`,
    `${count(limits.sessionsPerMinute)} sessions a minute can begin and ${count(limits.upgradesPerMinute)} sockets open.`,
    `read on for up to ${mib(limits.discardedBytes)},`,
    `one binary frame of at most ${mib(limits.frameBytes)}`,
    `Presence is at most ${kib(limits.presenceBytes)}, is told at most ${1000 / limits.presenceWindows[0].ms} times a second, in a large room ${1000 / limits.presenceWindowMostMs},`,
    `An ask is at most ${kib(limits.askBytes)}, and ${asks.perSecond} a second are taken, ${asks.burst} at once`,
    `A message larger than ${mib(limits.frameReadBytes)} is not read`,
    `answers no ping for ${(2 * limits.pingMs) / 1000} s is cut`,
    `more than ${messages.perSecond} messages or ${mib(messageBytes.perSecond)} a second for long`,
  ])
    expect(text).toContain(sentence);
});
