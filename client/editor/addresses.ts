/*
 * Where the addresses of a body lead in this browser: `page:` and `asset:` name things of the survey by id.
 */

/** What of the survey's own addresses the room knows. */
export type Places = {
  /** The address of a page of the survey, perhaps of a heading in it; and how to go there. */
  resolvePage: (page: string, anchor: string) => string;
  goToPage: (page: string, anchor: string) => void;
  /** The address at which a file of the survey is to be had. */
  resolveAsset: (asset: string) => string;
};

export function linkAddress(address: string, { resolvePage, resolveAsset }: Places): string {
  const page = pageIn(address);
  const asset = assetIn(address);
  if (page) return resolvePage(page.id, page.anchor);
  return asset === null ? address : resolveAsset(asset);
}

/** A picture of the survey is shown; one from elsewhere would tell its server who reads here, so it is not. */
export function pictureAddress(source: string, { resolveAsset }: Places): string | null {
  const asset = assetIn(source);
  return asset === null ? null : resolveAsset(asset);
}

/** Follows a link within the survey; false where it leads elsewhere. `here` is the page that is open. */
export function follow(address: string, here: string, go: (anchor: string) => void, places: Places): boolean {
  const page = pageIn(address);
  if (page && page.id !== here) places.goToPage(page.id, page.anchor);
  else if (page) go(page.anchor);
  else if (address.startsWith("#")) go(address.slice(1));
  else return false;
  return true;
}

function pageIn(address: string): { id: string; anchor: string } | null {
  const [, id, anchor = ""] = /^page:([\w-]+)(?:#(.*))?$/.exec(address) ?? [];
  return id === undefined ? null : { id, anchor };
}

const assetIn = (address: string): string | null => /^asset:([\w-]+)/.exec(address)?.[1] ?? null;
