import { expect, test } from "vitest";
import { limits } from "../../shared/base/limits.ts";
import { bury } from "./dead-peers.stage.ts";
import { withHouse } from "./faults.stage.ts";

test(
  "conn.dead-peers: who answers no ping, or sends half a request, is cut off and not before their time",
  { timeout: 120_000 },
  async () => {
    const held = await withHouse(bury);
    expect(Object.keys(held).sort()).toEqual(["half a body", "half a head", "half an upgrade", "no pong"]);
    expect(held["no pong"]).toBeGreaterThan(2 * limits.pingMs);
    expect(held["half a head"]).toBeGreaterThan(limits.headersMs - 1_000);
  },
);
