import { expect, test } from "vitest";
import { Receipts } from "./receipts.ts";

test("[SAVED-1] counts what is durable, in the order it came", () => {
  const receipts = new Receipts();
  const [one, two] = [receipts.receive(), receipts.receive()];
  expect(receipts.saved).toBe(0);
  receipts.durable(one, false);
  expect(receipts.saved).toBe(1);
  receipts.durable(two, false);
  expect(receipts.saved).toBe(2);
});

test("[SAVED-2] stops in front of a hole until an answer behind it is durable", () => {
  const receipts = new Receipts();
  const places = Array.from({ length: 5 }, () => receipts.receive());
  receipts.durable(places[0]!, false);
  receipts.hole(places[1]!);
  receipts.durable(places[2]!, false);
  expect(receipts.saved).toBe(1);
  receipts.durable(places[3]!, true);
  expect(receipts.saved).toBe(4);
  receipts.hole(places[4]!);
  receipts.durable(places[3]!, true);
  expect(receipts.saved).toBe(4);
});
