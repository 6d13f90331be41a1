import { expect, test } from "vitest";
import { hashOf } from "../asset-hash.ts";
import type { Storage } from "../storage.ts";
import { rejected } from "./words.ts";

export function assetContract(store: () => Storage): void {
  const picture = Uint8Array.of(137, 80, 78, 71, 0, 255);

  test("an asset comes back byte for byte by its hash, also when it is empty", async () => {
    for (const bytes of [picture, new Uint8Array(), new Uint8Array(3_000_000).fill(7)]) {
      await store().assets.put(hashOf(bytes), bytes);
      expect(hashOf((await store().assets.get(hashOf(bytes))) ?? Uint8Array.of(0))).toBe(hashOf(bytes));
    }
  });

  test("there is nothing under a hash that was never put, nor under what is no hash", async () => {
    expect(await store().assets.get(hashOf(picture))).toBe(null);
    expect(await store().assets.get("../plenum.db")).toBe(null);
  });

  test("the hash is the SHA-256 of the bytes, in hexadecimal", async () => {
    const hash = "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81";
    await store().assets.put(hash, Uint8Array.of(1, 2, 3));
    expect(await store().assets.get(hash)).toEqual(Uint8Array.of(1, 2, 3));
    await rejected(store().assets.put(hash.toUpperCase(), Uint8Array.of(1, 2, 3)));
  });

  test("bytes that do not have the hash are rejected, and nothing is kept", async () => {
    await rejected(store().assets.put(hashOf(picture), Uint8Array.of(1)));
    await rejected(store().assets.put("../picture", picture));
    expect(await store().assets.get(hashOf(picture))).toBe(null);
  });

  test("the same bytes can be put again, and at once by many", async () => {
    await Promise.all(Array.from({ length: 8 }, () => store().assets.put(hashOf(picture), picture)));
    await store().assets.put(hashOf(picture), picture);
    expect(await store().assets.get(hashOf(picture))).toEqual(picture);
  });

  test("neither writer nor reader of an asset can change it", async () => {
    const given = picture.slice();
    const written = store().assets.put(hashOf(picture), given);
    given.fill(0);
    await written;
    (await store().assets.get(hashOf(picture)))?.fill(1);
    expect(await store().assets.get(hashOf(picture))).toEqual(picture);
  });
}
