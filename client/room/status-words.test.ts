import { expect, test } from "vitest";
import { limits } from "../../shared/base/limits.ts";
import type { Status } from "../connection/status.ts";
import { bannerOf, statusWords } from "./status-words.ts";

const now = 1_000_000;

test("“Saved” is said for the status saved and for no other", () => {
  const others = [
    "loading",
    "saving",
    "offline",
    "reconnecting",
    "read-only",
    "refused",
    "outdated",
  ] as const;
  expect(statusWords({ state: "saved" }, now).words.key).toBe("saved");
  for (const state of others) expect(statusWords({ state }, now).words.key).not.toBe("saved");
});

test("reconnecting counts whole seconds down, never below one, and offers to try now", () => {
  const inMs = (ms: number): Status => ({ state: "reconnecting", retryAtMs: now + ms });
  expect(statusWords(inMs(4_200), now)).toMatchObject({
    words: { key: "reconnectingIn", seconds: 5 },
    action: "tryNow",
  });
  expect(statusWords(inMs(-50), now).words).toEqual({ key: "reconnectingIn", seconds: 1 });
});

test("while an attempt runs there is nothing to count and nothing to press", () => {
  expect(statusWords({ state: "reconnecting" }, now)).toMatchObject({
    words: { key: "reconnecting" },
    action: null,
  });
});

test("unsaved words make a banner when they have waited too long, and not before", () => {
  const waiting = (ms: number): Status => ({ state: "saving", unsavedWords: 42, unsavedSinceMs: now - ms });
  expect(bannerOf(waiting(limits.unsavedBannerMs - 1), now)).toBeNull();
  expect(bannerOf(waiting(limits.unsavedBannerMs), now)).toMatchObject({ is: "unsaved", words: 42 });
});

test("words that are never sent are said at once, with a way to keep them", () => {
  const demoted: Status = { state: "read-only", unsavedWords: 3, unsavedSinceMs: now };
  expect(bannerOf(demoted, now)).toEqual({ is: "kept-back", words: 3, offers: ["download", "discard"] });
  expect(statusWords(demoted, now).tone).toBe("warning");
  expect(bannerOf({ state: "read-only" }, now)).toBeNull();
});

test.each([
  ["not-allowed", ["download"]],
  ["no-session", ["sign-in", "download"]],
  ["too-large", ["download", "discard"]],
] as const)("the end of a connection is said at once: %s offers %o", (code, offers) => {
  expect(bannerOf({ state: "refused", refusal: { code } }, now)).toEqual({
    is: "refused",
    words: null,
    offers,
  });
});

test("whoever is outdated can reload", () => {
  expect(bannerOf({ state: "outdated" }, now)).toMatchObject({ is: "outdated", offers: ["reload"] });
});

test("where everything is saved there is no banner", () => {
  expect(bannerOf({ state: "saved" }, now)).toBeNull();
});
