import type { Node, ResolvedPos } from "@tiptap/pm/model";
import {
  AddMarkStep,
  AddNodeMarkStep,
  AttrStep,
  RemoveMarkStep,
  RemoveNodeMarkStep,
} from "@tiptap/pm/transform";
import type { Mappable, Step, StepMap } from "@tiptap/pm/transform";
import type { Transaction } from "@tiptap/pm/state";

/** A range of the old document that became a range of the new one; everything between two spans is unchanged. */
export type Span = { oldFrom: number; oldTo: number; newFrom: number; newTo: number };

/** What some transactions did: where content was replaced, and the one range outside which nothing differs. */
export type Change = {
  spans: readonly Span[];
  /** Before it, and behind it, the two documents are equal, token for token. */
  oldFrom: number;
  oldTo: number;
  newFrom: number;
  newTo: number;
};

/** The change that these transactions made of `before`; null where they changed nothing. */
export function changeOf(transactions: readonly Transaction[], before: Node, after: Node): Change | null {
  const steps = transactions.flatMap((each) => each.steps);
  const maps = steps.map((step) => step.getMap());
  const spans = maps.reduce(compose, [] as readonly Span[]);
  const ends = steps.flatMap((step, n) => reach(step, maps.slice(n + 1)));
  for (const span of spans) ends.push(span.newFrom, span.newTo);
  if (ends.length === 0) return null;
  const newFrom = Math.max(0, Math.min(...ends));
  const newTo = Math.min(after.content.size, Math.max(...ends));
  const shift = after.content.size - before.content.size;
  const reached = extend(before, after, newTo - shift, newTo);
  return { spans, oldFrom: newFrom, oldTo: reached - shift, newFrom, newTo: reached };
}

/** The range of a step whose map does not tell it: marks and attributes move nothing. */
function reach(step: Step, later: readonly StepMap[]): number[] {
  const map = (position: number, side: number) =>
    later.reduce((at: number, each: Mappable) => each.map(at, side), position);
  if (step instanceof AddMarkStep || step instanceof RemoveMarkStep)
    return [map(step.from, -1), map(step.to, 1)];
  if (step instanceof AttrStep || step instanceof AddNodeMarkStep || step instanceof RemoveNodeMarkStep)
    return [map(step.pos, -1), map(step.pos + 1, 1)];
  return [];
}

/** The spans of what was replaced before, and then by one more step. */
function compose(spans: readonly Span[], map: StepMap): readonly Span[] {
  const ranges: Span[] = [];
  map.forEach((oldFrom, oldTo, newFrom, newTo) => ranges.push({ oldFrom, oldTo, newFrom, newTo }));
  const clusters = cluster([
    ...spans.map((span) => ({ from: span.newFrom, to: span.newTo, before: lengthening(span), after: 0 })),
    ...ranges.map((range) => ({
      from: range.oldFrom,
      to: range.oldTo,
      before: 0,
      after: lengthening(range),
    })),
  ]);
  // How far what stands behind a cluster has moved, since the old document and by this step.
  let before = 0;
  let after = 0;
  return clusters.map((each) => {
    const oldFrom = each.from - before;
    const newFrom = each.from + after;
    before += each.before;
    after += each.after;
    return { oldFrom, oldTo: each.to - before, newFrom, newTo: each.to + after };
  });
}

const lengthening = (span: Span): number => span.newTo - span.newFrom - (span.oldTo - span.oldFrom);

/** A range in the coordinates between old spans and a new step, and by how much each of them lengthened it. */
type Cluster = { from: number; to: number; before: number; after: number };

/** Ranges that overlap or touch become one. */
function cluster(ranges: readonly Cluster[]): Cluster[] {
  const clusters: Cluster[] = [];
  for (const each of ranges.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    const last = clusters.at(-1);
    if (!last || each.from > last.to) clusters.push({ ...each });
    else {
      last.to = Math.max(last.to, each.to);
      last.before += each.before;
      last.after += each.after;
    }
  }
  return clusters;
}

/**
 * How far a change reaches behind its end: to the end of the outermost node around that end that is another than
 * before, for what follows in it stands somewhere else now.
 */
function extend(before: Node, after: Node, oldTo: number, newTo: number): number {
  const now = after.resolve(newTo);
  const then = before.resolve(oldTo);
  for (let depth = 1; depth <= now.depth; depth += 1) {
    if (!isSameAround(now, then, depth)) return now.after(depth);
  }
  return newTo;
}

function isSameAround(now: ResolvedPos, then: ResolvedPos, depth: number): boolean {
  const a = now.node(depth);
  return depth <= then.depth && (a.isTextblock || a.sameMarkup(then.node(depth)));
}

/** Where a token of the old document stands in the new one, or null where it was replaced. */
export function mapKept(spans: readonly Span[], position: number): number | null {
  let shift = 0;
  for (const span of spans) {
    if (position < span.oldFrom) break;
    if (position < span.oldTo) return null;
    shift = span.newTo - span.oldTo;
  }
  return position + shift;
}
