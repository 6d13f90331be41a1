import { Fragment, Slice, type Node } from "@tiptap/pm/model";
import { ReplaceStep } from "@tiptap/pm/transform";

/**
 * The one smallest replacement that makes `next` of `now`, or null where they are equal. Found by going down both
 * trees while exactly one child differs; whole children are replaced where more do, so the step always fits.
 */
export function difference(now: Node, next: Node, position = 0): ReplaceStep | null {
  if (now === next || now.eq(next)) return null;
  if (now.isTextblock) return textDifference(now, next, position);
  const most = Math.min(now.childCount, next.childCount);
  let start = 0;
  let from = position;
  while (start < most && now.child(start).eq(next.child(start))) from += now.child(start++).nodeSize;
  let end = 0;
  while (
    end < most - start &&
    now.child(now.childCount - 1 - end).eq(next.child(next.childCount - 1 - end))
  ) {
    end += 1;
  }
  const gone = now.childCount - start - end;
  const come = next.childCount - start - end;
  if (gone === 1 && come === 1) {
    const a = now.child(start);
    const b = next.child(start);
    if (a.sameMarkup(b) && !a.isLeaf) return difference(a, b, from + 1);
  }
  const children = Array.from({ length: come }, (_, n) => next.child(start + n));
  let to = from;
  for (let n = start; n < start + gone; n += 1) to += now.child(n).nodeSize;
  return new ReplaceStep(from, to, new Slice(Fragment.fromArray(children), 0, 0));
}

/** Within one block: from the first character that differs to the last. */
function textDifference(now: Node, next: Node, position: number): ReplaceStep {
  const start = now.content.findDiffStart(next.content) ?? 0;
  let { a, b } = now.content.findDiffEnd(next.content) ?? { a: now.content.size, b: next.content.size };
  // In repetitions ("aa" to "a") the end that is found can stand before the start.
  const overlap = start - Math.min(a, b);
  if (overlap > 0) {
    a += overlap;
    b += overlap;
  }
  return new ReplaceStep(position + start, position + a, new Slice(next.content.cut(start, b), 0, 0));
}
