/**
 * The anchor of a heading in the exported site: as Python-Markdown's toc extension makes it (`slugify`), so that
 * links into pages that were written for MkDocs arrive.
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

/** The anchors of headings, in their order: each unique, by a number at its end that counts up (`unique`). */
export function slugsOf(texts: readonly string[]): string[] {
  const taken = new Set<string>();
  return texts.map((text) => {
    let unique = slugOf(text);
    while (unique === "" || taken.has(unique)) unique = countedUp(unique);
    taken.add(unique);
    return unique;
  });
}

function countedUp(slug: string): string {
  const [, stem, count] = /^(.*)_(\d+)$/.exec(slug) ?? [];
  return count === undefined ? `${slug}_1` : `${stem}_${Number(count) + 1}`;
}
