/**
 * The anchor of a heading in the exported site: as Python-Markdown's toc extension makes it (`slugify`), so that
 * links into pages that were written for MkDocs arrive. Two headings of one text get `_1`, `_2` … there.
 */
export function slugOf(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[^\p{ASCII}]/gu, "")
    .replace(/[^\w\s-]/g, "")
    .trim()
    .toLowerCase()
    .replace(/[-\s]+/g, "-");
}

/** The anchors of headings, in their order: each unique, as slugOf's format says. */
export function slugsOf(texts: readonly string[]): string[] {
  const taken = new Set<string>();
  return texts.map((text) => {
    const slug = slugOf(text);
    let unique = slug;
    for (let n = 1; taken.has(unique) || unique === ""; n += 1) unique = `${slug}_${n}`;
    taken.add(unique);
    return unique;
  });
}
