import { crc32 } from "node:zlib";
import { Inflate, zipSync } from "fflate";
import { limits } from "../../shared/base/limits.ts";
import { Refused } from "../../shared/protocol/refusals.ts";

/*
 * Zip archives, as people upload them: nothing about them is believed. The list at the archive's end says what is
 * in it; the bytes are counted as they unpack, whatever size the list claims.
 */

/**
 * The files of a zip archive, by path. Folders, `__MACOSX` and `.DS_Store` are passed over; a single folder around
 * everything is taken off. Refused (bad-zip, too-large): what is no zip, is encrypted or damaged, has links, too
 * many files, too much in them, or a path that leads out of the archive.
 */
export function openArchive(bytes: Uint8Array): Map<string, Uint8Array> {
  if (bytes.length > limits.zipBytes) throw new Refused("too-large", "the archive");
  const files = new Map<string, Uint8Array>();
  let left: number = limits.zipUnpackedBytes;
  for (const entry of entriesOf(bytes)) {
    if (isFolder(entry) || isLitter(entry.path)) continue;
    assertPlain(entry);
    if (files.has(entry.path)) throw new Refused("bad-zip", `${entry.path} is in it twice`);
    const content = unpack(bytes, entry, left);
    left -= content.length;
    files.set(entry.path, content);
  }
  return withoutTopFolder(files);
}

/** A zip archive of these files: the same files give the same bytes, whenever and wherever it is made. */
export function packArchive(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  // Zip has no time zones: this is the first moment it knows, on whatever clock.
  const mtime = new Date(1980, 0, 1);
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return zipSync(Object.fromEntries(sorted), { mtime, level: 6 });
}

type Entry = {
  path: string;
  flags: number;
  method: number;
  checksum: number;
  packedLength: number;
  /** Where the entry's own header begins. */
  start: number;
  /** The file's kind and permissions, where the archive was made on a Unix; else 0. */
  mode: number;
};

function entriesOf(bytes: Uint8Array): Entry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const end = endOfList(view);
    const count = view.getUint16(end + 10, true);
    if (count > limits.zipEntries) throw new Refused("too-large", `more than ${limits.zipEntries} files`);
    const entries: Entry[] = [];
    for (let at = view.getUint32(end + 16, true); entries.length < count;) {
      if (view.getUint32(at, true) !== 0x02014b50) throw new Refused("bad-zip");
      entries.push(entryAt(view, at));
      at +=
        46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
    return entries;
  } catch (error) {
    // The view throws where the archive points outside itself.
    throw error instanceof RangeError ? new Refused("bad-zip") : error;
  }
}

/** Where the record of the list's end begins: last in the file, but for a comment of up to 64 kB. */
function endOfList(view: DataView): number {
  const last = view.byteLength - 22;
  for (let at = last; at >= 0 && at >= last - 0xffff; at -= 1) {
    if (view.getUint32(at, true) === 0x06054b50) return at;
  }
  throw new Refused("bad-zip");
}

function entryAt(view: DataView, at: number): Entry {
  const madeOn = view.getUint8(at + 5);
  const nameLength = view.getUint16(at + 28, true);
  return {
    path: textOf(new Uint8Array(view.buffer, view.byteOffset + at + 46, nameLength)),
    flags: view.getUint16(at + 8, true),
    method: view.getUint16(at + 10, true),
    checksum: view.getUint32(at + 16, true),
    packedLength: view.getUint32(at + 20, true),
    start: view.getUint32(at + 42, true),
    mode: madeOn === 3 ? view.getUint16(at + 40, true) : 0,
  };
}

/** Names are UTF-8, in fact if not by flag; what is not has one character for each byte. */
function textOf(name: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(name);
  } catch {
    return Buffer.from(name).toString("latin1");
  }
}

function isFolder({ path, mode }: Entry): boolean {
  return path.endsWith("/") || (mode & kinds) === folder;
}

/** In a Unix mode: the bits of a file's kind, and two kinds. */
const kinds = 0o170000;
const folder = 0o040000;
const plainFile = 0o100000;

function isLitter(path: string): boolean {
  return /(?:^|\/)(?:__MACOSX\/|\.DS_Store$)/.test(path);
}

/** Refuses what is not a plain file inside the archive, in a way that everyone can read. */
function assertPlain({ path, flags, method, mode }: Entry): void {
  const parts = path.split("/");
  const isInside = parts.every((part) => part !== "" && part !== "." && part !== "..");
  // oxlint-disable-next-line no-control-regex -- a control character in a path is never meant
  if (!isInside || /[\\\u0000-\u001f]|^[A-Za-z]:/.test(path))
    throw new Refused("bad-zip", `the path ${JSON.stringify(path.slice(0, 200))} is not allowed`);
  if (path.length > limits.pathLength || parts.length > limits.pathDepth)
    throw new Refused("bad-zip", `the path ${path.slice(0, 200)}… is too long`);
  if ((mode & kinds) !== 0 && (mode & kinds) !== plainFile)
    throw new Refused("bad-zip", `${path} is a link, not a file`);
  if ((flags & 1) !== 0) throw new Refused("bad-zip", `${path} is encrypted`);
  if (method !== 0 && method !== 8) throw new Refused("bad-zip", `${path} is packed in an unknown way`);
}

function unpack(bytes: Uint8Array, entry: Entry, most: number): Uint8Array {
  const packed = packedBytes(bytes, entry);
  const content = entry.method === 0 ? atMost(packed, most) : inflate(packed, most);
  if (!content || crc32(content) !== entry.checksum) throw new Refused("bad-zip", `${entry.path} is damaged`);
  return content;
}

function packedBytes(bytes: Uint8Array, { start, packedLength, path }: Entry): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (start + 30 > bytes.length || view.getUint32(start, true) !== 0x04034b50)
    throw new Refused("bad-zip", `${path} is damaged`);
  const from = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
  if (from + packedLength > bytes.length) throw new Refused("bad-zip", `${path} is damaged`);
  return bytes.subarray(from, from + packedLength);
}

/** Packed bytes taken at a time: no more than a thousand times as many can come out before they are counted. */
const step = 16 * 1024;

function inflate(packed: Uint8Array, most: number): Uint8Array | null {
  const chunks: Uint8Array[] = [];
  let length = 0;
  let isWhole = false;
  const stream = new Inflate((chunk, isLast) => {
    length += chunk.length;
    if (length > most) throw tooLarge();
    chunks.push(chunk);
    isWhole = isLast;
  });
  try {
    for (let at = 0; at < Math.max(1, packed.length); at += step)
      stream.push(packed.subarray(at, at + step), at + step >= packed.length);
  } catch (error) {
    if (error instanceof Refused) throw error;
    return null;
  }
  return isWhole ? Buffer.concat(chunks, length) : null;
}

function atMost(content: Uint8Array, most: number): Uint8Array {
  if (content.length > most) throw tooLarge();
  return content;
}

function tooLarge(): Refused {
  return new Refused("too-large", `an archive unpacks to at most ${limits.zipUnpackedBytes} bytes`);
}

/** The files by their paths inside the one folder that holds them all, if there is one. */
function withoutTopFolder(files: Map<string, Uint8Array>): Map<string, Uint8Array> {
  const tops = new Set(Array.from(files.keys(), (path) => path.slice(0, path.indexOf("/") + 1)));
  const [top] = tops;
  if (tops.size !== 1 || !top) return files;
  return new Map(Array.from(files, ([path, content]) => [path.slice(top.length), content]));
}
