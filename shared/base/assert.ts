/** Throws: a bug, never an expected outcome. `what` says what should have held. */
export function assert(condition: unknown, what: string): asserts condition {
  if (!condition) throw new Error(`This should hold: ${what}`);
}

/** The value, or a throw where it is missing: for what cannot be missing unless there is a bug. */
export function must<T>(value: T | null | undefined, what: string): T {
  assert(value !== null && value !== undefined, what);
  return value;
}

/** Ends an exhaustive switch: compiles only while every case is handled. */
export function unreachable(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
