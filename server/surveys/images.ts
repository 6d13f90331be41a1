/**
 * The media type of an image that browsers may show in place, by its first bytes; null for all else. What a file
 * is called or was sent as counts for nothing. SVG is not among them: it can carry scripts.
 */
export function imageType(bytes: Uint8Array): ImageType | null {
  const found = signatures.find(({ parts }) =>
    parts.every(
      ([at, text]) => Buffer.from(bytes.subarray(at, at + text.length)).toString("latin1") === text,
    ),
  );
  return found?.type ?? null;
}

export type ImageType = "image/png" | "image/jpeg" | "image/webp" | "image/gif";

const signatures: readonly { type: ImageType; parts: readonly (readonly [at: number, text: string])[] }[] = [
  { type: "image/png", parts: [[0, "\x89PNG\r\n\x1a\n"]] },
  { type: "image/jpeg", parts: [[0, "\xff\xd8\xff"]] },
  { type: "image/gif", parts: [[0, "GIF87a"]] },
  { type: "image/gif", parts: [[0, "GIF89a"]] },
  {
    type: "image/webp",
    parts: [
      [0, "RIFF"],
      [8, "WEBP"],
    ],
  },
];

export const extensionOf: { readonly [type in ImageType]: string } = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/webp": "webp",
  "image/gif": "gif",
};
