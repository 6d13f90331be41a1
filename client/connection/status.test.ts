import { expect, test } from "vitest";
import { acknowledged, edited, emptyLedger, sentText, type Ledger } from "./ledger.ts";
import { statusOf, type Link, type Status } from "./status.ts";

const settled = acknowledged(sentText(emptyLedger, true), 1);
const unsaved = edited(settled, 42, 7);

const editor: Link = { is: "welcomed", role: "editor" };
const reader: Link = { is: "welcomed", role: "reader" };
const connecting: Link = { is: "connecting" };
const waiting: Link = { is: "waiting", retryAtMs: 99 };
const refused: Link = { is: "ended", refusal: { code: "not-allowed" } };
const outdated: Link = { is: "ended", refusal: { code: "old-version" } };

const words = { unsavedWords: 42, unsavedSinceMs: 7 };

const table: [text: boolean, online: boolean, link: Link, ledger: Ledger, status: Status][] = [
  [false, true, connecting, emptyLedger, { state: "loading" }],
  [false, true, editor, emptyLedger, { state: "loading" }],
  [false, false, waiting, emptyLedger, { state: "loading", retryAtMs: 99 }],
  [true, true, connecting, emptyLedger, { state: "reconnecting" }],
  [true, true, waiting, settled, { state: "reconnecting", retryAtMs: 99 }],
  [true, true, waiting, unsaved, { state: "reconnecting", retryAtMs: 99, ...words }],
  [true, false, waiting, settled, { state: "offline", retryAtMs: 99 }],
  [true, false, waiting, unsaved, { state: "offline", retryAtMs: 99, ...words }],
  [true, true, editor, emptyLedger, { state: "saving" }],
  [true, true, editor, settled, { state: "saved" }],
  [true, true, editor, unsaved, { state: "saving", ...words }],
  [true, false, editor, settled, { state: "saved" }],
  [true, true, reader, emptyLedger, { state: "read-only" }],
  [true, true, reader, unsaved, { state: "read-only", ...words }],
  [true, true, refused, unsaved, { state: "refused", refusal: { code: "not-allowed" }, ...words }],
  [false, true, refused, emptyLedger, { state: "refused", refusal: { code: "not-allowed" } }],
  [true, true, outdated, settled, { state: "outdated", refusal: { code: "old-version" } }],
];

test.each(table)("text %s, online %s, link %o: %o → %o", (hasText, isOnline, link, ledger, status) => {
  expect(statusOf({ hasText, isOnline, isOutdated: false, link, ledger })).toEqual(status);
});

test("saved is never said with anything unacknowledged, whatever else holds", () => {
  for (const [hasText, isOnline, link] of table) {
    for (const ledger of [emptyLedger, unsaved, sentText(unsaved, false), sentText(settled, false)]) {
      expect(statusOf({ hasText, isOnline, isOutdated: false, link, ledger }).state).not.toBe("saved");
    }
  }
});

test("a program that is too old says so as soon as there is text, with or without a connection", () => {
  const old = { isOnline: true, isOutdated: true, ledger: unsaved };
  for (const link of [editor, reader, connecting])
    expect(statusOf({ ...old, hasText: true, link })).toEqual({ state: "outdated", ...words });
  expect(statusOf({ ...old, hasText: false, link: editor }).state).toBe("loading");
  expect(statusOf({ ...old, hasText: true, link: refused }).state).toBe("refused");
});
