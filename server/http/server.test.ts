import { connect } from "node:net";
import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { limits } from "../../shared/base/limits.ts";
import { readSettings } from "../config.ts";
import { start, type Running } from "../main.ts";
import { makeMemoryRelay } from "../relay/memory.ts";
import { openMemoryStorage } from "../storage/memory.ts";
import { Outsider, textAt } from "./outside.ts";

let plenum: Running;
let ana: Outsider;
let stranger: Outsider;
let appFolder: string;
const lines: string[] = [];

beforeAll(async () => {
  appFolder = await mkdtemp(join(tmpdir(), "plenum-app-"));
  await mkdir(join(appFolder, "assets"));
  await writeFile(
    join(appFolder, "index.html"),
    `<base href="/" /><script src="./assets/app-1a2b.js"></script>`,
  );
  await writeFile(join(appFolder, "assets/app-1a2b.js"), "go();");
  await writeFile(join(appFolder, "plenum.svg"), "<svg/>");
  const environment = {
    PORT: "0",
    PLENUM_PUBLIC_URL: "http://plenum.example/room",
    PLENUM_METRICS_TOKEN: "collector",
  };
  const read = readSettings(environment, () => "");
  if ("errors" in read) throw new Error(read.errors.join());
  plenum = await start({
    settings: read.settings,
    storage: openMemoryStorage(),
    relay: makeMemoryRelay(),
    log: pino({ level: "info" }, { write: (line) => void lines.push(line) }),
    appFolder,
  });
  stranger = new Outsider(plenum.address);
  ana = await stranger.named("Ana");
});

afterAll(async () => {
  await plenum.stop();
  await rm(appFolder, { recursive: true });
});

const refused = ({ status, json }: { status: number; json: unknown }) => [
  status,
  textAt(json, "error", "code"),
];

/** What the server answers to bytes on a bare connection, until it ends it. */
function sending(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(plenum.address);
    let heard = "";
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.on("data", (chunk) => (heard += String(chunk)));
    socket.on("close", () => resolve(heard));
    socket.on("error", reject);
  });
}

