import { accessSync, constants, statSync } from "node:fs";
import type { Machine } from "./browser.ts";

/** The machine that this runs on, as choosing a browser sees it. */
export function thisMachine(): Machine {
  return {
    asked: process.env["CHROMIUM"],
    isExecutable,
    mayInstall: process.getuid?.() === 0 && isExecutable("/usr/bin/apt-get"),
  };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
