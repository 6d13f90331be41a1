import { expect, test, vi } from "vitest";
import * as Y from "yjs";
import { browserDevice } from "./device.ts";

/** A store that cannot be opened: what is asked of it fails, and that its text is here is never told. */
vi.mock("y-indexeddb", () => ({
  IndexeddbPersistence: class {
    readonly whenSynced = new Promise(() => {});
    readonly get = () => Promise.reject(new Error("The store cannot be opened."));
  },
}));

test("a store that cannot be opened is told as a failure, and not waited for", async () => {
  vi.stubGlobal("window", globalThis);
  const { loaded } = browserDevice().keep("plenum/ana/page", new Y.Doc());
  await expect(loaded).rejects.toThrow("The store cannot be opened.");
  vi.unstubAllGlobals();
});
