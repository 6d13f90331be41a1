import { Socket } from "node:net";
import { expect, test } from "vitest";
import { addressOf, assertOwnOrigin, cookieName, isFromHere, sessionCookie, tokenIn } from "./caller.ts";
import { withoutBase } from "./server.ts";

const https = "https://example.org/plenum";

function sent(remoteAddress: string, headers: Record<string, string> = {}) {
  const socket = new Socket();
  Object.defineProperty(socket, "remoteAddress", { value: remoteAddress });
  return { headers, socket };
}

test("a token is read from the header or the cookie, and the header counts first", () => {
  expect(tokenIn({ authorization: "Bearer abc" }, null)).toBe("abc");
  expect(tokenIn({ cookie: "a=b; plenum_session=xyz; c=d" }, null)).toBe("xyz");
  expect(tokenIn({ authorization: "bearer  abc", cookie: "plenum_session=xyz" }, null)).toBe("abc");
  for (const headers of [{}, { authorization: "Basic abc" }, { cookie: "xplenum_session=1; other" }])
    expect(tokenIn(headers, null)).toBe(null);
});

test("over https the cookie is bound to the host, and the plain one counts no more", () => {
  expect(cookieName(https)).toBe("__Host-plenum_session");
  expect(sessionCookie("t", https)).toMatch(
    /^__Host-plenum_session=t; .*; Path=\/; HttpOnly; SameSite=Lax; Secure$/,
  );
  expect(tokenIn({ cookie: "plenum_session=xyz" }, https)).toBe(null);
});

test.each([
  ["no origin: no browser", undefined, true],
  ["the host's own", "http://127.0.0.1:3000", true],
  ["the host's own, behind a proxy that speaks https", "https://127.0.0.1:3000", true],
  ["the public one", "https://example.org", true],
  ["another port of the host", "http://127.0.0.1:3001", false],
  ["another site", "https://evil.example", false],
  ["a site whose name begins the same", "https://example.org.evil.example", false],
  ["the public one without https", "http://example.org", false],
  ["a sandboxed frame or a file", "null", false],
  ["nothing", "", false],
])("an origin that is %s", (_, origin, isOwn) => {
  const headers = { host: "127.0.0.1:3000", ...(origin === undefined ? {} : { origin }) };
  const check = () => assertOwnOrigin(headers, https);
  if (isOwn) expect(check).not.toThrow();
  else
    expect(check).toThrow(
      expect.objectContaining({ refusal: expect.objectContaining({ code: "foreign-origin" }) }),
    );
});

test("only proxies of ours may say where a request is from", () => {
  const forwarded = { "x-forwarded-for": "6.6.6.6, 7.7.7.7, 8.8.8.8" };
  expect(addressOf(sent("10.0.0.1", forwarded), 0)).toBe("10.0.0.1");
  expect(addressOf(sent("10.0.0.1", forwarded), 1)).toBe("8.8.8.8");
  expect(addressOf(sent("10.0.0.1", forwarded), 2)).toBe("7.7.7.7");
  expect(addressOf(sent("10.0.0.1"), 1)).toBe("10.0.0.1");
});

test("a request is from this machine when it is from itself and no proxy passed it on", () => {
  for (const address of ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
    expect(isFromHere(sent(address), null)).toBe(true);
  expect(isFromHere(sent("10.0.0.1"), null)).toBe(false);
  expect(isFromHere(sent("127.0.0.1", { "x-forwarded-for": "127.0.0.1" }), null)).toBe(false);
  // A proxy on this machine that names nobody looks the same.
  expect(isFromHere(sent("127.0.0.1"), "http://plenum.example")).toBe(false);
});

test.each([
  ["/plenum/api/surveys?x=1", "/api/surveys?x=1"],
  ["/plenum", "/"],
  ["/plenum/", "/"],
  ["/plenum?x", "/?x"],
  ["/api/surveys", "/api/surveys"],
  ["/plenumx/api", "/plenumx/api"],
])("under /plenum, %s is %s", (url, path) => {
  expect(withoutBase(url, "/plenum")).toBe(path);
});
