import { expect, test } from "vitest";
import { parseUpload } from "./upload.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

async function form(...files: readonly (readonly [name: string, text: string])[]) {
  const data = new FormData();
  for (const [name, text] of files) data.append("files", new File([text], name), name);
  data.append("note", "a field that is no file");
  const response = new Response(data);
  return [new Uint8Array(await response.arrayBuffer()), response.headers.get("content-type") ?? ""] as const;
}

test("bytes of any other kind are taken for an archive; whether they are one is seen when it is opened", async () => {
  for (const type of ["application/zip", "application/octet-stream", "application/x-www-form-urlencoded", ""])
    expect(await parseUpload(bytes("PK"), type)).toEqual({ zip: bytes("PK") });
});

test("one Markdown file as the body is the first page", async () => {
  const { files } = (await parseUpload(bytes("# Hi"), "text/markdown; charset=utf-8")) as {
    files: Map<string, Uint8Array>;
  };
  expect([...files]).toEqual([["index.md", bytes("# Hi")]]);
});

test("a form's files keep their names, folders among them", async () => {
  const upload = await parseUpload(...(await form(["index.md", "# One"], ["more/two.md", "# Zwei, größer"])));
  expect(upload).toEqual({
    files: new Map([
      ["index.md", bytes("# One")],
      ["more/two.md", bytes("# Zwei, größer")],
    ]),
  });
});

test("no name leads out of the folder", async () => {
  const upload = await parseUpload(...(await form(["../../etc/./x.md", "a"], ["C:\\\\docs\\\\y.md", "b"])));
  expect("files" in upload && [...upload.files.keys()]).toEqual(["etc/x.md", "C:/docs/y.md"]);
});

test("a form with one zip is that zip", async () => {
  expect(await parseUpload(...(await form(["Site.ZIP", "PK"])))).toEqual({ zip: bytes("PK") });
});

test("a form without a file, or that is none, is refused", async () => {
  await expect(parseUpload(...(await form()))).rejects.toMatchObject({ refusal: { code: "no-pages" } });
  for (const type of ["multipart/form-data", "multipart/form-data; boundary=x"])
    await expect(parseUpload(bytes("--y\r\n"), type)).rejects.toMatchObject({
      refusal: { code: "bad-request" },
    });
});
