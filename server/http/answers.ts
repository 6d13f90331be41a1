import { STATUS_CODES } from "node:http";
import { z } from "zod/mini";
import { refusals, Refused, type Refusal } from "../../shared/protocol/refusals.ts";

/** What a route answers: JSON, or bytes of another kind. */
export type Answer = {
  status: number;
  headers?: Readonly<Record<string, string>>;
  body: { json: unknown } | { bytes: Uint8Array | string };
};

export function json(status: number, value: unknown, headers: Answer["headers"] = {}): Answer {
  return { status, headers, body: { json: value } };
}

/** A file to be kept, under this name in whatever script it is. */
export function download(name: string, mediaType: string, bytes: Uint8Array | string): Answer {
  const plain = name.replace(/[^A-Za-z0-9._ -]/g, "_");
  return {
    status: 200,
    headers: {
      "content-type": mediaType,
      "content-disposition": `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name.toWellFormed())}`,
    },
    body: { bytes },
  };
}

/** The one form of every no. */
export function refusalBody({ code, details }: Refusal): { error: object } {
  const { message } = refusals[code];
  return { error: details === undefined ? { code, message } : { code, message, details } };
}

/** The same as bytes of HTTP, for a connection that has no reply to answer with. It ends the connection. */
export function refusalText(refusal: Refusal): string {
  const { status } = refusals[refusal.code];
  const text = JSON.stringify(refusalBody(refusal));
  return (
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\n` +
    `Content-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`
  );
}

/**
 * Any error as the refusal that the caller reads. Errors with a 4xx status are Fastify's own, about the request
 * as such; one that is none of these is a bug or a fault underneath, and tells the caller nothing of itself.
 */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refused) return error.refusal;
  if (error instanceof z.core.$ZodError) return { code: "bad-request", details: z.prettifyError(error) };
  const status = statusOf(error);
  if (status === null) return { code: "internal" };
  const details = error instanceof Error ? error.message : "";
  if (status === 404) return { code: "not-found" };
  if (status === 413) return { code: "too-large", details };
  if (status === 415) return { code: "unsupported-type", details };
  return { code: "bad-request", details };
}

/** Whether the fault is ours, and so for our log. */
export function isFault(error: unknown): boolean {
  return refusals[refusalOf(error).code].status >= 500;
}

function statusOf(error: unknown): number | null {
  if (!(error instanceof Error) || !("statusCode" in error)) return null;
  const { statusCode } = error;
  return typeof statusCode === "number" && statusCode >= 400 && statusCode < 500 ? statusCode : null;
}
