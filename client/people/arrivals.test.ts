import { expect, test } from "vitest";
import { difference } from "./arrivals.ts";

const ana = { id: "a", name: "Ana" };
const bo = { id: "b", name: "Bo" };

test("who came and who left is told by id, whatever the order", () => {
  expect(difference([ana], [bo, ana])).toEqual({ came: [bo], left: [] });
  expect(difference([ana, bo], [bo])).toEqual({ came: [], left: [ana] });
});

test("a changed name is neither coming nor leaving", () => {
  expect(difference([ana], [{ ...ana, name: "Ana M." }])).toEqual({ came: [], left: [] });
});
