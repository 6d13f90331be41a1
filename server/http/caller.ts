import type { IncomingMessage } from "node:http";
import { limits } from "../../shared/base/limits.ts";
import { Refused } from "../../shared/protocol/refusals.ts";

/*
 * What a request's headers say of who sent it: pure readings, the same for a call and for a websocket's upgrade.
 */

type Headers = IncomingMessage["headers"];

/** A browser keeps a cookie with the prefix `__Host-` to this very host; it can be set over https alone. */
export function cookieName(publicUrl: string | null): string {
  return isHttps(publicUrl) ? "__Host-plenum_session" : "plenum_session";
}

export function sessionCookie(token: string, publicUrl: string | null): string {
  const maxAge = limits.sessionMs / 1000;
  const secure = isHttps(publicUrl) ? "; Secure" : "";
  return `${cookieName(publicUrl)}=${token}; Max-Age=${maxAge}; Path=/; HttpOnly; SameSite=Lax${secure}`;
}

/** The token that a request carries, if any; a bearer token counts before a cookie. */
export function tokenIn(headers: Headers, publicUrl: string | null): string | null {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? "")?.[1];
  return bearer ?? cookieIn(headers.cookie ?? "", cookieName(publicUrl));
}

/**
 * Refuses what a page of another site sends. Browsers name the origin on every upgrade and on every request that
 * can change something; without the header it is a program, and no cookie of a person's browser is at stake.
 */
export function assertOwnOrigin(headers: Headers, publicUrl: string | null): void {
  const { origin, host } = headers;
  if (origin === undefined) return;
  const own = [`http://${host}`, `https://${host}`, ...(publicUrl ? [new URL(publicUrl).origin] : [])];
  if (!own.includes(origin)) throw new Refused("foreign-origin", origin);
}

/** Where this caller finds Plenum: the public URL, or else the address that they asked. No slash at its end. */
export function baseUrl(headers: Headers, publicUrl: string | null): string {
  return publicUrl ?? `http://${headers.host ?? "localhost"}`;
}

/**
 * The address that a request is from. Each proxy adds at the end of X-Forwarded-For whom it heard from, so with
 * n proxies of ours the n-th from the end is the truth; what stands before it is anybody's word.
 */
export function addressOf(
  { headers, socket }: Pick<IncomingMessage, "headers" | "socket">,
  proxies: number,
): string {
  const forwarded = [headers["x-forwarded-for"] ?? []].flat().join(",").split(",");
  const told = proxies > 0 ? forwarded.at(-proxies)?.trim() : undefined;
  return told || (socket.remoteAddress ?? "unknown");
}

/**
 * Whether a request was sent on this machine itself, and not passed on by a proxy. Proxies need not say that they
 * are one, so where Plenum has a public URL this is never sure.
 */
export function isFromHere(
  { headers, socket }: Pick<IncomingMessage, "headers" | "socket">,
  publicUrl: string | null,
): boolean {
  const isForwarded = publicUrl !== null || "x-forwarded-for" in headers || "forwarded" in headers;
  return !isForwarded && /^(127\.|::1$|::ffff:127\.)/.test(socket.remoteAddress ?? "");
}

/** Tokens are plain letters, so nothing in a cookie of ours is ever encoded. */
function cookieIn(header: string, name: string): string | null {
  const found = header.split(";").find((each) => each.trim().startsWith(`${name}=`));
  return found ? found.trim().slice(name.length + 1) : null;
}

function isHttps(publicUrl: string | null): boolean {
  return publicUrl?.startsWith("https:") ?? false;
}
