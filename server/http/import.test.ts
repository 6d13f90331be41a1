import { unzipSync, zipSync } from "fflate";
import { expect, test } from "vitest";
import { limits } from "../../shared/base/limits.ts";
import { ana, plenum } from "./house.stage.ts";
import { Outsider, textAt, type Said } from "./outside.ts";

const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text));
const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
const svg = bytes(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`);

const site = {
  "site/mkdocs.yml": bytes(
    "site_name: Native code\nnav:\n  - index.md\n  - Key issues:\n      - issues/abi.md\n",
  ),
  "site/docs/index.md": bytes("# Home\n\nSee [the ABI](issues/abi.md).\n"),
  "site/docs/issues/abi.md": bytes("# ABI\n\nIt breaks.\n\n- once\n- twice\n"),
  "site/docs/assets/stack.png": png,
  "site/docs/assets/stack.svg": svg,
};

function zipped(files: Record<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(zipSync(files));
}

function send(body: Uint8Array<ArrayBuffer> | FormData | string, type?: string, query = ""): Promise<Said> {
  const headers: Record<string, string> = type === undefined ? {} : { "content-type": type };
  return ana.call(`/api/surveys/import${query}`, { method: "POST", body, headers });
}

async function surveyCount(): Promise<number> {
  const { json } = await ana.get("/api/surveys");
  return (json as { surveys: unknown[] }).surveys.length;
}

test("a zip of a MkDocs project becomes a survey: its tree in the order of the nav, its texts, its files", async () => {
  const made = await send(zipped(site), "application/zip");
  expect([made.status, made.json]).toMatchObject([
    201,
    {
      title: "Native code",
      role: "owner",
      pages: [
        { title: "Home", path: "index.md", kind: "page", parent: null },
        { title: "Key issues", path: "", kind: "group", parent: null },
        { title: "ABI", path: "issues/abi.md", kind: "page", parent: textAt(made.json, "pages", 1, "id") },
      ],
    },
  ]);
  const abi = await ana.get(`/api/pages/${textAt(made.json, "pages", 2, "id")}/export.md`);
  expect(abi.text).toBe("# ABI\n\nIt breaks.\n\n- once\n- twice\n");

  const survey = textAt(made.json, "id");
  const { json } = await ana.get(`/api/surveys/${survey}/records`);
  const assets = (json as { records: { type: string; path: string; asset: string }[] }).records.filter(
    ({ type }) => type === "asset.added",
  );
  expect(assets.map(({ path }) => path)).toEqual(["assets/stack.png", "assets/stack.svg"]);
  const [picture, drawing] = await Promise.all(
    assets.map(({ asset }) => ana.get(`/api/surveys/${survey}/assets/${asset}`)),
  );
  expect(picture?.headers.get("content-type")).toBe("image/png");
  expect(drawing?.headers.get("content-type")).toBe("application/octet-stream");
  expect(drawing?.headers.get("content-disposition")).toContain("attachment");
});

test("what came in as a zip goes out as one, with the same pages and files, the same bytes each time", async () => {
  const made = await send(zipped(site), "application/zip");
  const path = `${plenum.address}/api/surveys/${textAt(made.json, "id")}/export.zip`;
  const fetched = async () => {
    const answer = await fetch(path, { headers: { authorization: `Bearer ${ana.token}` } });
    expect(answer.headers.get("content-disposition")).toContain('filename="Native code.zip"');
    return new Uint8Array(await answer.arrayBuffer());
  };
  const first = await fetched();
  const files = unzipSync(first);
  expect(Object.keys(files).sort()).toEqual([
    "docs/assets/stack.png",
    "docs/assets/stack.svg",
    "docs/index.md",
    "docs/issues/abi.md",
    "mkdocs.yml",
  ]);
  expect(files["docs/issues/abi.md"]).toEqual(site["site/docs/issues/abi.md"]);
  expect(files["docs/assets/stack.png"]).toEqual(png);
  expect(await fetched()).toEqual(first);
});

test("Markdown files are pages, alone or together, and the survey can be named", async () => {
  const form = new FormData();
  form.append("files", new File(["# Two\n"], "two.md"));
  form.append("files", new File(["# One\n"], "one.md"));
  const both = await send(form, undefined, "?title=A%20few%20notes");
  expect([both.status, both.json]).toMatchObject([201, { title: "A few notes" }]);
  expect((both.json as { pages: { path: string }[] }).pages.map(({ path }) => path).sort()).toEqual([
    "one.md",
    "two.md",
  ]);
  const one = await send("# Alone\n", "text/markdown");
  expect([one.status, one.json]).toMatchObject([201, { title: "Alone", pages: [{ title: "Alone" }] }]);
});

test.each([
  ["no zip", bytes("This says zip on the outside only."), 400, "bad-zip"],
  ["half a zip", zipped(site).slice(0, 200), 400, "bad-zip"],
  ["nothing", new Uint8Array(), 400, "bad-request"],
  ["a zip without a page", zipped({ "readme.txt": bytes("x") }), 400, "no-pages"],
  ["a zip whose paths lead out of it", zipped({ "../../index.md": bytes("# x") }), 400, "bad-zip"],
  [
    "a page that is too long",
    zipped({ "index.md": new Uint8Array(limits.markdownBytes + 1) }),
    413,
    "too-large",
  ],
  [
    "settings that are no YAML",
    zipped({ "mkdocs.yml": bytes("nav: ["), "docs/index.md": bytes("x") }),
    400,
    "bad-request",
  ],
])("%s is refused, and leaves no survey behind", async (_, body, status, code) => {
  const before = await surveyCount();
  const said = await send(body, "application/zip");
  expect([said.status, textAt(said.json, "error", "code")]).toEqual([status, code]);
  expect(await surveyCount()).toBe(before);
});

test("a zip that unpacks to more than anyone has is refused while it is read, and others write on meanwhile", async () => {
  const bomb = zipped({ "index.md": bytes("# x"), "zeros.bin": new Uint8Array(limits.zipUnpackedBytes + 1) });
  expect(bomb.length).toBeLessThan(limits.zipBytes);
  const sent = send(bomb, "application/zip");
  const others = ana.get("/healthz").then(() => "others");
  expect(await Promise.race([others, sent])).toBe("others");
  const said = await sent;
  expect([said.status, textAt(said.json, "error", "code")]).toEqual([413, "too-large"]);
});

test("one person has only some imports under way at once; who hangs up has one less", async () => {
  const ben = await new Outsider(plenum.address).named("Ben");
  const hangUp = new AbortController();
  const endless = Array.from({ length: limits.heavyCallsAtOnce }, () =>
    fetch(`${plenum.address}/api/surveys/import`, {
      method: "POST",
      body: new ReadableStream({ start: (stream) => stream.enqueue(bytes("PK")) }),
      duplex: "half",
      signal: hangUp.signal,
      headers: { authorization: `Bearer ${ben.token}`, "content-type": "application/zip" },
    } as RequestInit).catch(() => "cut"),
  );
  const quick = async (who: Outsider) => {
    const headers = { "content-type": "application/zip" };
    const said = await who.call("/api/surveys/import", { method: "POST", body: bytes("no zip"), headers });
    return textAt(said.json, "error", "code");
  };
  await expect.poll(() => quick(ben)).toBe("too-fast");
  expect(await quick(ana)).toBe("bad-zip");
  hangUp.abort();
  expect(new Set(await Promise.all(endless))).toEqual(new Set(["cut"]));
  await expect.poll(() => quick(ben)).toBe("bad-zip");
});
