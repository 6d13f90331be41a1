import { unreachable } from "../../shared/base/assert.ts";
import { limits } from "../../shared/base/limits.ts";
import { refusals, type Refusal, type RefusalCode } from "../../shared/protocol/refusals.ts";
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
      return { words: { key: "readOnly" }, tone: isCalm(status) ? "calm" : "warning", action: null };
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

function isCalm({ unsavedWords }: Status): boolean {
  return unsavedWords === undefined;
}

/** What a person can do about a banner, in the order of offering. */
export type Offer = "reload" | "sign-in" | "download" | "discard";

/**
 * What is said across the whole screen, and cannot be put away, while it holds. `words` are on this device only
 * (0: changes without a word); null where there are none, as far as this tab knows.
 */
export type Banner = {
  is: "unsaved" | "kept-back" | "refused" | "outdated";
  words: number | null;
  offers: readonly Offer[];
};

/**
 * The banner of a status: an end of the connection at once, and words that are never sent; unsaved words that will
 * be sent when they have waited too long.
 */
export function bannerOf(status: Status, nowMs: number): Banner | null {
  const { state, refusal, unsavedWords, unsavedSinceMs } = status;
  const words = unsavedWords ?? null;
  if (state === "refused") return { is: "refused", words, offers: refusal ? offersAfter(refusal) : [] };
  if (state === "outdated") return { is: "outdated", words: null, offers: ["reload"] };
  if (unsavedSinceMs === undefined) return null;
  if (state === "read-only") return { is: "kept-back", words, offers: ["download", "discard"] };
  return nowMs - unsavedSinceMs >= limits.unsavedBannerMs ? { is: "unsaved", words, offers: [] } : null;
}

/** Refusals of what was written: it is refused again on each connection, until it is given up. */
const ofText: readonly RefusalCode[] = [
  "too-large",
  "not-in-format",
  "malformed",
  "foreign-author",
  "other-epoch",
];

export function isOfText({ code }: Refusal): boolean {
  return ofText.includes(code);
}

function offersAfter(refusal: Refusal): Offer[] {
  if (refusals[refusal.code].next === "sign-in") return ["sign-in", "download"];
  return isOfText(refusal) ? ["download", "discard"] : ["download"];
}
