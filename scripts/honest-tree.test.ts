import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod/mini";

/*
 * What a reader takes for granted of the tree and cannot see: where its packages come from, under which licences,
 * and that it can be installed without running anybody's script.
 */

const root = join(import.meta.dirname, "..");

const entry = z.object({
  version: z.optional(z.string()),
  resolved: z.optional(z.string()),
  integrity: z.optional(z.string()),
  license: z.optional(z.string()),
  hasInstallScript: z.optional(z.boolean()),
  dev: z.optional(z.boolean()),
});
type Entry = z.infer<typeof entry>;

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(join(root, path), "utf8"));
}

const lock = z.object({ packages: z.record(z.string(), entry) }).parse(readJson("package-lock.json"));
const packages: readonly (Entry & { place: string; name: string })[] = Object.entries(lock.packages)
  .filter(([place]) => place !== "")
  .map(([place, each]) => ({ ...each, place, name: place.slice(place.lastIndexOf("node_modules/") + 13) }));

/** The places of the packages of which something holds; naming them is the message of a failing test. */
function placesWhere(holds: (each: (typeof packages)[number]) => boolean): string[] {
  return packages.filter(holds).map(({ place }) => place);
}

test("the lock file lists the tree", () => {
  expect(packages.length).toBeGreaterThan(100);
});

test("no package runs a script when it is installed", () => {
  expect(placesWhere((each) => each.hasInstallScript === true)).toEqual([]);
});

test("every package is locked to a version and to its bytes", () => {
  expect(placesWhere(({ version, integrity }) => version === undefined || integrity === undefined)).toEqual(
    [],
  );
});

test("every package comes from the public registry", () => {
  const isPublic = (url: string | undefined) =>
    url === undefined || url.startsWith("https://registry.npmjs.org/");
  expect(placesWhere((each) => !isPublic(each.resolved))).toEqual([]);
});

test("every dependency is named with its exact version", () => {
  const versions = z.optional(z.record(z.string(), z.string()));
  const manifest = z
    .object({ dependencies: versions, devDependencies: versions, optionalDependencies: versions })
    .parse(readJson("package.json"));
  const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
  const loose = Object.entries(all).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
  expect(loose).toEqual([]);
});

/** Two copies of one of these do not know each other's objects, and fail in ways that nobody can read. */
const single = [
  "yjs",
  "lib0",
  "y-protocols",
  "prosemirror-model",
  "prosemirror-state",
  "prosemirror-view",
  "prosemirror-transform",
  "react",
  "react-dom",
];

test.each(single)("there is one %s", (name) => {
  expect(placesWhere((each) => each.name === name)).toEqual([`node_modules/${name}`]);
});

test("every package of Tiptap is at one version", () => {
  // A fork of another project's binding: it is numbered like that, and only measured against.
  const isNumbered = (name: string) => name.startsWith("@tiptap/") && name !== "@tiptap/y-tiptap";
  const versions = new Set(packages.filter(({ name }) => isNumbered(name)).map((each) => each.version));
  expect([...versions]).toHaveLength(1);
});

describe("licences", () => {
  /** Those that let Plenum be given on under MIT. */
  const free = [
    "MIT",
    "Apache-2.0",
    "ISC",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BlueOak-1.0.0",
    "0BSD",
    "Unlicense",
  ];
  const freeFonts = ["OFL-1.1"];
  /** These bind changes to their own files only; of them, only tools may be here: nothing that is given on. */
  const tools = ["MPL-2.0"];
  /** Packages whose manifest says less, or other, than is true for how they are used here. */
  const known: { readonly [name: string]: string } = {
    // Its manifest names the licence in the form of 2010.
    format: "MIT",
    // It is offered under two licences, to choose from.
    dompurify: "Apache-2.0",
    // The examples of the specification, read by tests and given on to nobody.
    "commonmark-spec": "MIT",
  };

  test("every package may be used and given on freely", () => {
    const isFree = ({ name, license, dev }: (typeof packages)[number]) => {
      const licence = known[name] ?? license ?? "";
      return [...free, ...freeFonts].includes(licence) || (dev === true && tools.includes(licence));
    };
    expect(packages.filter((each) => !isFree(each)).map(({ name, license }) => [name, license])).toEqual([]);
  });

  test("every exception is of a package that is here", () => {
    expect(Object.keys(known).filter((name) => !packages.some((each) => each.name === name))).toEqual([]);
  });

  test("Plenum itself is under the MIT licence, and says so in both places", () => {
    expect(readJson("package.json")).toMatchObject({ license: "MIT" });
    expect(readFileSync(join(root, "LICENSE"), "utf8")).toContain("MIT License");
  });
});

/** The files that people read and change: everything but what was installed, built or kept. */
function filesOfProject(folder = ""): string[] {
  const ignored = readFileSync(join(root, ".gitignore"), "utf8").split(/\/?\n/);
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => ![...ignored, ".git", "package-lock.json"].includes(name))
    .flatMap((each) => {
      const path = join(folder, each.name);
      return each.isDirectory() ? filesOfProject(path) : [path];
    });
}

describe("the project's own files", () => {
  const sources = filesOfProject().filter((path) => /\.(tsx?|mjs|css)$/.test(path));

  test("no source is longer than can be read in one sitting", () => {
    const lengths = sources.map(
      (path) => [path, readFileSync(join(root, path), "utf8").split("\n").length - 1] as const,
    );
    expect(lengths.length).toBeGreaterThan(0);
    expect(lengths.filter(([, lines]) => lines > 400)).toEqual([]);
  });

  test("nothing names a folder of one machine", () => {
    const text = /\.(tsx?|mjs|json|md|html|css|ya?ml|sh)$|(^|\/)(run|LICENSE|\.\w+)$/;
    const home = /(^|[^\w.])\/(home|root|Users|work)\/\w/m;
    const found = filesOfProject().filter(
      (path) => text.test(path) && home.test(readFileSync(join(root, path), "utf8")),
    );
    expect(found).toEqual([]);
  });

  test("whatever the docs point at is there", () => {
    const files = filesOfProject();
    const isThere = (path: string) => files.some((file) => file === path || file.startsWith(`${path}/`));
    const isNamed = (name: string) => files.some((file) => file === name || file.endsWith(`/${name}`));
    const docs = files.filter((path) => /^(docs\/)?[^/]+\.md$/.test(path));
    const missing = docs.flatMap((doc) => {
      const text = readFileSync(join(root, doc), "utf8");
      const prose = text.replaceAll(/^```[^]*?^```$|`[^`]*`/gm, "");
      const links = [...prose.matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)].map(([, to = ""]) =>
        join(dirname(doc), to),
      );
      const sources = [...text.matchAll(/`([\w./-]+\.(?:tsx?|mjs))`/g)].map(([, name = ""]) => name);
      const wrong = [...links.filter((path) => !isThere(path)), ...sources.filter((name) => !isNamed(name))];
      return wrong.map((path) => `${doc}: ${path}`);
    });
    expect(docs).toContain("README.md");
    expect(missing).toEqual([]);
  });
});
