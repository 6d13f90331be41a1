/** A heading of the page's text, as the editor tells of it. */
export type Heading = { readonly id: string; readonly level: number; readonly text: string };

/** A section: a second-level heading and all up to the next; numbered from 1. */
export type Section = { readonly id: string; readonly number: number; readonly title: string };

/** The sections of a page in the order of its text. Headings that are still empty have their number, too. */
export function sectionsOf(outline: readonly Heading[]): Section[] {
  return outline
    .filter((heading) => heading.level === 2)
    .map(({ id, text }, index) => ({ id, number: index + 1, title: text.trim() }));
}

/**
 * Which section is being read, given how far each one's heading is below the top of what can be seen: the last
 * that has passed the reading line, or none above the first.
 */
export function sectionAt(tops: readonly number[], readingLine: number): number | null {
  const index = tops.findLastIndex((top) => top <= readingLine);
  return index < 0 ? null : index;
}
