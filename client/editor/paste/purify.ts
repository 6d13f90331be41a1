import createPurifier, { type Config } from "dompurify";

/*
 * What other programs put on the clipboard is cleaned before anything reads it: nothing that could run, no styles
 * of a whole page, no addresses but those that a body may hold. The words of what goes stay.
 */

/** Of `data:` there are pictures alone: they can be given to the survey. */
const addresses = /^(?:(?:https?|mailto|page|asset):|data:image\/|[^a-z]|[a-z+.-]+(?:[^a-z+.\-:]|$))/i;

const config: Config = {
  USE_PROFILES: { html: true },
  ALLOWED_URI_REGEXP: addresses,
  // Names of elements are how references find their footnotes; nothing of this ever becomes part of the page.
  SANITIZE_DOM: false,
};

/** Pasted HTML without anything that could run or be fetched. */
export function purify(html: string): string {
  return createPurifier.sanitize(html, config);
}
