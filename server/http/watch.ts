import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { refusals, Refused, type RefusalCode } from "../../shared/protocol/refusals.ts";
import type { Storage } from "../storage/storage.ts";
import { refusalBody } from "./answers.ts";
import { tokenIn, isFromHere } from "./caller.ts";
import type { Metrics } from "./metrics.ts";

export type Watched = {
  version: string;
  isStopping: () => boolean;
  storage: Pick<Storage, "people">;
  metrics: Metrics;
  metricsToken: string | null;
  publicUrl: string | null;
};

/** For those who run Plenum: is the process alive, should it get visitors, how does it do. */
export function serveWatch(app: FastifyInstance, watched: Watched): void {
  const { version, metrics, metricsToken, publicUrl } = watched;
  app.get("/healthz", async () => ({ status: "ok", version }));
  app.get("/readyz", async (_, reply) => {
    const code = await whyUnready(watched);
    if (code === null) return { status: "ready" };
    return reply.code(refusals[code].status).send(refusalBody({ code }));
  });
  app.get("/metrics", async ({ raw }, reply) => {
    const token = tokenIn(raw.headers, null) ?? "";
    if (metricsToken === null ? !isFromHere(raw, publicUrl) : !isSame(token, metricsToken))
      throw new Refused("not-allowed");
    const { mediaType, text } = await metrics.text();
    return reply.header("content-type", mediaType).send(text);
  });
}

/** Why nobody should be sent here now, or null. */
async function whyUnready({ isStopping, storage }: Watched): Promise<RefusalCode | null> {
  if (isStopping()) return "restarting";
  return storage.people.byToken("").then(
    () => null,
    () => "cannot-save",
  );
}

/** Compares in a time that says nothing of where two secrets differ. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
