/*
 * Where a table's lines stand: each has a key of small letters and digits, and they are in the order of their keys,
 * as strings; lines with one key, in that of their ids. To move a line is to give it another key, so whoever writes
 * in it meanwhile writes on.
 */

const digits = "0123456789abcdefghijklmnopqrstuvwxyz";
const isKey = /^[0-9a-z]+$/;

/** As many keys, in order, between two keys (null: none on that side); null where they do not fit. */
export function keysBetween(low: string | null, high: string | null, count: number): string[] | null {
  if (count === 0) return [];
  if (![low, high].every((key) => key === null || isKey.test(key))) return null;
  if (high === null) return keysBehind(low ?? "000000", count);
  const middle = keyBetween(low ?? "", high);
  if (middle === null) return null;
  const before = Math.floor((count - 1) / 2);
  const first = keysBetween(low, middle, before);
  const second = keysBetween(middle, high, count - 1 - before);
  return first && second && [...first, middle, ...second];
}

/** Rows are mostly put behind the last: counting up keeps their keys short. */
function keysBehind(low: string, count: number): string[] {
  const keys: string[] = [];
  for (let key = low; keys.length < count; keys.push(key)) key = next(key);
  return keys;
}

function next(key: string): string {
  const rest = key.replace(/z*$/, "");
  if (rest === "") return `${key}1`;
  const last = digits[digits.indexOf(rest.at(-1)!) + 1]!;
  return rest.slice(0, -1) + last + "0".repeat(key.length - rest.length);
}

function keyBetween(low: string, high: string): string | null {
  if (low >= high) return null;
  let key = "";
  let isBelow = false;
  for (let n = 0; isBelow || n < high.length; n += 1) {
    const from = n < low.length ? digits.indexOf(low[n]!) : 0;
    const to = isBelow ? digits.length : digits.indexOf(high[n]!);
    if (to - from > 1) return key + digits[(from + to) >> 1]!;
    key += digits[from]!;
    if (to - from === 1) isBelow = true;
  }
  return null; // What is above the one is the other with zeros behind it: nothing stands between.
}

/**
 * The keys to set so that lines stand in this order; null where some do not fit between others. `stand` has the keys
 * of the lines that are there, in their order now. Sets as few as can be: who does not move keeps their key.
 */
export function keysToSet(
  order: readonly string[],
  stand: ReadonlyMap<string, string>,
): Map<string, string> | null {
  const ranks = new Map([...stand.keys()].map((id, n) => [id, n]));
  const stay = staying(order.map((id) => ranks.get(id) ?? null));
  const keys = new Map<string, string>();
  let from = 0;
  for (const to of [...stay, order.length]) {
    const [low, high] = [stand.get(order[from - 1] ?? "") ?? null, stand.get(order[to] ?? "") ?? null];
    const run = keysBetween(low, high, to - from);
    if (!run) return null;
    run.forEach((key, n) => keys.set(order[from + n]!, key));
    from = to + 1;
  }
  return keys;
}

/** The places of the longest sequence of ranks that rises: by patience, so that thousands of rows can be moved. */
function staying(ranks: readonly (number | null)[]): number[] {
  const piles: number[] = [];
  const before: (number | null)[] = [];
  ranks.forEach((rank, n) => {
    before.push(null);
    if (rank === null) return;
    let low = 0;
    let high = piles.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ranks[piles[middle]!]! < rank) low = middle + 1;
      else high = middle;
    }
    before[n] = piles[low - 1] ?? null;
    piles[low] = n;
  });
  const stay: number[] = [];
  for (let n = piles.at(-1) ?? null; n !== null; n = before[n]!) stay.unshift(n);
  return stay;
}
