import type { PageId, PersonId, ThreadId } from "../../shared/base/ids.ts";

/** What drafts ask of the browser's storage. */
export type DraftStore = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Where a draft belongs: to a thread, or to a comment that opens one. */
export type DraftKey = ThreadId | "new";

/**
 * What somebody began to write and has not sent, kept on this device for each person and page until it is sent or
 * emptied. Where the device keeps nothing (storage is full or forbidden), this tab does.
 */
export class Drafts {
  readonly #store: DraftStore;
  readonly #prefix: string;
  readonly #here = new Map<string, string>();

  constructor(store: DraftStore, person: PersonId, page: PageId) {
    this.#store = store;
    this.#prefix = `plenum/draft/${person}/${page}/`;
  }

  read(key: DraftKey): string {
    const name = this.#prefix + key;
    return this.#here.get(name) ?? attempt(() => this.#store.getItem(name)) ?? "";
  }

  keep(key: DraftKey, text: string): void {
    const name = this.#prefix + key;
    this.#here.set(name, text);
    attempt(() => (text.trim() === "" ? this.#store.removeItem(name) : this.#store.setItem(name, text)));
  }
}

/** Browsers may refuse to store anything (private windows, full disks); a draft is then kept by the tab alone. */
function attempt<T>(act: () => T): T | null {
  try {
    return act();
  } catch {
    return null;
  }
}
