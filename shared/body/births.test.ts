import { expect, test } from "vitest";
import type { ContainerId } from "../base/ids.ts";
import { Births, readStanding, type Standing } from "./births.ts";

const c = (name: string) => name as ContainerId;
const inside = (name: string | null): Standing => ({ in: name === null ? null : c(name) });
const bornOf = (of: string, name: string | null = null): Standing => ({
  born: { of, in: name === null ? null : c(name) },
});

function births(entries: { [id: string]: Standing | null }, all = new Births<string>(compare)) {
  const moved = update(all, entries);
  return { all, moved };
}
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
/** A key is an id, perhaps with a prime for another marker of the same id. */
const update = (all: Births<string>, entries: { [key: string]: Standing | null }) =>
  [
    ...all.update(
      new Map(
        Object.entries(entries).map(([key, standing]) => [
          key,
          standing && { id: key.replace("'", ""), standing },
        ]),
      ),
    ),
  ].toSorted();

test("what is born of another stands with it, and goes along when it moves", () => {
  const { all } = births({ a: inside(null), b: bornOf("a"), c: bornOf("b") });
  expect(["a", "b", "c"].map((key) => all.at(key))).toEqual([null, null, null]);
  expect(update(all, { a: inside("q") })).toEqual(["a", "b", "c"]);
  expect(["a", "b", "c"].map((key) => all.at(key))).toEqual(["q", "q", "q"]);
});

test("what says where it stands stays there, with all that were born of it", () => {
  const { all } = births({ a: inside(null), b: inside(null), c: bornOf("b") });
  expect(update(all, { a: inside("q") })).toEqual(["a"]);
  expect(all.at("c")).toBe(null);
});

test("where the origin is gone each stands where it was born", () => {
  const { all } = births({ a: inside("q"), b: bornOf("a", "p") });
  expect(all.at("b")).toBe("q");
  expect(update(all, { a: null })).toEqual(["b"]);
  expect(all.at("b")).toBe("p");
  expect(update(all, { a: inside("r") })).toEqual(["a", "b"]);
  expect(all.at("b")).toBe("r");
});

test("of two with one id the first is the origin", () => {
  const { all } = births({ "a'": inside("second"), b: bornOf("a") });
  expect(all.at("b")).toBe("second");
  update(all, { a: inside("first") });
  expect(all.at("b")).toBe("first");
  update(all, { a: null });
  expect(all.at("b")).toBe("second");
});

test("a circle of origins leaves each where it was born, however it came about", () => {
  const circle = { a: bornOf("c", "1"), b: bornOf("a", "2"), c: bornOf("b", "3"), d: bornOf("c", "4") };
  const atOnce = births(circle).all;
  const oneByOne = new Births<string>(compare);
  for (const [key, standing] of Object.entries(circle)) update(oneByOne, { [key]: standing });
  for (const all of [atOnce, oneByOne])
    expect(["a", "b", "c", "d"].map((key) => all.at(key))).toEqual(["1", "2", "3", "3"]);
  update(oneByOne, { a: null });
  expect(["b", "c", "d"].map((key) => oneByOne.at(key))).toEqual(["2", "2", "2"]);
});

test("a chain of ten thousand takes no longer than its length", () => {
  const chain = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, n) => [`b${n}`, n === 0 ? inside(null) : bornOf(`b${n - 1}`)]),
  );
  const { all } = births(chain);
  expect(update(all, { b0: inside("q") })).toHaveLength(10_000);
  expect(all.at("b9999")).toBe("q");
});

test("anything can be read as a standing", () => {
  expect(readStanding("q", undefined)).toEqual({ in: "q" });
  expect(readStanding(null, { of: "a", in: "q" })).toEqual({ in: null });
  expect(readStanding(undefined, { of: "a", in: 3 })).toEqual({ born: { of: "a", in: null } });
  for (const born of [undefined, null, 1, "a", [], {}, { of: 1 }])
    expect(readStanding(undefined, born)).toEqual({ in: null });
});
