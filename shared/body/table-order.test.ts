import { expect, test } from "vitest";
import { keysBetween, keysToSet } from "./table-order.ts";

test("between two keys there is always room for more, but where the one only adds zeros to the other", () => {
  let [low, high] = ["000001", "000002"];
  for (let n = 0; n < 200; n += 1) {
    const [key] = keysBetween(low, high, 1)!;
    expect(low < key! && key! < high).toBe(true);
    if (n % 3 === 0) low = key!;
    else high = key!;
  }
  expect(keysBetween("a", "a00", 1)).toBeNull();
  expect(keysBetween("a", "a", 1)).toBeNull();
  expect(keysBetween("b", "a", 1)).toBeNull();
  expect(keysBetween("Ä", null, 1)).toBeNull();
});

test("keys before the first and behind the last rise, and behind the last they stay short", () => {
  const keys = keysBetween(null, null, 3_000)!;
  expect(keys).toEqual(keys.toSorted());
  expect(new Set(keys).size).toBe(3_000);
  expect(keys.at(-1)).toHaveLength(6);
  const before = keysBetween(null, keys[0]!, 50)!;
  expect([...before, keys[0]]).toEqual([...before, keys[0]].toSorted());
  expect(keysBetween("zzzzzz", null, 2)).toEqual(["zzzzzz1", "zzzzzz2"]);
});

test("to move one line sets one key, wherever it goes", () => {
  const order = Array.from({ length: 200 }, (_, n) => `r${n}`);
  const stand = new Map(order.map((id, n) => [id, keysBetween(null, null, 200)![n]!]));
  expect(keysToSet(order, stand)?.size).toBe(0);
  const moved = order.toSpliced(10, 1).toSpliced(150, 0, "r10");
  const keys = keysToSet(moved, stand)!;
  expect([...keys.keys()]).toEqual(["r10"]);
  const now = new Map([...stand, ...keys]);
  expect(moved).toEqual(moved.toSorted((a, b) => (now.get(a)! < now.get(b)! ? -1 : 1)));
});
