import { limits } from "../../shared/base/limits.ts";
import { isZip } from "../session/answers.ts";

const megabyte = 1024 * 1024;

type Named = { readonly name: string; readonly size: number };

/** Why files cannot be imported, known before a single byte is sent. */
export type WrongChoice =
  | { why: "empty" }
  | { why: "wrongKind"; name: string }
  | { why: "oneZip" }
  | { why: "tooLarge"; name: string; mb: number; maxMb: number };

/** What is wrong with this choice of files, or null: one zip, or Markdown files, none too large. */
export function wrongChoice(files: readonly Named[]): WrongChoice | null {
  if (files.length === 0) return { why: "empty" };
  const other = files.find((file) => !isZip(file.name) && !isMarkdown(file.name));
  if (other) return { why: "wrongKind", name: other.name };
  if (files.length > 1 && files.some((file) => isZip(file.name))) return { why: "oneZip" };
  const large = files.find((file) => file.size > maxBytes(file));
  if (!large) return null;
  const { name, size } = large;
  return { why: "tooLarge", name, mb: Math.ceil(size / megabyte), maxMb: maxBytes(large) / megabyte };
}

function maxBytes({ name }: Named): number {
  return isZip(name) ? limits.zipBytes : limits.markdownBytes;
}

function isMarkdown(name: string): boolean {
  return /\.(md|markdown)$/i.test(name);
}

/** The same limits, in whole megabytes, for people. */
export const importLimits = {
  zipMb: limits.zipBytes / megabyte,
  markdownMb: limits.markdownBytes / megabyte,
};
