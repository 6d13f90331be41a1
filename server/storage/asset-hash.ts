import { createHash } from "node:crypto";
import { assert } from "../../shared/base/assert.ts";

/** What an asset is kept under: the SHA-256 of its bytes, in hexadecimal. */
export function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Throws unless the hash is that of the bytes: what is kept under a hash is what the hash says, always. */
export function assertHash(hash: string, bytes: Uint8Array): void {
  assert(hash === hashOf(bytes), "an asset is kept under the SHA-256 of its bytes");
}

/** Whether this can be an asset's hash. Nothing else ever becomes the name of a file. */
export function isHash(hash: string): boolean {
  return /^[0-9a-f]{64}$/.test(hash);
}
