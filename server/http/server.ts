import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import helmet from "@fastify/helmet";
import fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import { must } from "../../shared/base/assert.ts";
import { limits } from "../../shared/base/limits.ts";
import { refusals, type Refusal } from "../../shared/protocol/refusals.ts";
import { admit, type Admitted, type Admission } from "./admit.ts";
import { isFault, refusalBody, refusalOf, refusalText, type Answer } from "./answers.ts";
import { serveApp } from "./app-files.ts";
import { baseUrl } from "./caller.ts";
import type { Route } from "./route.ts";
import { routeTable, type RoutesNeed } from "./routes.ts";
import { securityHeaders } from "./security.ts";
import { serveWatch, type Watched } from "./watch.ts";

export type ServerParts = {
  routesNeed: RoutesNeed;
  admission: Admission;
  watched: Watched;
  /** The folder with the built program for browsers. */
  appFolder: string;
  log: FastifyBaseLogger;
};

/**
 * The HTTP side, ready to listen. Whatever is wrong with a request, its answer is a refusal as JSON; and no
 * request, however large, slow or broken, harms another.
 */
export async function makeServer({
  routesNeed,
  admission,
  watched,
  appFolder,
  log,
}: ServerParts): Promise<FastifyInstance> {
  const { publicUrl } = admission;
  const basePath = basePathOf(publicUrl);
  const app = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: "idle",
    // Who is on a connection while the server stops is still answered; only new ones are not let in.
    return503OnClosing: false,
    requestTimeout: limits.uploadMs,
    http: {
      headersTimeout: limits.headersMs,
      connectionsCheckingInterval: limits.connectionsCheckedMs,
      // Other protocols that somebody offers to switch to are declined by answering in this one.
      shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === "websocket",
    },
    bodyLimit: limits.askBytes,
    rewriteUrl: ({ url = "/" }) => withoutBase(url, basePath),
    frameworkErrors: answerError,
    clientErrorHandler: answerUnreadable,
  });
  app.server.maxHeadersCount = limits.headersCount;
  app.setErrorHandler(answerError);
  app.addHook("onResponse", async (request, reply) => tell(request, reply, watched));
  await app.register(helmet, securityHeaders(publicUrl));
  app.removeContentTypeParser(["text/plain", "application/json"]);
  for (const as of ["json", "bytes"] as const) {
    await app.register(async (scope) => {
      if (as === "json") takeJson(scope);
      else takeBytes(scope);
      for (const route of routeTable(routesNeed))
        if (route.takes.as === as) addRoute(scope, route, admission);
    });
  }
  serveWatch(app, watched);
  await serveApp(app, appFolder, basePath);
  return app;
}

/** An empty body is nothing, whatever its type says; only JSON is read. */
function takeJson(scope: FastifyInstance): void {
  const parse = scope.getDefaultJsonParser("error", "error");
  scope.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    if (body.length === 0) done(null);
    else parse(request, String(body), done);
  });
}

function takeBytes(scope: FastifyInstance): void {
  scope.addContentTypeParser("*", { parseAs: "buffer" }, (_, body, done) => done(null, body));
}

function addRoute(scope: FastifyInstance, route: Route, admission: Admission): void {
  const admitted = new WeakMap<FastifyRequest, Admitted & { work: Promise<unknown> }>();
  scope.route({
    method: route.method,
    url: route.path,
    bodyLimit: route.takes.maxBytes,
    onRequest: async (request, reply) => {
      boundArrival(request.raw, route.takes.maxMs);
      const caller = {
        ...(await admit(admission, route, request.raw, namesIn(request))),
        work: Promise.resolve(),
      };
      admitted.set(request, caller);
      if (!route.isHeavy || !caller.person) return;
      const end = admission.allowances.begin(caller.person.id);
      // Who hangs up has not ended the work on what they sent.
      reply.raw.once("close", () => void caller.work.then(end, end));
    },
    handler: async (request, reply) => {
      const caller = must(admitted.get(request), "who calls was admitted");
      const { headers, body, query } = request;
      const call = { params: namesIn(request), query, body, base: baseUrl(headers, admission.publicUrl) };
      const answer = route.answer(call, headers["content-type"] ?? "", caller.person, caller.member);
      caller.work = answer;
      return send(reply, await answer);
    },
  });
}

/** A request that has not arrived whole by then is cut off: else it would hold its connection for as long as it likes. */
function boundArrival(request: IncomingMessage, maxMs: number): void {
  const timer = setTimeout(() => request.destroy(), maxMs);
  const arrived = () => clearTimeout(timer);
  request.once("end", arrived).once("close", arrived);
}

/** What the path's placeholders stand for. */
function namesIn({ params }: FastifyRequest): Record<string, string> {
  return Object.fromEntries(Object.entries(params ?? {}).map(([name, value]) => [name, String(value)]));
}

function send(reply: FastifyReply, { status, headers, body }: Answer): FastifyReply {
  reply.code(status).headers({ "cache-control": "no-store", ...headers });
  return "json" in body ? reply.send(body.json) : reply.send(Buffer.from(body.bytes));
}

/** The one edge where errors become answers; our own faults are logged here, once, with their causes. */
function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  if (isFault(error)) request.log.error({ err: error }, "a call failed");
  const refusal = refusalOf(error);
  // Without this the connection would be cut while the body still arrives, and the answer lost with it.
  reply.removeHeader("connection");
  discardRest(request.raw);
  reply.code(refusals[refusal.code].status).header("cache-control", "no-store").send(refusalBody(refusal));
}

/** What still arrives is read and thrown away, for as long as a request may take and as much as is bearable. */
function discardRest(request: IncomingMessage): void {
  let left: number = limits.discardedBytes;
  request.on("data", (chunk: Uint8Array) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
}

/** Answers bytes that are no HTTP, or came too slowly: no request exists yet. */
function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const refusal: Refusal =
    error.code === "HPE_HEADER_OVERFLOW"
      ? { code: "too-large", details: "headers" }
      : { code: "bad-request" };
  socket.end(refusalText(refusal));
}

/** One line and one measurement for each call; the route's pattern instead of the address, which can hold a secret. */
function tell(request: FastifyRequest, reply: FastifyReply, { metrics }: Watched): void {
  const { method } = request;
  const route = request.routeOptions.url ?? "unknown";
  const status = reply.statusCode;
  metrics.answered({ method, route, status, seconds: reply.elapsedTime / 1000 });
  request.log.info({ method, route, status, ms: Math.round(reply.elapsedTime) }, "answered");
}

/** The path that Plenum stands under, without a slash at its end: empty at the root of a host. */
export function basePathOf(publicUrl: string | null): string {
  return publicUrl ? new URL(publicUrl).pathname.replace(/\/$/, "") : "";
}

/** Proxies pass the path on with or without what Plenum stands under: both are the same address. */
export function withoutBase(url: string, basePath: string): string {
  if (basePath === "" || !url.startsWith(basePath)) return url;
  const rest = url.slice(basePath.length);
  return rest === "" || rest.startsWith("?") ? `/${rest}` : rest.startsWith("/") ? rest : url;
}
