/** A place in a project's navigation: a page, or a heading with others under it. */
export type NavEntry = { path: string; title?: string } | { title: string; children: NavEntry[] };

/**
 * The navigation as the settings list it, in any of its shapes (`path`, `title: path`, `title: [more]`), and after
 * it the pages that it leaves out. Addresses outside of the project, files that are not there, and what stands
 * there for the second time are passed over.
 */
export function listedNav(nav: unknown, paths: readonly string[]): NavEntry[] {
  const left = new Set(paths);
  const listed = entriesOf(nav, left);
  return [...listed, ...Array.from(left, (path) => ({ path }))];
}

/** The navigation of a project that lists none: its folders, each with its index first, its pages, its folders. */
export function folderNav(paths: readonly string[]): NavEntry[] {
  const names = Map.groupBy(paths, (path) => path.slice(0, path.indexOf("/") + 1));
  const own = (names.get("") ?? []).toSorted((a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1));
  const folders = [...names.keys()].filter((name) => name !== "").sort();
  return [
    ...own.map((path) => ({ path })),
    ...folders.map((folder) => {
      const inside = (names.get(folder) ?? []).map((path) => path.slice(folder.length));
      return { title: wordsOf(folder.slice(0, -1)), children: prefixed(folderNav(inside), folder) };
    }),
  ];
}

function entriesOf(nav: unknown, left: Set<string>): NavEntry[] {
  if (typeof nav === "string") return pageOf(nav, undefined, left);
  if (Array.isArray(nav)) return nav.flatMap((each) => entriesOf(each, left));
  if (typeof nav !== "object" || nav === null) return [];
  return Object.entries(nav).flatMap(([title, value]): NavEntry[] => {
    if (typeof value === "string") return pageOf(value, title, left);
    const children = entriesOf(value, left);
    return children.length === 0 ? [] : [{ title, children }];
  });
}

function pageOf(entry: string, title: string | undefined, left: Set<string>): NavEntry[] {
  const path = entry.replace(/^(?:\.?\/)+/, "");
  if (!left.delete(path)) return [];
  return [title === undefined ? { path } : { path, title }];
}

function prefixed(entries: readonly NavEntry[], folder: string): NavEntry[] {
  return entries.map((entry) =>
    "children" in entry
      ? { ...entry, children: prefixed(entry.children, folder) }
      : { ...entry, path: folder + entry.path },
  );
}

function rankOf(name: string): number {
  return /^index\./i.test(name) ? 0 : /^readme\./i.test(name) ? 1 : 2;
}

function wordsOf(folder: string): string {
  const words = folder.replaceAll(/[-_]+/g, " ").trim() || folder;
  return words.charAt(0).toUpperCase() + words.slice(1);
}
