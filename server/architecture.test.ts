import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { faults, type House } from "./architecture/faults.ts";

/** Tests, and stages: what the tests of one folder share and the program never loads. */
const tests = ["*.test.ts", "*.test.tsx", "*.stage.ts"];
const only = (places: readonly string[], packages: readonly string[]) =>
  Object.fromEntries(packages.map((each) => [each, places]));

const base = ["shared/base"];
const access = [...base, "shared/access"];
/** What is said about the text says where it stands. */
const records = [...access, "shared/protocol", "shared/records", "shared/body/place.ts"];
const body = [...base, "shared/body"];
const markdown = [...body, "shared/markdown"];
const shared = [...records, ...markdown];
const store = "server/storage/storage.ts";
const relay = "server/relay/relay.ts";
/** What every feature of the browser's program may build on; they never build on each other. */
const ground = [...shared, "client/routes.ts", "client/ui", "client/session", "client/connection"];
/** The files that put the features together. */
const composed = [
  ...ground,
  ...["comments", "editor", "kept", "people", "room", "surveys"].map((each) => `client/${each}`),
];

/** What a person takes of the text that is on their device only. */
const copies = ["client/surveys/own-copy.ts", "client/surveys/copy-text.ts"];

/** Who may import whom. A folder that is not here does not exist; a new one is a decision. */
const plenum: House = {
  rooms: {
    "shared/base": [],
    "shared/access": base,
    "shared/protocol": [...access, "shared/records"],
    "shared/records": [...access, "shared/protocol", "shared/body/place.ts"],
    "shared/body": base,
    "shared/markdown": [...body, "shared/markdown/syntax"],
    "shared/markdown/syntax": markdown,

    // Tests of the whole: nothing else stands here without a row of its own.
    server: [],
    "server/start.mjs": ["server/main.ts"],
    "server/main.ts": [
      ...base,
      ...["config.ts", "http", "people", "records", "relay", "storage", "surveys", "sync"].map(
        (each) => `server/${each}`,
      ),
    ],
    "server/config.ts": base,
    "server/http": [
      ...records,
      "shared/markdown/flavour.ts",
      "server/people",
      "server/records",
      "server/surveys",
      store,
      ...["socket", "visitor", "ws-socket"].map((each) => `server/sync/${each}.ts`),
    ],
    "server/surveys": [...shared, "server/records", store, "server/storage/asset-hash.ts"],
    "server/people": [...records, "server/records", store],
    "server/records": [...records, store],
    "server/sync": [...records, ...body, "server/sync/update", store, relay],
    "server/sync/update": base,
    "server/relay": [],
    "server/storage": [...records, "server/storage/contract", "server/storage/sqlite"],
    "server/storage/sqlite": [...records, "server/storage"],
    "server/storage/contract": [...records, "server/storage"],
    "server/architecture": [],
    "server/hostile": [],

    client: [],
    "client/main.tsx": ["client/app.tsx", ...composed, "client/ui/messages"],
    "client/app.tsx": ["client/open-page.tsx", ...composed],
    "client/open-page.tsx": composed,
    "client/routes.ts": [],
    "client/comments": ground,
    "client/kept": ground,
    "client/people": ground,
    "client/room": ground,
    "client/surveys": ground,
    "client/editor": [
      ...ground,
      ...["binding", "commands", "paste", "table", "views"].map((each) => `client/editor/${each}`),
    ],
    "client/editor/binding": [...body, "client/editor/schema.ts"],
    "client/editor/commands": [...body, "client/editor/binding"],
    "client/editor/paste": [...body, "client/editor/binding", "client/editor/schema.ts"],
    "client/editor/table": [...ground, "client/editor/binding"],
    "client/editor/views": [
      ...ground,
      ...["footnote-numbers", "highlight-code", "messages.en"].map((each) => `client/editor/${each}.ts`),
    ],
    "client/session": [...records, "client/ui"],
    "client/connection": [...records, ...body],
    "client/ui": base,
    "client/ui/messages": records,

    // The one place that has both sides: the program's own connection and commands against the server's own rooms.
    simulation: [
      ...shared,
      ...["records", "sync", "sync/update"].map((each) => `server/${each}`),
      store,
      relay,
      ...["connection", "editor/binding"].map((each) => `client/${each}`),
    ],
    e2e: [],
    scripts: [],
    bench: ["bench/editor", "bench/hostile", "bench/simulation", "bench/sync", "bench/words"],
    "bench/editor": [...body, "bench/editor/page", "scripts"],
    "bench/hostile": ["server/hostile"],
    "bench/editor/page": ["client/connection", "client/editor", "client/ui", "client/ui/messages"],
    "bench/simulation": ["simulation"],
    "bench/sync": [...body, "shared/protocol", "bench/sync/programs", "bench/editor/figures.ts"],
    "bench/sync/programs": base,
    "bench/words": ["client/editor/binding"],
  },
  packages: {
    node: ["server", "e2e", "scripts", "bench", ...tests],
    yjs: [
      "shared/body",
      "server",
      "client/connection",
      "client/editor",
      ...copies,
      "simulation",
      "e2e",
      "bench",
      ...tests,
    ],
    lib0: [
      "shared/body",
      "shared/protocol",
      "server/sync",
      "client/connection",
      "simulation",
      "bench",
      ...tests,
    ],
    "y-protocols": ["server/sync", "client/connection", "client/editor", "bench", ...tests],
    "y-websocket": ["client/connection", "e2e", "bench", ...tests],
    "y-indexeddb": ["client/connection"],
    ws: ["server", "e2e", "bench"],
    zod: ["shared", "server", "client", "scripts", "bench/sync"],

    yaml: ["shared", "server/surveys", "client/editor/views"],
    ...only(["shared/markdown", ...tests], ["mdast", "mdast-util-from-markdown", "mdast-util-to-markdown"]),
    ...only(["shared/markdown", ...tests], ["mdast-util-gfm-strikethrough", "micromark-util-types"]),
    ...only(
      ["shared/markdown"],
      ["frontmatter", "gfm-strikethrough", "gfm-table"].map((each) => `micromark-extension-${each}`),
    ),
    fflate: ["server/surveys", "e2e", ...tests],

    ...only(["server/http", ...tests], ["fastify", "@fastify/helmet", "@fastify/static"]),
    ...only(["server/http"], ["prom-client", "rate-limiter-flexible"]),
    pino: ["server"],

    ...only(["client"], ["react", "react-i18next", "wouter", "radix-ui", "lucide-react", "sonner"]),
    "react-dom": ["client", "bench/editor/page"],
    "@tanstack/react-query": ["client/app.tsx", "client/session", "client/surveys"],
    i18next: ["client/ui/messages"],
    ...only(
      ["client/editor", "client/comments", "bench/editor/page", "bench/words"],
      ["@tiptap/core", "@tiptap/pm", "@tiptap/react"],
    ),
    ...only(
      ["bench/editor/page"],
      ["extension-collaboration", "extension-collaboration-caret"].map((each) => `@tiptap/${each}`),
    ),
    "@tiptap/starter-kit": ["bench/editor/page", "bench/words"],
    ...only(["bench/words"], ["@tiptap/y-tiptap", "y-prosemirror"]),
    "@hocuspocus/server": ["bench/sync/programs"],
    dompurify: ["client/editor/paste"],
    "@floating-ui/dom": ["client"],
    ...only(["client/editor/highlight-code-languages.ts"], ["lowlight", "highlight.js"]),
    ...only(
      ["client/main.tsx", "bench/editor/page"],
      ["source-serif-4", "source-sans-3", "jetbrains-mono"].map((font) => `@fontsource-variable/${font}`),
    ),

    vite: ["server/architecture", "bench/editor"],
    vitest: [...tests, "server/storage/contract", "server/storage/contract.ts", "server/relay/contract.ts"],
    "fast-check": [...tests, "shared/markdown/random-bodies.ts"],
    ...only(tests, ["commonmark-spec", "micromark", "micromark-extension-gfm"]),
    "@playwright/test": ["e2e", "bench/editor"],
    "@axe-core/playwright": ["e2e"],
  },
  chosen: {
    "server/storage/memory.ts": "server/main.ts",
    "server/storage/sqlite.ts": "server/main.ts",
    "server/relay/memory.ts": "server/main.ts",
  },
  environment: ["server/config.ts", "scripts", "e2e", "bench"],
};

/** The sources of the project, by their paths. */
function sourcesOfPlenum(): Map<string, string> {
  const root = join(import.meta.dirname, "..");
  const paths = globSync("{shared,server,client,simulation,e2e,scripts,bench}/**/*.{ts,tsx,mjs}", {
    cwd: root,
  });
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
