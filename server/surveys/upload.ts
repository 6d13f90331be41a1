import { limits } from "../../shared/base/limits.ts";
import { Refused } from "../../shared/protocol/refusals.ts";

/** What somebody sends to be imported, as it came. */
export type Upload = { body: Uint8Array; mediaType: string };

/** What is in it: an archive, or files by name. */
export type Uploaded = { zip: Uint8Array } | { files: ReadonlyMap<string, Uint8Array> };

/**
 * Reads an upload's body: a form with files, one Markdown file as it is, or else an archive. A form with a single
 * zip is that zip. Whether it is an archive at all is for whoever opens it. To be called where nobody's typing waits.
 */
export async function parseUpload({ body, mediaType }: Upload): Promise<Uploaded> {
  if (mediaType.startsWith("multipart/form-data")) return fromForm(body, mediaType);
  if (mediaType.startsWith("text/")) return { files: new Map([["index.md", body]]) };
  return { zip: body };
}

async function fromForm(body: Uint8Array, mediaType: string): Promise<Uploaded> {
  assertFewParts(body, mediaType);
  const files = new Map<string, Uint8Array>();
  for (const [, value] of await formIn(body, mediaType)) {
    if (typeof value !== "string")
      files.set(plainName(value.name), new Uint8Array(await value.arrayBuffer()));
  }
  const [only, ...others] = files;
  if (!only) throw new Refused("no-pages");
  return others.length === 0 && /\.zip$/i.test(only[0]) ? { zip: only[1] } : { files };
}

/** A file's name as its sender has it, without what leads out of the folder. */
function plainName(name: string): string {
  const parts = name.split(/[\\/]+/).filter((part) => !/^\.*$/.test(part));
  return parts.join("/").slice(-limits.pathLength) || "page.md";
}

/** Each part costs far more than its bytes. A form that names no boundary has no parts, and is refused for that. */
function assertFewParts(body: Uint8Array, mediaType: string): void {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(mediaType) ?? [];
  const line = `--${quoted ?? plain ?? ""}`;
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  let parts = 0;
  for (let at = bytes.indexOf(line); at >= 0; at = bytes.indexOf(line, at + line.length)) {
    parts += 1;
    // The last of these lines ends the form.
    if (parts > limits.zipEntries + 1) throw new Refused("too-large", `more than ${limits.zipEntries} files`);
  }
}

async function formIn(body: Uint8Array, mediaType: string): Promise<FormData> {
  try {
    return await new Response(Buffer.from(body), { headers: { "content-type": mediaType } }).formData();
  } catch {
    throw new Refused("bad-request", "the form could not be read");
  }
}
