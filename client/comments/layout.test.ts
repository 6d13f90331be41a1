import { expect, test } from "vitest";
import { pushApart, seatCards, type Seat } from "./layout.ts";

const gap = 10;
const seat = (id: string, wanted: number, height = 50): Seat<string> => ({ id, wanted, height });
const tops = (seats: Seat<string>[], active: string | null = null, from = 0) =>
  Object.fromEntries(pushApart(seats, active, { gap, from }));

test("cards with room between them stand at their lines", () => {
  expect(tops([seat("a", 0), seat("b", 100), seat("c", 300)])).toEqual({ a: 0, b: 100, c: 300 });
});

test("cards of one line stand below each other", () => {
  expect(tops([seat("a", 20), seat("b", 20), seat("c", 20)])).toEqual({ a: 20, b: 80, c: 140 });
});

test("the active card stands true to its line and pushes the others away", () => {
  expect(tops([seat("a", 200), seat("b", 200), seat("c", 200)], "b")).toEqual({ a: 140, b: 200, c: 260 });
  expect(tops([seat("a", 200), seat("b", 200), seat("c", 200)], "c")).toEqual({ a: 80, b: 140, c: 200 });
});

test("a card above the active one that has room stays at its own line", () => {
  expect(tops([seat("a", 10), seat("b", 200), seat("c", 205)], "c")).toEqual({ a: 10, b: 145, c: 205 });
});

test("no card stands above the beginning; the active one moves down for those above it", () => {
  expect(tops([seat("a", 0), seat("b", 5), seat("c", 9)], "c", 40)).toEqual({ a: 40, b: 100, c: 160 });
});

test("an active card that is not shown changes nothing", () => {
  expect(tops([seat("a", 20), seat("b", 30)], "gone")).toEqual(tops([seat("a", 20), seat("b", 30)]));
  expect(tops([])).toEqual({});
});

test("whatever the lines and heights, no two cards touch, their order holds, and the active one is true if it can", () => {
  let seed = 20_261_122;
  const chance = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed % below;
  };
  for (let round = 0; round < 500; round += 1) {
    const seats = Array.from({ length: 1 + chance(12) }, (_, at) =>
      seat(String(at), chance(900), 20 + chance(80)),
    );
    seats.sort((a, b) => a.wanted - b.wanted);
    const at = chance(seats.length);
    const active = seats[at]?.id ?? "";
    const placed = pushApart(seats, active, { gap, from: 40 });
    let bottom = 40 - gap;
    for (const { id, height } of seats) {
      expect(placed.get(id), `round ${round}`).toBeGreaterThanOrEqual(bottom + gap);
      bottom = (placed.get(id) ?? 0) + height;
    }
    const roomAbove = seats.slice(0, at).reduce((sum, each) => sum + each.height + gap, 40);
    expect(placed.get(active), `round ${round}`).toBe(Math.max(seats[at]?.wanted ?? 0, roomAbove));
  }
});

test("cards whose words are gone stand after all others, and the end is below the last", () => {
  const cards = [
    { id: "gone", top: null },
    { id: "b", top: 300 },
    { id: "a", top: 100 },
  ];
  const heights = new Map([
    ["a", 50],
    ["b", 60],
    ["gone", 70],
  ]);
  const { tops, end } = seatCards(cards, heights, null, { gap, from: 40 });
  expect(Object.fromEntries(tops)).toEqual({ a: 100, b: 300, gone: 370 });
  expect(end).toBe(450);
  expect(seatCards([{ id: "gone", top: null }], heights, null, { gap, from: 40 }).tops.get("gone")).toBe(40);
  expect(seatCards([], heights, null, { gap, from: 0 })).toEqual({ tops: new Map(), end: 0 });
});
