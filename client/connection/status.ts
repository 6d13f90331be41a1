import { may } from "../../shared/access/may.ts";
import type { Role } from "../../shared/access/roles.ts";
import { refusals, type Refusal } from "../../shared/protocol/refusals.ts";
import { isSettled, isUnsaved, unsavedSinceMs, unsavedWords, type Ledger } from "./ledger.ts";

/**
 * How the page stands with the server, as one value: what the bar says in words.
 *
 * loading: there is neither kept nor sent text yet, so no editor may be shown · saved: everything made here is on
 * the server's disk · saving: sent or about to be, not acknowledged · offline: the device has no network ·
 * reconnecting: it has, the server is not there · read-only: this role does not write, and unsaved words are never
 * sent · refused: for good, until the person does something · outdated: a newer version is running, or wrote this
 * page; without a refusal the text goes on being told, and nothing is written.
 */
export type Status = {
  state: "loading" | "saved" | "saving" | "offline" | "reconnecting" | "read-only" | "refused" | "outdated";
  /** Words of edits made here that are not acknowledged. Absent where everything is; 0 for mere deletions. */
  unsavedWords?: number;
  /** Since when the oldest of these edits waits. */
  unsavedSinceMs?: number;
  /** When the next attempt to connect begins. Absent while one runs. */
  retryAtMs?: number;
  /** Why there is no connection any more. */
  refusal?: Refusal;
};

/** The socket: on its way, welcomed by the server, waiting to try again, or ended for good. */
export type Link =
  | { is: "connecting" }
  | { is: "welcomed"; role: Role }
  | { is: "waiting"; retryAtMs: number }
  | { is: "ended"; refusal: Refusal };

/** Everything that the status is made of. */
export type Standing = {
  /** Whether text was loaded from this device, or the server's first answer arrived. */
  hasText: boolean;
  isOnline: boolean;
  /** Whether the server, or whoever wrote the page, knows a newer format than this program. */
  isOutdated: boolean;
  link: Link;
  ledger: Ledger;
};

/** The one place that says "saved": only where a welcomed writer's every edit is acknowledged as durable. */
export function statusOf(standing: Standing): Status {
  const { link } = standing;
  const rest = { ...unsaved(standing.ledger), ...retry(link) };
  if (link.is === "ended") {
    const state = refusals[link.refusal.code].next === "reload" ? "outdated" : "refused";
    return { state, refusal: link.refusal, ...rest };
  }
  if (!standing.hasText) return { state: "loading", ...rest };
  if (standing.isOutdated) return { state: "outdated", ...rest };
  if (link.is !== "welcomed") return { state: standing.isOnline ? "reconnecting" : "offline", ...rest };
  if (!may(link.role, "page.write")) return { state: "read-only", ...rest };
  return { state: isSettled(standing.ledger) ? "saved" : "saving", ...rest };
}

function unsaved(ledger: Ledger): Pick<Status, "unsavedWords" | "unsavedSinceMs"> {
  const sinceMs = unsavedSinceMs(ledger);
  if (!isUnsaved(ledger) || sinceMs === null) return {};
  return { unsavedWords: unsavedWords(ledger), unsavedSinceMs: sinceMs };
}

function retry(link: Link): Pick<Status, "retryAtMs"> {
  return link.is === "waiting" ? { retryAtMs: link.retryAtMs } : {};
}
