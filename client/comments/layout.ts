/** A card that wants to stand at a top (its line's), and its height. */
export type Seat<Id extends string> = { readonly id: Id; readonly wanted: number; readonly height: number };

/**
 * The tops at which cards stand without touching, in the order given (by their wanted tops). The active card stands
 * true to its line; those above it make room upwards, those below it downwards, and each is as near to its line as
 * that allows. None stands above `from`: where those above the active card do not fit, it moves down for them.
 */
export function pushApart<Id extends string>(
  seats: readonly Seat<Id>[],
  active: Id | null,
  { gap, from }: { gap: number; from: number },
): Map<Id, number> {
  const at = Math.max(
    0,
    seats.findIndex((seat) => seat.id === active),
  );
  const above = seats.slice(0, at);
  const room = above.reduce((sum, seat) => sum + seat.height + gap, from);
  const line = Math.max(seats[at]?.wanted ?? from, room);
  return new Map([...upwards(above, line, gap, from), ...downwards(seats.slice(at), line, gap)]);
}

/** A card, and the top of its line, or null where its words are gone. */
export type Card<Id extends string> = { readonly id: Id; readonly top: number | null };

/**
 * The tops of all cards, and where the last one ends: each beside its line as `pushApart` has it, and those whose
 * words are gone after all others. A card whose height is not known yet counts as flat.
 */
export function seatCards<Id extends string>(
  cards: readonly Card<Id>[],
  heights: ReadonlyMap<string, number>,
  active: Id | null,
  { gap, from }: { gap: number; from: number },
): { tops: ReadonlyMap<Id, number>; end: number } {
  const height = (id: Id) => heights.get(id) ?? 0;
  const endOf = (tops: ReadonlyMap<Id, number>) =>
    Math.max(from, ...[...tops].map(([id, top]) => top + height(id) + gap));
  const seats = (placed: readonly Card<Id>[]) =>
    placed.map(({ id, top }) => ({ id, wanted: top ?? from, height: height(id) }));
  const beside = cards.filter(({ top }) => top !== null).sort((a, b) => (a.top ?? 0) - (b.top ?? 0));
  const gone = cards.filter(({ top }) => top === null);
  const lines = pushApart(seats(beside), active, { gap, from });
  const tops = new Map([...lines, ...pushApart(seats(gone), null, { gap, from: endOf(lines) })]);
  return { tops, end: endOf(tops) };
}

/** Tops for cards that must end above `line`. They fit: the line was chosen so. */
function upwards<Id extends string>(
  seats: readonly Seat<Id>[],
  line: number,
  gap: number,
  from: number,
): [Id, number][] {
  const tops: [Id, number][] = [];
  let bottom = line - gap;
  let rest = seats.reduce((sum, seat) => sum + seat.height + gap, 0);
  for (const seat of seats.toReversed()) {
    rest -= seat.height + gap;
    const top = Math.max(Math.min(seat.wanted, bottom - seat.height), from + rest);
    tops.unshift([seat.id, top]);
    bottom = top - gap;
  }
  return tops;
}

function downwards<Id extends string>(seats: readonly Seat<Id>[], line: number, gap: number): [Id, number][] {
  let next = line;
  return seats.map((seat) => {
    const top = Math.max(seat.wanted, next);
    next = top + seat.height + gap;
    return [seat.id, top];
  });
}
