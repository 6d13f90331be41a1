import { makeId, type AssetId, type SurveyId } from "../../shared/base/ids.ts";
import { limits } from "../../shared/base/limits.ts";
import type { AssetSummary } from "../../shared/protocol/http.ts";
import { Refused } from "../../shared/protocol/refusals.ts";
import type { Asset } from "../../shared/records/state.ts";
import { hashOf } from "../storage/asset-hash.ts";
import type { Person } from "../storage/storage.ts";
import { extensionOf, imageType } from "./images.ts";
import type { Tools } from "./tools.ts";

/** An image now belongs to the survey; adding the same bytes again answers the one that is there. */
export async function addImage(
  { records, assets, chance }: Tools,
  survey: SurveyId,
  by: Person,
  bytes: Uint8Array,
): Promise<AssetSummary> {
  const mediaType = imageType(bytes);
  if (!mediaType) throw new Refused("unsupported-type");
  if (bytes.length > limits.assetBytes)
    throw new Refused("too-large", `an image has at most ${limits.assetBytes} bytes`);
  const hash = hashOf(bytes);
  const asset = makeId<AssetId>(chance);
  const path = `assets/images/${hash.slice(0, 16)}.${extensionOf[mediaType]}`;
  await assets.put(hash, bytes);
  const isSame = (each: Asset) => each.hash === hash;
  await records.say(survey, by.id, (state) => {
    const known = [...state.assets.values()];
    if (known.some(isSame)) return [];
    // What a survey holds must fit into an archive that can be imported again.
    const size = known.reduce((sum, each) => sum + each.bytes, bytes.length);
    if (size > limits.zipUnpackedBytes)
      throw new Refused("too-large", `a survey's files have at most ${limits.zipUnpackedBytes} bytes`);
    return [{ type: "asset.added", asset, path, hash, mediaType, bytes: bytes.length }];
  });
  const known = [...(await records.state(survey)).assets.values()].find(isSame);
  if (!known) throw new Refused("conflict", "asset");
  return { id: known.id, path: known.path, mediaType: known.mediaType, bytes: known.bytes };
}

/** A file of the survey and its bytes. */
export async function loadAsset(
  { records, assets }: Tools,
  survey: SurveyId,
  id: AssetId,
): Promise<{ asset: Asset; bytes: Uint8Array }> {
  const asset = (await records.state(survey)).assets.get(id);
  const bytes = asset ? await assets.get(asset.hash) : null;
  if (!asset || !bytes) throw new Refused("not-found", "asset");
  return { asset, bytes };
}
