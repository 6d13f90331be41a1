import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** What is counted, in Prometheus' words; the only file that knows the library. */
export type Metrics = {
  /** A call was answered. `route` is its pattern, so that no id or secret becomes a label. */
  answered(call: { method: string; route: string; status: number; seconds: number }): void;
  text(): Promise<{ mediaType: string; text: string }>;
};

type Counts = { connections: number; divergences: number };

/** `counts` is asked whenever somebody looks. `process: true` also watches the process itself: once in each. */
export function makeMetrics(counts: () => Counts, options: { process: boolean }): Metrics {
  const registry = new Registry();
  if (options.process) collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    name: "plenum_http_request_seconds",
    help: "Time from a request's head to its answer's end.",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers: [registry],
  });
  new Gauge({
    name: "plenum_sockets",
    help: "Open connections to rooms.",
    registers: [registry],
    collect() {
      this.set(counts().connections);
    },
  });
  new Gauge({
    name: "plenum_divergences",
    help: "Browsers, since the start, that showed another text than they should. Each is a bug: the log says which page.",
    registers: [registry],
    collect() {
      this.set(counts().divergences);
    },
  });
  return {
    answered: ({ method, route, status, seconds: taken }) =>
      seconds.observe({ method, route, status: String(status) }, taken),
    text: async () => ({ mediaType: registry.contentType, text: await registry.metrics() }),
  };
}
