import { readFileSync } from "node:fs";

/*
 * Every setting, as data. This file is the only reader of the environment; docs/settings.md says the same to
 * people, and a test compares the two.
 */

type Setting<T> = {
  name: string;
  /** What a value looks like, in words: "a port, 0–65535". */
  kind: string;
  /** As it would be written; the empty string where there is none. */
  default: string;
  sentence: string;
  /** The value, or throws an Error that says what is wrong with it. */
  parse: (text: string) => T;
};

function setting<T>(row: Setting<T>): Setting<T> {
  return row;
}

export const settings = {
  host: setting({
    name: "HOST",
    kind: "a host name or address",
    default: "127.0.0.1",
    sentence: "The address it listens on; 0.0.0.0 and :: are all of the machine's.",
    parse: (text) => text,
  }),
  port: setting({
    name: "PORT",
    kind: "a port, 0–65535",
    default: "3000",
    sentence:
      "The port it listens on; 0 lets the system choose one, which the first line printed then names.",
    parse: (text) => parseWhole(text, 65_535),
  }),
  data: setting({
    name: "PLENUM_DATA",
    kind: "a folder",
    default: "./data",
    sentence: "Where everything that Plenum keeps is; made at the first start if it is not there.",
    parse: (text) => text,
  }),
  publicUrl: setting({
    name: "PLENUM_PUBLIC_URL",
    kind: "an http or https URL",
    default: "",
    sentence:
      "The address people open, with the path where Plenum stands behind a proxy; share links begin with it. Unset, it is taken from each request.",
    parse: parsePublicUrl,
  }),
  trustedProxies: setting({
    name: "PLENUM_TRUST_PROXY",
    kind: "a number of proxies, 0–10",
    default: "0",
    sentence:
      "How many proxies in front of Plenum are yours: only they may say which address a request is from.",
    parse: (text) => parseWhole(text, 10),
  }),
  metricsToken: setting({
    name: "PLENUM_METRICS_TOKEN",
    kind: "a secret",
    default: "",
    sentence:
      "What a collector sends as a bearer token to read /metrics; unset, only this machine itself may read it, and with a PLENUM_PUBLIC_URL nobody.",
    parse: (text) => (text === "" ? null : text),
  }),
  log: setting({
    name: "PLENUM_LOG",
    kind: "silent, error, warn, info or debug",
    default: "warn",
    sentence: "How much is logged, as lines of JSON on standard error; texts and names are in none of them.",
    parse: parseLogLevel,
  }),
} as const;

export type Settings = {
  readonly [Key in keyof typeof settings]: ReturnType<(typeof settings)[Key]["parse"]>;
};

type Environment = { readonly [name: string]: string | undefined };

export type Read = { settings: Settings; warnings: string[] } | { errors: string[] };

/**
 * The settings that an environment makes, or everything that is wrong with it at once. `X_FILE` gives the name
 * of a file that holds the value of `X`. A name that begins with PLENUM_ and is no setting is warned of.
 */
export function readSettings(environment: Environment, readFile: (path: string) => string): Read {
  const errors: string[] = [];
  const values = Object.entries(settings).map(([key, row]) => {
    try {
      return [key, row.parse(valueOf(row, environment, readFile))];
    } catch (error) {
      errors.push(`${row.name} should be ${row.kind}: ${error instanceof Error ? error.message : error}`);
      return [key, undefined];
    }
  });
  if (errors.length > 0) return { errors };
  return { settings: Object.fromEntries(values) as Settings, warnings: unknownNames(environment) };
}

/** The settings of this process. */
export function readOwnSettings(): Read {
  return readSettings(process.env, (path) => readFileSync(path, "utf8"));
}

function valueOf(
  row: Setting<unknown>,
  environment: Environment,
  readFile: (path: string) => string,
): string {
  const file = environment[`${row.name}_FILE`];
  const text = file ? readFile(file) : environment[row.name];
  return text?.trim() || row.default;
}

function unknownNames(environment: Environment): string[] {
  const names = Object.values(settings).flatMap((row) => [row.name, `${row.name}_FILE`]);
  return Object.keys(environment)
    .filter((name) => name.startsWith("PLENUM_") && !names.includes(name))
    .map((name) => `${name} is not a setting. Did you mean ${nearest(name, names)}? See docs/settings.md.`);
}

function nearest(name: string, names: readonly string[]): string {
  const ranked = names.map((each) => ({ each, distance: editDistance(name, each) }));
  return ranked.reduce((best, next) => (next.distance < best.distance ? next : best)).each;
}

/** Levenshtein's distance, row by row. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

function parseWhole(text: string, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > most) throw new Error(`it is “${text}”`);
  return value;
}

/** The URL without a slash at its end, or null: unset. */
function parsePublicUrl(text: string): string | null {
  if (text === "") return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !["http:", "https:"].includes(url.protocol)) throw new Error(`it is “${text}”`);
  if (url.search || url.hash || url.username || url.password)
    throw new Error("it must end with its path: no query, fragment or name");
  return url.origin + url.pathname.replace(/\/+$/, "");
}

const logLevels = ["silent", "error", "warn", "info", "debug"] as const;

function parseLogLevel(text: string): (typeof logLevels)[number] {
  const level = logLevels.find((each) => each === text);
  if (!level) throw new Error(`it is “${text}”`);
  return level;
}
