import { expect, test } from "vitest";
import { limits } from "../../shared/base/limits.ts";
import { deadPeers } from "./fault-cases.stage.ts";

test(`${deadPeers.name}: ${deadPeers.promise}`, { timeout: 120_000 }, async () => {
  expect((await deadPeers.happen(1)).outcome).toEqual(deadPeers.expected);
});

test("conn.dead-peers: the server's waits cut them off in time, wherever in between they fell silent", () => {
  expect(3 * limits.pingMs).toBeLessThanOrEqual(45_000);
  expect(limits.headersMs + limits.connectionsCheckedMs).toBeLessThanOrEqual(15_000);
});