describe("wrong input gets its refusal", () => {
  const send = (body: string, type: string, path = "/api/surveys") =>
    ana.call(path, { method: "POST", body, headers: { "content-type": type } });

  test.each(["{", "{not json}", '{"a":1}}', '"', '{"__proto__":{}}', '{"constructor":{"prototype":{}}}'])(
    "as JSON: %s",
    async (body) => {
      expect(refused(await send(body, "application/json"))).toEqual([400, "bad-request"]);
    },
  );

  test("as a body that is no JSON, or none at all", async () => {
    expect(refused(await send("title=x", "application/x-www-form-urlencoded"))).toEqual([
      415,
      "unsupported-type",
    ]);
    expect(refused(await send("title", "text/plain"))).toEqual([415, "unsupported-type"]);
    expect(refused(await ana.call("/api/surveys", { method: "POST" }))).toEqual([400, "bad-request"]);
    expect(refused(await send("", "application/json"))).toEqual([400, "bad-request"]);
  });

  test("as an address", async () => {
    for (const path of ["/api/nothing", "/api", "/api/surveys/", "/nothing", "/%ff", "/api/surveys/%"]) {
      const said = await ana.get(path);
      expect([path, ...refused(said)]).toEqual([
        path,
        said.status,
        said.status === 404 ? "not-found" : "bad-request",
      ]);
      expect(said.status).toBeGreaterThanOrEqual(400);
    }
    expect(refused(await ana.call("/api/session", { method: "DELETE" }))).toEqual([404, "not-found"]);
  });

  test("as a query", async () => {
    const made = await ana.post("/api/surveys", { title: "x" });
    for (const after of ["x", "-1", "1.5"]) {
      const said = await ana.get(`/api/surveys/${textAt(made.json, "id")}/records?after=${after}`);
      expect(refused(said)).toEqual([400, "bad-request"]);
    }
  });

  test("more than a call may hold, before it is read and as it is read", async () => {
    const long = JSON.stringify({ title: "x".repeat(limits.askBytes) });
    expect(refused(await send(long, "application/json"))).toEqual([413, "too-large"]);
    const fits = JSON.stringify({ title: "x".repeat(limits.titleLength) });
    expect((await send(fits, "application/json")).status).toBe(201);
  });

  test("an upload of 200 MB: refused as soon as it is announced, and its sender reads why", async () => {
    const size = 200 * 1024 * 1024;
    const body = new Uint8Array(size);
    const said = await ana.call("/api/surveys/import", {
      method: "POST",
      body,
      headers: { "content-type": "application/zip" },
    });
    expect(refused(said)).toEqual([413, "too-large"]);
  });

  test("an upload without end is answered, read on for a while, and cut off", async () => {
    const { hostname, port } = new URL(plenum.address);
    const socket = connect(Number(port), hostname);
    socket.on("error", () => {}); // Being cut off while one writes is one.
    let heard = "";
    socket.on("data", (chunk) => (heard += String(chunk)));
    const chunk = `100000\r\n${"x".repeat(0x100000)}\r\n`;
    socket.write(
      `POST /api/surveys/import HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${ana.token}\r\n` +
        `Content-Type: application/zip\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    let sent = 0;
    const more = () => {
      while (socket.writable && sent < 2 * limits.discardedBytes) {
        sent += chunk.length;
        if (!socket.write(chunk)) return void socket.once("drain", more);
      }
    };
    more();
    await new Promise((resolve) => socket.once("close", resolve));
    expect(heard).toMatch(/^HTTP\/1\.1 413 .*"too-large"/s);
    expect(sent).toBeGreaterThan(limits.zipBytes);
    expect(sent).toBeLessThan(limits.discardedBytes + 2 * limits.zipBytes);
  });

  test("an upload from nobody is refused for that, whatever it is", async () => {
    const said = await stranger.call("/api/surveys/import", {
      method: "POST",
      body: new Uint8Array(1024 * 1024),
    });
    expect(refused(said)).toEqual([401, "no-session"]);
  });

  test("bytes that are no HTTP, and headers without end", async () => {
    expect(await sending("GARBAGE\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 .*"code":"bad-request"/s);
    const headers = `X-Filler: ${"x".repeat(20_000)}\r\n`;
    expect(await sending(`GET / HTTP/1.1\r\nHost: x\r\n${headers}\r\n`)).toMatch(
      /^HTTP\/1\.1 413 .*"too-large"/s,
    );
  });

  test("after all of which the server is well", async () => {
    expect((await stranger.get("/healthz")).json).toEqual({ status: "ok", version: expect.any(String) });
    expect((await stranger.get("/readyz")).status).toBe(200);
  });
});

describe("another site's page", () => {
  test.each(["https://evil.example", "null", "http://plenum.example.evil.example"])(
    "cannot make a browser change anything: %s",
    async (origin) => {
      const headers = { origin, "content-type": "application/json", cookie: `plenum_session=${ana.token}` };
      const post = { method: "POST", body: `{"title":"x","name":"x"}`, headers };
      expect(refused(await stranger.call("/api/surveys", post))).toEqual([403, "foreign-origin"]);
      expect(refused(await stranger.call("/api/session", post))).toEqual([403, "foreign-origin"]);
    },
  );

  test("our own can", async () => {
    for (const origin of ["http://plenum.example", plenum.address]) {
      const headers = { origin, "content-type": "application/json", cookie: `plenum_session=${ana.token}` };
      const said = await stranger.call("/api/surveys", { method: "POST", body: `{"title":"x"}`, headers });
      expect(said.status).toBe(201);
    }
  });
});

describe("the browser's program", () => {
  const html = { accept: "text/html" };

  test.each(["/", "/new", "/import", "/join/secret", "/s/abc", "/s/abc/def", "/room/s/abc", "/room"])(
    "is at %s, and knows under which path it stands",
    async (path) => {
      const said = await stranger.get(path, html);
      expect([said.status, said.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
      expect(said.text).toContain('<base href="/room/"');
      expect(said.headers.get("cache-control")).toBe("no-cache");
    },
  );

  test("forbids what it does not need", async () => {
    const { headers } = await stranger.get("/", html);
    const policy = headers.get("content-security-policy") ?? "";
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "frame-ancestors 'none'",
      "connect-src 'self'",
    ])
      expect(policy.split(";")).toContain(rule);
    expect(Object.fromEntries(headers)).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
    });
  });

  test("is kept for ever where its name says which version it is, and asked for again elsewhere", async () => {
    const script = await stranger.get("/assets/app-1a2b.js");
    expect([script.status, script.text]).toEqual([200, "go();"]);
    expect(script.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect((await stranger.get("/plenum.svg")).headers.get("cache-control")).toBe("no-cache");
    expect((await stranger.get("/assets/app-gone.js")).status).toBe(404);
    expect((await stranger.get("/assets/..%2f..%2fpackage.json")).status).toBe(404);
  });

  test("tells a browser itself that nothing is at an address, and a program in JSON", async () => {
    const page = await stranger.get("/nothing/at/all", html);
    expect([page.status, page.headers.get("content-type")]).toEqual([404, "text/html; charset=utf-8"]);
    expect(refused(await stranger.get("/nothing/at/all"))).toEqual([404, "not-found"]);
  });
});

describe("those who run it", () => {
  test("can measure it with their token, not from behind a proxy without it", async () => {
    const said = await stranger.get("/metrics", { authorization: "Bearer collector" });
    expect(said.text).toContain(
      'plenum_http_request_seconds_count{method="GET",route="/healthz",status="200"}',
    );
    expect(said.text).toContain("plenum_sockets 0");
    expect(refused(await stranger.get("/metrics"))).toEqual([403, "not-allowed"]);
  });

  test("find no secret, name or address of anybody in the log", async () => {
    const made = await ana.post("/api/surveys", { title: "Unspeakable" });
    const link = await ana.post(`/api/surveys/${textAt(made.json, "id")}/links`, { role: "reader" });
    const secret = textAt(link.json, "secret");
    expect(textAt(link.json, "url")).toBe(`http://plenum.example/room/join/${secret}`);
    await ana.get(`/api/links/${secret}`);
    const log = lines.join("");
    expect(log).toContain('"route":"/api/links/:secret"');
    for (const hidden of [secret, ana.token ?? "", "Unspeakable", "Ana", "127.0.0.1:5"])
      expect(log).not.toContain(hidden);
  });
});
