import { createHash } from "node:crypto";
import type { Chance } from "../../shared/base/ids.ts";

/** What a guest is known by: 256 bits of chance, 43 letters. */
export function makeToken(chance: Chance): string {
  return encode(chance(new Uint8Array(32)));
}

/** What a share link opens with: 128 bits of chance, 22 letters. Made for itself alone, derivable from nothing. */
export function makeLinkSecret(chance: Chance): string {
  return encode(chance(new Uint8Array(16)));
}

/**
 * What is kept in a secret's place: SHA-256, in hexadecimal. A slow hash would add nothing, as no secret here is
 * chosen by a person.
 */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

function encode(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}
