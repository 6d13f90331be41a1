/** An invariant that does not hold: which one, and what was found instead. */
export class Broken extends Error {
  readonly rule: string;

  constructor(rule: string, what: string) {
    super(`${rule}: ${what}`);
    this.name = "Broken";
    this.rule = rule;
  }
}

/** Throws unless it holds. */
export function holds(condition: boolean, rule: string, what: () => string): asserts condition {
  if (!condition) throw new Broken(rule, what());
}
