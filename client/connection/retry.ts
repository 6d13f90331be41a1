import { limits } from "../../shared/base/limits.ts";
import { refusals, type Refusal, type RefusalCode } from "../../shared/protocol/refusals.ts";

/** How a socket closed: by the server with a code and its reason, or (null) by this browser itself. */
export type Closing = { readonly code: number; readonly reason: string } | null;

/** What to do about it: connect again later, or end with this refusal. */
export type Next = { reconnect: true; isSignIn: boolean } | { reconnect: false; refusal: Refusal };

/**
 * What follows from a close. The refusal's row in the table decides; a close that is no refusal is a cut network.
 * Signing in is tried once: the role may have changed, and then the next welcome says so.
 */
export function afterClose(closing: Closing, hasTriedSignIn: boolean): Next {
  const refusal = closing && refusalOf(closing);
  if (!refusal) return { reconnect: true, isSignIn: false };
  const { next } = refusals[refusal.code];
  if (next === "stop" || next === "reload") return { reconnect: false, refusal };
  if (next === "sign-in")
    return hasTriedSignIn ? { reconnect: false, refusal } : { reconnect: true, isSignIn: true };
  return { reconnect: true, isSignIn: false };
}

/** How long to wait before the nth attempt (from 0). `chance` (0–1) spreads those who lost the server together. */
export function waitMs(attempt: number, chance: number): number {
  const most = Math.min(limits.reconnectMostMs, limits.reconnectFirstMs * 2 ** Math.min(attempt, 20));
  return Math.round(most * (1 - chance / 2));
}

/**
 * The refusal behind a close code, or null where the close refuses nothing. The reason begins with the refusal's
 * code where several share a close code. A final code that this version does not know is a newer server's.
 */
function refusalOf(closing: NonNullable<Closing>): Refusal | null {
  const rows = codes.filter((code) => refusals[code].close === closing.code);
  // What the websocket protocol itself calls too large to be read; sent again, it would not be smaller.
  if (closing.code === 1009) return { code: "too-large" };
  const named = rows.find((code) => closing.reason.startsWith(code)) ?? rows[0];
  if (named) return withDetails(named, closing.reason);
  return closing.code >= 4400 && closing.code < 4500 ? { code: "old-version" } : null;
}

function withDetails(code: RefusalCode, reason: string): Refusal {
  const details = reason.startsWith(`${code}: `) ? reason.slice(code.length + 2) : "";
  return details === "" ? { code } : { code, details };
}

const codes = Object.keys(refusals) as RefusalCode[];
