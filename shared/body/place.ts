/** A W3C text quote: the exact words, and up to 32 characters of the page's text on each side. */
export type Quote = { exact: string; prefix: string; suffix: string };

/** A place in a page's body: two Yjs relative positions, encoded and in base64 (anchors.ts). */
export type Place = { start: string; end: string };
