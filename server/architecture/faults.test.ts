import { describe, expect, test } from "vitest";
import { faults, type House } from "./faults.ts";

describe("every rule is kept: a house in order is no longer so when", () => {
  const house: House = {
    rooms: {
      "shared/base": [],
      "shared/body": ["shared/base"],
      "server/main.ts": ["server/config.ts", "server/storage", "server/sync", "shared/base"],
      "server/config.ts": ["shared/base"],
      "server/storage": ["shared/base"],
      "server/sync": ["shared/base", "shared/body", "server/storage/storage.ts"],
      "server/people": ["server/storage/storage.ts"],
      "client/app.tsx": ["client/comments", "client/history", "client/ui"],
      "client/comments": ["client/ui", "shared/body"],
      "client/history": ["client/ui"],
      "client/ui": [],
    },
    packages: {
      node: ["server"],
      ws: ["server"],
      vitest: ["*.test.ts"],
      yjs: ["shared/body", "server", "client"],
    },
    chosen: { "server/storage/memory.ts": "server/main.ts" },
    environment: ["server/config.ts"],
  };
  const inOrder: { readonly [path: string]: string } = {
    "shared/base/ids.ts": `export type Id = string; export const id = "";`,
    "shared/body/format.ts": `import * as Y from "yjs"; import { id } from "../base/ids.ts"; export const format = [Y, id];`,
    "server/config.ts": `export const port = process.env["PORT"];`,
    "server/main.ts": `import { room } from "./sync/room.ts"; import { memory } from "./storage/memory.ts"; room(memory);`,
    "server/storage/storage.ts": `export type Storage = object;`,
    "server/storage/memory.ts": `import type { Storage } from "./storage.ts"; export const memory: Storage = {};`,
    "server/sync/room.ts": `import { WebSocket } from "ws"; import type { Storage } from "../storage/storage.ts"; export const room = (s: Storage) => WebSocket;`,
    "server/sync/room.test.ts": `import { test } from "vitest"; import { memory } from "../storage/memory.ts"; import { room } from "./room.ts"; test("", () => room(memory));`,
    "server/people/people.ts": `import { createHash } from "node:crypto"; export const people = createHash;`,
    "client/app.tsx": `import { thread } from "./comments/thread.tsx"; import { list } from "./history/list.tsx"; import "./ui/base.css"; export const app = <p>{thread}{list}</p>;`,
    "client/comments/thread.tsx": `import { format } from "../../shared/body/format.ts"; export const thread = format;`,
    "client/history/list.tsx": `import { button } from "../ui/button.tsx"; export const list = button;`,
    "client/ui/button.tsx": `export const button = <button type="button" />;`,
  };

  /** The faults once a line is added to a file, which may be a new one. */
  function faultsWith(path: string, line: string): string[] {
    return faults(house, new Map(Object.entries({ ...inOrder, [path]: `${line}\n${inOrder[path] ?? ""}` })));
  }

  test("(as it stands it is in order)", () => {
    expect(faults(house, new Map(Object.entries(inOrder)))).toEqual([]);
  });

  const rules: readonly [when: string, path: string, line: string, fault: RegExp][] = [
    ["what is shared imports the server", "shared/base/ids.ts", `import "../../server/main.ts";`, /may not/],
    [
      "what is shared imports the client",
      "shared/body/format.ts",
      `import "../../client/app.tsx";`,
      /may not/,
    ],
    ["the client imports the server", "client/app.tsx", `import "../server/config.ts";`, /may not/],
    ["the server imports the client", "server/main.ts", `import "../client/app.tsx";`, /may not/],
    ["a lower room imports a higher", "shared/base/ids.ts", `import "../body/format.ts";`, /may not/],
    [
      "only a type is taken",
      "shared/base/ids.ts",
      `import type { format } from "../body/format.ts";`,
      /may not/,
    ],
    ["a type is taken in passing", "shared/base/ids.ts", `let x: import("../body/format.ts").X;`, /may not/],
    [
      "it is imported later",
      "shared/base/ids.ts",
      `export const l = () => import("../body/format.ts");`,
      /may not/,
    ],
    ["a feature imports a feature", "client/comments/thread.tsx", `import "../history/list.tsx";`, /may not/],
    ["a feature imports the app", "client/comments/thread.tsx", `import "../app.tsx";`, /may not/],
    ["sync imports people", "server/sync/room.ts", `import "../people/people.ts";`, /may not/],
    [
      "sync imports more of storage than its interface",
      "server/sync/room.ts",
      `import "../storage/memory.ts";`,
      /only server\/main\.ts chooses it/,
    ],
    [
      "a test on one side imports another side",
      "server/sync/room.test.ts",
      `import "../../client/app.tsx";`,
      /may not/,
    ],
    [
      "another than main chooses a store",
      "server/storage/copy.ts",
      `import { memory } from "./memory.ts";`,
      /only server\/main\.ts chooses it/,
    ],
    [
      "ws is imported outside the server",
      "client/app.tsx",
      `import { WebSocket } from "ws";`,
      /imports ws: that is for server/,
    ],
    [
      "Node is imported in what is shared",
      "shared/base/ids.ts",
      `import { join } from "node:path";`,
      /imports node/,
    ],
    [
      "a test's package is imported by no test",
      "shared/base/ids.ts",
      `import { test } from "vitest";`,
      /imports vitest/,
    ],
    [
      "a package is imported that nobody has weighed",
      "server/main.ts",
      `import "left-pad";`,
      /left-pad, which is not in the table/,
    ],
    [
      "the environment is read",
      "server/sync/room.ts",
      `export const debug = process.env["DEBUG"];`,
      /reads the environment/,
    ],
    [
      "the environment is read by another road",
      "server/sync/room.ts",
      `const { env } = globalThis.process;`,
      /reads the environment/,
    ],
    [
      "the environment is imported",
      "server/sync/room.ts",
      `import { env } from "node:process";`,
      /reads the environment/,
    ],
    ["a folder is new", "server/misplaced/thing.ts", `export const thing = 1;`, /which is not in the table/],
    [
      "a folder inside a room is new",
      "server/sync/update/walk.ts",
      `export const walk = 1;`,
      /which is not in the table/,
    ],
    [
      "a file passes on what another owns",
      "client/ui/all.ts",
      `export { button } from "./button.tsx";`,
      /passes on/,
    ],
    ["a file passes on everything", "client/ui/all.ts", `export * from "./button.tsx";`, /passes on/],
    ["an import leaves out the ending", "client/app.tsx", `import "./ui/button";`, /not by its file's name/],
    [
      "an import names what it will be compiled to",
      "client/app.tsx",
      `import "./ui/button.js";`,
      /not by its file's name/,
    ],
    ["an imported file does not exist", "client/app.tsx", `import "./ui/gone.tsx";`, /does not exist/],
    ["a file is an index", "client/ui/index.ts", `export const all = 1;`, /does not say what it owns/],
    [
      "a file holds helpers",
      "server/sync/room-helpers.ts",
      `export const all = 1;`,
      /does not say what it owns/,
    ],
    ["a file cannot be read", "client/ui/broken.ts", `export const = ;`, /cannot be read/],
  ];

  test.each(rules)("%s", (_, path, line, fault) => {
    const found = faultsWith(path, line);
    expect(found).toContainEqual(expect.stringMatching(fault));
    expect(found).toContainEqual(expect.stringContaining(path));
  });

  test("two files import each other while they load", () => {
    const circle = { ...inOrder, "client/ui/a.ts": `import "./b.ts";`, "client/ui/b.ts": `import "./a.ts";` };
    expect(faults(house, new Map(Object.entries(circle)))).toEqual([
      "these import each other: client/ui/a.ts → client/ui/b.ts → client/ui/a.ts",
    ]);
  });

  test("(but types may go in a circle, and a comment imports nothing)", () => {
    const lines = `import type { A } from "./a.ts"; // import "ws"; process.env`;
    const circle = { ...inOrder, "client/ui/a.ts": `import "./b.ts";`, "client/ui/b.ts": lines };
    expect(faults(house, new Map(Object.entries(circle)))).toEqual([]);
  });
});
