import { expect, test } from "vitest";
import { refusals, type RefusalCode } from "../../shared/protocol/refusals.ts";
import { afterClose } from "./retry.ts";

const codes = Object.keys(refusals) as RefusalCode[];

test.each(codes)("a close for %s does what its row says", (code) => {
  const { next, close } = refusals[code];
  const decided = afterClose({ code: close, reason: `${code}: the details` }, false);
  if (next === "stop" || next === "reload") {
    expect(decided).toEqual({ reconnect: false, refusal: { code, details: "the details" } });
  } else {
    expect(decided).toEqual({ reconnect: true, isSignIn: next === "sign-in" });
  }
});

test("a message too large to be read is not sent again and again", () => {
  expect(afterClose({ code: 1009, reason: "" }, false)).toEqual({
    reconnect: false,
    refusal: { code: "too-large" },
  });
});

test("a socket that this browser closed itself has a successor", () => {
  expect(afterClose(null, true)).toEqual({ reconnect: true, isSignIn: false });
});
