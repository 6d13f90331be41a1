/** A character, or an atom, which has none. */
type Token = { char: string | null };

/**
 * How many tokens of two stretches are the same at their start, and how many more at their end. Only whole words are:
 * of "third" that was replaced by "would" the last letter is no more the same than the first, and what others type
 * before "third" is not to stand within "would".
 */
export function sameEnds<T extends Token>(
  then: readonly T[],
  now: readonly T[],
  isSame: (a: T, b: T) => boolean,
): { start: number; end: number } {
  const most = Math.min(then.length, now.length);
  let start = 0;
  while (start < most && isSame(then[start]!, now[start]!)) start += 1;
  while (start > 0 && start < Math.max(then.length, now.length) && isTorn(then, now, start, start))
    start -= 1;
  let end = 0;
  while (end < most - start && isSame(then.at(-1 - end)!, now.at(-1 - end)!)) end += 1;
  while (end > 0 && isTorn(then, now, then.length - end, now.length - end)) end -= 1;
  return { start, end };
}

/** Whether a cut before these two tokens goes through a word, of the old text or the new. */
function isTorn(then: readonly Token[], now: readonly Token[], n: number, m: number): boolean {
  const before = isLetter(then[n - 1]) || isLetter(now[m - 1]);
  return before && (isLetter(then[n]) || isLetter(now[m]));
}

const isLetter = (token: Token | undefined): boolean =>
  token?.char !== undefined && token.char !== null && /[\p{L}\p{N}_]/u.test(token.char);
