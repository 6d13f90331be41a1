/** A value that changes over time: `get` answers it now, `subscribe` calls after each change until it is undone. */
export type Store<T> = {
  readonly get: () => T;
  readonly subscribe: (onChange: () => void) => () => void;
};

/** A store with its pen: who holds it sets the value. Setting a value that is equal by content tells nobody. */
export class Held<T> implements Store<T> {
  #value: T;
  readonly #listeners = new Set<() => void>();
  readonly #isEqual: (a: T, b: T) => boolean;

  constructor(value: T, isEqual: (a: T, b: T) => boolean = Object.is) {
    this.#value = value;
    this.#isEqual = isEqual;
  }

  readonly get = (): T => this.#value;

  readonly subscribe = (onChange: () => void): (() => void) => {
    // Wrapped, so that one function subscribed twice is called twice and undone once at a time.
    const listener = () => onChange();
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  set(value: T): void {
    if (this.#isEqual(this.#value, value)) return;
    this.#value = value;
    for (const listener of this.#listeners) listener();
  }
}

/** Equal as JSON says: for small plain values. */
export function isSameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
