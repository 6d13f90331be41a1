/** How many colours there are for people: more could not be told apart by everyone. */
export const colors = 8;

/**
 * How a person is drawn who has this colour: a number, in the room's order of coming. From the ninth on colours
 * repeat, with a dashed ring.
 */
export function personLook(color: number): { ground: string; label: string; isDashed: boolean } {
  return {
    ground: `var(--person-${color % colors})`,
    label: `var(--person-label-${color % colors})`,
    isDashed: color >= colors,
  };
}

const characters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Two characters for a name: the first of its first and last word, or the first two of its only word. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/u).map(charactersOf);
  const [first = [], last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  const two = last ? [first[0], last[0]] : first.slice(0, 2);
  return two.join("").toLocaleUpperCase();
}

function charactersOf(word: string): string[] {
  return Array.from(characters.segment(word), ({ segment }) => segment);
}
