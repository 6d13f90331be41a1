import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";
import { Refused } from "../../shared/protocol/refusals.ts";

/** The addresses that the browser's program knows (client/routes.ts): each is answered with the program itself. */
const appPaths = ["/", "/new", "/import", "/join/:secret", "/s/:survey", "/s/:survey/:page"];

/**
 * Serves the browser's program from its folder. Files with a hash in their name never change and are kept for
 * ever; its page is asked for each time, and carries the path that Plenum stands under.
 */
export async function serveApp(app: FastifyInstance, folder: string, basePath: string): Promise<void> {
  if (existsSync(folder)) {
    await app.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      index: false,
      preCompressed: true,
      globIgnore: ["index.html"],
      cacheControl: false,
      setHeaders: (response, path) => {
        const isHashed = path.startsWith(join(folder, "assets"));
        response.header("cache-control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
      },
    });
  }
  const page = appPage(join(folder, "index.html"), basePath);
  for (const path of appPaths) app.get(path, async (_, reply) => sendPage(reply, 200, page));
  app.setNotFoundHandler(async (request, reply) => {
    const isBrowser = request.headers.accept?.includes("text/html") ?? false;
    if (!isBrowser || !["GET", "HEAD"].includes(request.method)) throw new Refused("not-found");
    return sendPage(reply, 404, page);
  });
}

function appPage(file: string, basePath: string): string | null {
  if (!existsSync(file)) return null;
  return readFileSync(file, "utf8").replace('<base href="/"', `<base href="${basePath}/"`);
}

function sendPage(reply: FastifyReply, status: number, page: string | null): FastifyReply {
  if (page === null) throw new Refused("not-found", "the browser's program is not built: npm run build");
  return reply
    .code(status)
    .header("content-type", "text/html; charset=utf-8")
    .header("cache-control", "no-cache")
    .send(page);
}
