import { expect, test } from "vitest";
import { limits } from "../../shared/base/limits.ts";
import { parseUpload } from "./upload.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

async function form(...files: readonly (readonly [name: string, text: string])[]) {
  const data = new FormData();
  for (const [name, text] of files) data.append("files", new File([text], name), name);
  data.append("note", "a field that is no file");
  const response = new Response(data);
  const body = new Uint8Array(await response.arrayBuffer());
  return { body, mediaType: response.headers.get("content-type") ?? "" };
}

test("bytes of any other kind are taken for an archive; whether they are one is seen when it is opened", async () => {
  for (const type of ["application/zip", "application/octet-stream", "application/x-www-form-urlencoded", ""])
    expect(await parseUpload({ body: bytes("PK"), mediaType: type })).toEqual({ zip: bytes("PK") });
});

test("one Markdown file as the body is the first page", async () => {
  const { files } = (await parseUpload({
    body: bytes("# Hi"),
    mediaType: "text/markdown; charset=utf-8",
  })) as {
    files: Map<string, Uint8Array>;
  };
  expect([...files]).toEqual([["index.md", bytes("# Hi")]]);
});

test("a form's files keep their names, folders among them", async () => {
  const upload = await parseUpload(await form(["index.md", "# One"], ["more/two.md", "# Zwei, größer"]));
  expect(upload).toEqual({
    files: new Map([
      ["index.md", bytes("# One")],
      ["more/two.md", bytes("# Zwei, größer")],
    ]),
  });
});

test("no name leads out of the folder", async () => {
  const upload = await parseUpload(await form(["../../etc/./x.md", "a"], ["C:\\\\docs\\\\y.md", "b"]));
  expect("files" in upload && [...upload.files.keys()]).toEqual(["etc/x.md", "C:/docs/y.md"]);
});

test("a form with one zip is that zip", async () => {
  expect(await parseUpload(await form(["Site.ZIP", "PK"]))).toEqual({ zip: bytes("PK") });
});

test("a form without a file, or that is none, is refused", async () => {
  await expect(parseUpload(await form())).rejects.toMatchObject({ refusal: { code: "no-pages" } });
  for (const type of ["multipart/form-data", "multipart/form-data; boundary=x"])
    await expect(parseUpload({ body: bytes("--y\r\n"), mediaType: type })).rejects.toMatchObject({
      refusal: { code: "bad-request" },
    });
});

test.each(["boundary=cut", 'charset=utf-8; Boundary="cut"'])(
  "a form of more files than a survey may have is refused before it is read (%s)",
  async (boundary) => {
    const part = '--cut\r\nContent-Disposition: form-data; name="f"; filename="a.md"\r\n\r\n\r\n';
    const body = (parts: number) => bytes(`${part.repeat(parts)}--cut--\r\n`);
    const mediaType = `multipart/form-data; ${boundary}`;
    await expect(parseUpload({ body: body(limits.zipEntries + 1), mediaType })).rejects.toMatchObject({
      refusal: { code: "too-large" },
    });
    expect(await parseUpload({ body: body(3), mediaType })).toEqual({
      files: new Map([["a.md", bytes("")]]),
    });
  },
);
