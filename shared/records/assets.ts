import { z } from "zod/mini";
import { assetId } from "../base/ids.ts";
import { limits } from "../base/limits.ts";
import { kind } from "./record.ts";

/** A file (an image, mostly) belongs to the survey; its bytes are in the store under their hash. */
export const assetAdded = kind({
  type: "asset.added",
  said: z.object({
    asset: assetId,
    /** Where it stands in the exported site's docs folder: `assets/images/stack.png`. */
    path: z.string().check(z.minLength(1), z.maxLength(limits.pathLength)),
    /** SHA-256 of the bytes, in hexadecimal. */
    hash: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
    mediaType: z.string().check(z.maxLength(100)),
    bytes: z.number(),
  }),
  action: "server",
  apply: (state, said) => {
    const { asset, path, hash, mediaType, bytes } = said;
    state.assets.set(asset, { id: asset, path, hash, mediaType, bytes });
  },
});
