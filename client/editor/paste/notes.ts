/*
 * Footnotes, as word processors and sites write them: a short link in the text leads to the note, and a link in the
 * note leads back. No other sign of them is common to all.
 */

export type Notes = {
  /** What stands in the text for a note, with the note's number among all. */
  readonly references: ReadonlyMap<Element, number>;
  /** What holds a note's text, with its number and the label that its references have. */
  readonly bodies: ReadonlyMap<Element, { number: number; label: string }>;
  /** The links back, and the numbers in front: what the page makes itself. */
  readonly signs: ReadonlySet<Element>;
};

/** Finds the footnotes of pasted HTML; changes nothing. */
export function findNotes(root: HTMLElement): Notes {
  const links = [...root.querySelectorAll<HTMLAnchorElement>("a[href^='#']")];
  const named = namesIn(root);
  const references = new Map<Element, number>();
  const bodies = new Map<Element, { number: number; label: string }>();
  const signs = new Set<Element>();
  const numbers = new Map<Element, number>();
  for (const link of links) {
    const label = labelOf(link);
    const target = label === null || signs.has(link) ? undefined : named.get(targetOf(link));
    if (!target || label === null || !follows(target, link)) continue;
    const body = bodyOf(target, link);
    if (!body) continue;
    const back = links.filter((each) => isIn(each, body) && leadsTo(named.get(targetOf(each)), link));
    const number = numbers.get(body) ?? (back.length > 0 ? numbers.size : null);
    if (number === null) continue;
    if (!numbers.has(body)) bodies.set(body, { number, label });
    numbers.set(body, number);
    references.set(outermost(link), number);
    for (const each of back) signs.add(outermost(each));
  }
  return { references, bodies, signs };
}

/** A reference's number or sign, out of its brackets; null for the words of an ordinary link. */
function labelOf(link: Element): string | null {
  const text = (link.textContent ?? "").trim().replaceAll(/^[[(]|[\])]$/g, "");
  return /^(?:[\p{L}\d]{1,4}|[*†‡§¶]{1,3})$/u.test(text) ? text : null;
}

function namesIn(root: HTMLElement): Map<string, Element> {
  const named = new Map<string, Element>();
  for (const element of root.querySelectorAll("[id], a[name]"))
    for (const name of [element.getAttribute("name"), element.id])
      if (name && !named.has(name)) named.set(name, element);
  return named;
}

function targetOf(link: Element): string {
  const name = link.getAttribute("href")?.slice(1) ?? "";
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

const follows = (later: Element, earlier: Element): boolean =>
  (earlier.compareDocumentPosition(later) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;

const blocks = "li, p, div, aside, dd, td";

/** Whether a link stands in a note: within what its name is at, or in the same block. */
function isIn(link: Element, target: Element): boolean {
  return target.contains(link) || target.closest(blocks)?.contains(link) === true;
}

/** Whether a link back leads to this reference: to itself, or to what is around it. */
function leadsTo(place: Element | undefined, link: Element): boolean {
  return (
    place !== undefined &&
    (place.contains(link) || link.contains(place) || place.closest("sup")?.contains(link) === true)
  );
}

/** What holds a note: the block that is named, or that its link back stands in, and all that is the note's alone. */
function bodyOf(target: Element, link: Element): Element | null {
  const isNotes = (each: Element | null | undefined) =>
    each?.localName === "li" || /(?:fn|note|ftn)[-_:]?\w*\d/i.test(each?.id ?? "");
  let body = target.closest(blocks);
  while (isNotes(body?.parentElement) && !body?.parentElement?.contains(link)) body = body!.parentElement;
  return body && !body.contains(link) ? body : null;
}

/** The link with the superscript around it. */
function outermost(link: Element): Element {
  const sup = link.closest("sup");
  return sup && sup.textContent?.trim() === link.textContent?.trim() ? sup : link;
}
