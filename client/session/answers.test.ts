import { expect, test } from "vitest";
import { refusalIn } from "./answers.ts";

const answer = (code: string, message: string, details?: string) =>
  JSON.stringify({ error: { code, message, details } });

test("a refusal from the table keeps its code and its details", () => {
  expect(refusalIn(413, answer("too-large", "Too large.", "a zip has at most 50 MB")).refusal).toEqual({
    code: "too-large",
    details: "a zip has at most 50 MB",
  });
});

test("a refusal without details has none", () => {
  expect(refusalIn(404, answer("not-found", "Nothing here.")).refusal).toEqual({ code: "not-found" });
});

test("what a proxy answers in our place is read by its status", () => {
  expect(refusalIn(413, "<html>Request Entity Too Large</html>").refusal.code).toBe("too-large");
  expect(refusalIn(502, "<html>Bad Gateway</html>").refusal.code).toBe("internal");
});

test("a code from a newer server is read by its status", () => {
  expect(refusalIn(403, answer("not-on-a-sunday", "Come back tomorrow.")).refusal.code).toBe("not-allowed");
});
