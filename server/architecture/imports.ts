import { posix } from "node:path";
import { parseSync } from "vite";

/** What a source file takes from elsewhere. */
export type File = {
  path: string;
  imports: readonly Import[];
  readsEnvironment: boolean;
  /** Why it could not be read, or null. */
  error: string | null;
};

/** `to` is a path from the root for the project's own files, and a package's name otherwise (`node` for Node's own). */
export type Import = {
  to: string;
  own: boolean;
  /** As it stands in the source. */
  written: string;
  /** When it is there: while loading, never (types only), when asked for, or while loading and passed on. */
  kind: "value" | "type" | "later" | "re-export";
};

/** Reads one source by its syntax tree: no import is missed for how it is written, none is found in a comment. */
export function readFile(path: string, text: string): File {
  const parsed = parseSync(path, text);
  const nodes = /\bimport\(|\bprocess\b/.test(text) ? [...nodesOf(parsed.program)] : [];
  const imports = [...importsOf(parsed.module, text), ...nodes.flatMap(typeImport)];
  return {
    path,
    imports: imports.map(([written, kind]) => locate(path, written, kind)),
    readsEnvironment:
      nodes.some(readsEnvironment) || imports.some(([written]) => /^(node:)?process$/.test(written)),
    error: parsed.errors[0]?.message ?? null,
  };
}

type Written = readonly [specifier: string, kind: Import["kind"]];

function importsOf(module: ReturnType<typeof parseSync>["module"], text: string): Written[] {
  const found: Written[] = module.staticImports.map(({ moduleRequest, entries }) => {
    const isType = entries.length > 0 && entries.every((entry) => entry.isType);
    return [moduleRequest.value, isType ? "type" : "value"];
  });
  for (const { moduleRequest } of module.staticExports.flatMap(({ entries }) => entries))
    if (moduleRequest) found.push([moduleRequest.value, "re-export"]);
  for (const { moduleRequest } of module.dynamicImports) {
    const literal = /^["'`]([^"'`]*)["'`]$/.exec(text.slice(moduleRequest.start, moduleRequest.end));
    if (literal?.[1] !== undefined) found.push([literal[1], "later"]);
  }
  return found;
}

function locate(path: string, written: string, kind: Import["kind"]): Import {
  if (written.startsWith(".")) {
    const plain = written.replace(/\?.*$/, "");
    return { to: posix.join(posix.dirname(path), plain), own: true, written: plain, kind };
  }
  const parts = written.split("/").slice(0, written.startsWith("@") ? 2 : 1);
  return { to: written.startsWith("node:") ? "node" : parts.join("/"), own: false, written, kind };
}

type Node = { readonly [key: string]: unknown };

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null;
}

function* nodesOf(value: unknown): Generator<Node> {
  if (!isNode(value)) return;
  if (typeof value["type"] === "string") yield value;
  for (const child of Object.values(value)) yield* nodesOf(child);
}

/** `import("./x.ts").X` as a type, which the module's list of imports leaves out. */
function typeImport(node: Node): Written[] {
  const source = node["type"] === "TSImportType" ? node["source"] : null;
  return isNode(source) && typeof source["value"] === "string" ? [[source["value"], "type"]] : [];
}

/** `process.env`, `globalThis.process.env`, `const { env } = process`. */
function readsEnvironment({ type, object, property, init }: Node): boolean {
  if (type === "VariableDeclarator") return isProcess(init);
  return type === "MemberExpression" && names(property, "env") && isProcess(object);
}

function isProcess(node: unknown): boolean {
  return names(node, "process") || (isNode(node) && names(node["property"], "process"));
}

function names(node: unknown, name: string): boolean {
  return isNode(node) && (node["name"] === name || node["value"] === name);
}
