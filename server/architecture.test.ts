import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { faults, type House } from "./architecture/faults.ts";

const base = ["shared/base"];
const records = [...base, "shared/access", "shared/protocol", "shared/records"];
const body = [...base, "shared/body"];
const everythingShared = [...records, "shared/body", "shared/markdown"];
const store = "server/storage/storage.ts";
const relay = "server/relay/relay.ts";
/** What features of the browser's program build on; they never build on each other. */
const ground = [
  ...everythingShared,
  "client/ui",
  "client/ui/messages",
  "client/connection",
  "client/session",
];

/** Who may import whom. A folder that is not here does not exist; a new one is a decision. */
const plenum: House = {
  rooms: {
    "shared/base": [],
    "shared/access": base,
    "shared/protocol": [...base, "shared/access", "shared/records"],
    "shared/records": [...base, "shared/access", "shared/protocol"],
    "shared/body": base,
    "shared/markdown": body,

    "server/main.ts": [],
    "server/start.mjs": ["server/main.ts"],
    "server/config.ts": base,
    "server/architecture": [],
    "server/architecture.test.ts": ["server/architecture"],
    "server/storage": records,
    "server/storage/sqlite": [...records, store],
    "server/relay": [],
    "server/sync": [...everythingShared, store, relay],
    "server/records": [...records, store, relay],
    "server/people": [...records, store],
    "server/surveys": [...everythingShared, store],
    "server/http": [...everythingShared, store],

    client: [],
    "client/ui": base,
    "client/ui/messages": [],
    "client/connection": everythingShared,
    "client/session": everythingShared,
    "client/editor": ground,
    "client/editor/binding": body,
    "client/comments": ground,
    "client/people": ground,
    "client/surveys": ground,
    "client/room": ground,

    e2e: [],
    scripts: [],
  },
  packages: {
    node: ["server", "e2e", "scripts"],
    zod: ["shared", "server", "client", "scripts"],
    vite: ["server/architecture"],
    vitest: ["*.test.ts", "*.test.tsx"],
    "@playwright/test": ["e2e"],
    "fast-check": ["*.test.ts"],
  },
  chosen: {},
  environment: ["server/config.ts", "scripts", "e2e"],
};

/** The sources of the project, by their paths. */
function sourcesOfPlenum(): Map<string, string> {
  const root = join(import.meta.dirname, "..");
  const paths = globSync("{shared,server,client,e2e,scripts,bench}/**/*.{ts,tsx,mjs}", { cwd: root });
  return new Map(paths.sort().map((path) => [path, readFileSync(join(root, path), "utf8")]));
}

test("the house is in order: nothing is imported that may not be", () => {
  expect(faults(plenum, sourcesOfPlenum())).toEqual([]);
});

describe("Plenum's own table forbids", () => {
  const forbidden: readonly [importer: string, line: string][] = [
    ["shared/base/ids.ts", `import "../../server/main.ts";`],
    ["shared/records/threads.ts", `import "../body/format.ts";`],
    ["client/comments/added.tsx", `import "../people/added.tsx";`],
    ["server/sync/added.ts", `import "../http/added.ts";`],
    ["server/sync/added.ts", `import "../people/added.ts";`],
    ["client/connection/added.ts", `import { WebSocket } from "ws";`],
    ["server/http/added.ts", `export const port = process.env["PORT"];`],
    ["e2e/added.ts", `import "../server/main.ts";`],
  ];

  test.each(forbidden)("in %s: %s", (importer, line) => {
    const sources = sourcesOfPlenum();
    for (const room of ["client/people", "client/comments", "server/http", "server/people"])
      sources.set(`${room}/added.ts${room.startsWith("client") ? "x" : ""}`, "export {};");
    sources.set(importer, `${line}\n${sources.get(importer) ?? ""}`);
    expect(faults(plenum, sources)).toContainEqual(expect.stringContaining(`${importer} `));
  });
});
