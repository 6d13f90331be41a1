/** Every address in Plenum, as wouter reads it … */
export const patterns = {
  home: "/",
  create: "/new",
  upload: "/import",
  join: "/join/:secret",
  survey: "/s/:survey",
  page: "/s/:survey/:page",
} as const;

/** … and as a link to it is written. */
export const to = {
  home: "/",
  create: "/new",
  upload: "/import",
  survey: (survey: string) => `/s/${encodeURIComponent(survey)}`,
  page: (survey: string, page: string, anchor = "") =>
    `/s/${encodeURIComponent(survey)}/${encodeURIComponent(page)}${anchor && `#${encodeURIComponent(anchor)}`}`,
};

/**
 * The path that Plenum stands under, without a slash at its end: empty at the root of a host. It comes from the
 * document's `<base>`, which is the one place where the server writes it.
 */
export function basePath(baseUri: string): string {
  return new URL(baseUri).pathname.replace(/\/[^/]*$/, "");
}

type Placed = { id: string; kind: "page" | "group" };

/** The page that a survey opens on: its first, in the tree's order. Null where it has none. */
export function firstPage<T extends Placed>(pages: readonly T[]): T | null {
  return pages.find((page) => page.kind === "page") ?? null;
}
