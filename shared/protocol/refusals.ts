/**
 * Every no that Plenum says. A refusal names what a person can do next; nothing else is ever sent in its place.
 *
 * `status` is the HTTP status; `close` the websocket's close code (4400–4499: y-websocket's provider does not
 * retry; 1012, 1013: it does). `next` is all that the browser acts on. `message` is what scripts read;
 * people read the browser's words for the code.
 */
type Next = "stop" | "sign-in" | "retry" | "resync" | "reload";

type RefusalRow = { status: number; close: number; next: Next; message: string };

export const refusals = {
  malformed: {
    status: 400,
    close: 4400,
    next: "stop",
    message: "This message could not be read. Check its form against docs/protocol.md.",
  },
  "bad-request": {
    status: 400,
    close: 4400,
    next: "stop",
    message: "The request could not be read. The details say which part.",
  },
  "bad-zip": {
    status: 400,
    close: 4400,
    next: "stop",
    message: "This file is not a zip archive that can be read. Zip the project's folder and try again.",
  },
  "no-pages": {
    status: 400,
    close: 4400,
    next: "stop",
    message: "There is no Markdown page in this upload. Choose .md files or a zip of a MkDocs project.",
  },
  "no-session": {
    status: 401,
    close: 4401,
    next: "sign-in",
    message: "Nobody is signed in here. Enter your name first (POST /api/session).",
  },
  "access-changed": {
    status: 401,
    close: 4401,
    next: "retry",
    message: "What you may do here has changed. Your browser connects again by itself.",
  },
  "not-allowed": {
    status: 403,
    close: 4403,
    next: "stop",
    message: "Your role does not allow this. Ask an owner of the survey for a link with another role.",
  },
  "foreign-origin": {
    status: 403,
    close: 4403,
    next: "stop",
    message: "This request came from another site. Open Plenum at its own address.",
  },
  "foreign-author": {
    status: 403,
    close: 4403,
    next: "stop",
    message:
      "This change is written under a Yjs client id that is another person's. Take a new one for each session.",
  },
  "not-found": {
    status: 404,
    close: 4404,
    next: "stop",
    message: "There is nothing at this address. It may have been removed, or the address is mistyped.",
  },
  conflict: {
    status: 409,
    close: 4409,
    next: "resync",
    message: "This was changed by somebody else meanwhile. Look at it again and repeat.",
  },
  "missing-updates": {
    status: 409,
    close: 4409,
    next: "resync",
    message: "This change builds on others that the server does not have. Reconnect to send them too.",
  },
  "ambiguous-quote": {
    status: 409,
    close: 4409,
    next: "stop",
    message: "This quote is on the page more than once. Add the words before or after it.",
  },
  "quote-not-found": {
    status: 404,
    close: 4404,
    next: "stop",
    message: "These words are not on the page. Quote them exactly as they stand now.",
  },
  "other-epoch": {
    status: 410,
    close: 4410,
    next: "stop",
    message:
      "This page was made what it was before. What you have of it is of the time since, and not merged into it.",
  },
  "too-large": {
    status: 413,
    close: 4413,
    next: "stop",
    message: "This is larger than Plenum accepts. The details name the limit.",
  },
  "unsupported-type": {
    status: 415,
    close: 4415,
    next: "stop",
    message: "This kind of file is not accepted here. Images are PNG, JPEG, WebP or GIF.",
  },
  "not-in-format": {
    status: 422,
    close: 4422,
    next: "stop",
    message: "This change has something that a page cannot hold. See docs/format.md.",
  },
  "old-version": {
    status: 426,
    close: 4426,
    next: "reload",
    message: "A newer version of Plenum is running. Reload the page.",
  },
  "too-fast": {
    status: 429,
    close: 4429,
    next: "retry",
    message: "Too many requests at once. Wait a moment and try again.",
  },
  "room-full": {
    status: 429,
    close: 4429,
    next: "retry",
    message: "This room is full. Try again in a while.",
  },
  internal: {
    status: 500,
    close: 1011,
    next: "retry",
    message: "Something went wrong on the server; nothing that was saved is lost. Try again.",
  },
  restarting: {
    status: 503,
    close: 1012,
    next: "retry",
    message: "The server is restarting. Your browser connects again by itself.",
  },
  "too-slow": {
    status: 503,
    close: 1013,
    next: "retry",
    message:
      "Your connection could not keep up with what is being written. Your browser connects again by itself.",
  },
  "cannot-save": {
    status: 503,
    close: 1013,
    next: "retry",
    message:
      "The server cannot write to its disk at the moment. Your text is kept on your device and sent again.",
  },
} as const satisfies Record<string, RefusalRow>;

export type RefusalCode = keyof typeof refusals;

/** A no: its code, and details for this case in words (which field, which limit), if there are any. */
export type Refusal = { code: RefusalCode; details?: string };

/** A refusal on its way up to the edge (HTTP or websocket) that turns it into an answer. */
export class Refused extends Error {
  readonly refusal: Refusal;

  constructor(code: RefusalCode, details?: string) {
    super(details ? `${refusals[code].message} (${details})` : refusals[code].message);
    this.name = "Refused";
    this.refusal = details === undefined ? { code } : { code, details };
  }
}
