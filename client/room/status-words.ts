import { unreachable } from "../../shared/base/assert.ts";
import { limits } from "../../shared/base/limits.ts";
import type { Status } from "../connection/status.ts";

/** What the bar says: words of the catalogue, with a tone that repeats their sense, and what can be done at once. */
export type StatusWords = {
  words:
    | {
        key:
          "loading" | "saved" | "saving" | "offline" | "reconnecting" | "readOnly" | "refused" | "outdated";
      }
    | { key: "reconnectingIn"; seconds: number };
  tone: "calm" | "busy" | "warning" | "danger";
  action: "tryNow" | "reload" | null;
};

/** Every status in words, at this instant. */
export function statusWords(status: Status, nowMs: number): StatusWords {
  switch (status.state) {
    case "loading":
      return { words: { key: "loading" }, tone: "busy", action: null };
    case "saved":
      return { words: { key: "saved" }, tone: "calm", action: null };
    case "saving":
      return { words: { key: "saving" }, tone: "busy", action: null };
    case "read-only":
      return { words: { key: "readOnly" }, tone: "calm", action: null };
    case "offline":
      return { words: { key: "offline" }, tone: "warning", action: null };
    case "reconnecting":
      return reconnecting(status.retryAtMs, nowMs);
    case "refused":
      return { words: { key: "refused" }, tone: "danger", action: null };
    case "outdated":
      return { words: { key: "outdated" }, tone: "warning", action: "reload" };
    default:
      return unreachable(status.state);
  }
}

function reconnecting(retryAtMs: number | undefined, nowMs: number): StatusWords {
  if (retryAtMs === undefined) return { words: { key: "reconnecting" }, tone: "warning", action: null };
  const seconds = Math.max(1, Math.ceil((retryAtMs - nowMs) / 1_000));
  return { words: { key: "reconnectingIn", seconds }, tone: "warning", action: "tryNow" };
}

/** What is said across the whole screen, and cannot be put away, while it holds. */
export type Banner = { is: "unsaved"; words: number } | { is: "refused" } | { is: "outdated" };

/** The banner of a status: an end of the connection at once, unsaved words when they have waited too long. */
export function bannerOf(status: Status, nowMs: number): Banner | null {
  if (status.state === "refused") return { is: "refused" };
  if (status.state === "outdated") return { is: "outdated" };
  const { unsavedWords, unsavedSinceMs } = status;
  if (unsavedWords === undefined || unsavedSinceMs === undefined) return null;
  return nowMs - unsavedSinceMs >= limits.unsavedBannerMs ? { is: "unsaved", words: unsavedWords } : null;
}
