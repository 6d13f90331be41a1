import bash from "highlight.js/lib/languages/bash";
import c from "highlight.js/lib/languages/c";
import cpp from "highlight.js/lib/languages/cpp";
import diff from "highlight.js/lib/languages/diff";
import ini from "highlight.js/lib/languages/ini";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import nix from "highlight.js/lib/languages/nix";
import python from "highlight.js/lib/languages/python";
import ruby from "highlight.js/lib/languages/ruby";
import shell from "highlight.js/lib/languages/shell";
import typescript from "highlight.js/lib/languages/typescript";
import xml from "highlight.js/lib/languages/xml";
import yaml from "highlight.js/lib/languages/yaml";
import { createLowlight } from "lowlight";

/* The languages that code is coloured in, and what reads them. Loaded when a page holds code in one of them. */

const lowlight = createLowlight({
  bash,
  c,
  cpp,
  diff,
  ini,
  javascript,
  json,
  nix,
  python,
  ruby,
  shell,
  typescript,
  xml,
  yaml,
});

/** A run of code and what it is, as class names; offsets from the code's start. */
export type Coloured = { readonly from: number; readonly to: number; readonly look: string };

/** What to colour in code; nothing for a language that is not among those here. */
export function colour(code: string, language: string): Coloured[] {
  const name = language.toLowerCase();
  if (!lowlight.registered(name)) return [];
  const found: Coloured[] = [];
  collect(lowlight.highlight(name, code).children, 0, found);
  return found;
}

type Part = ReturnType<typeof lowlight.highlight>["children"][number];

function collect(parts: readonly Part[], start: number, found: Coloured[]): number {
  let at = start;
  for (const part of parts) {
    if (part.type === "text") at += part.value.length;
    if (part.type !== "element") continue;
    const end = collect(part.children as readonly Part[], at, found);
    const names = part.properties["className"];
    if (Array.isArray(names) && end > at) found.push({ from: at, to: end, look: names.join(" ") });
    at = end;
  }
  return at;
}
