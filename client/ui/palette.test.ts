import { expect, test } from "vitest";
import { initials, personLook } from "./palette.ts";

test("one word gives its first two characters, several give the first of the first and of the last", () => {
  expect(initials("Ana")).toBe("AN");
  expect(initials("  Chidi Anagonye ")).toBe("CA");
  expect(initials("Ana María de la Cruz")).toBe("AC");
});

test("initials are whole characters, however many code points these have", () => {
  expect(initials("👩‍🚀 Zoë")).toBe("👩‍🚀Z");
  expect(initials("")).toBe("");
});

test("the ninth person has the first one's colour again, told apart by a dashed ring", () => {
  expect(personLook(0)).toMatchObject({ ground: "var(--person-0)", isDashed: false });
  expect(personLook(7)).toMatchObject({ ground: "var(--person-7)", isDashed: false });
  expect(personLook(8)).toMatchObject({ ground: "var(--person-0)", isDashed: true });
});
