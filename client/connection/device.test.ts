import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as Y from "yjs";
import { browserDevice } from "./device.ts";

/** A store that cannot be opened: what is asked of it fails, and that its text is here is never told. */
vi.mock("y-indexeddb", () => ({
  IndexeddbPersistence: class {
    readonly whenSynced = new Promise(() => {});
    readonly get = () => Promise.reject(new Error("The store cannot be opened."));
    readonly set = this.get;
  },
}));

beforeEach(() => void vi.stubGlobal("window", globalThis));
afterEach(() => void vi.unstubAllGlobals());

const keep = () => browserDevice().keep("plenum/ana/page", new Y.Doc());

test("a store that cannot be opened is told as a failure, and not waited for", async () => {
  await expect(keep().loaded).rejects.toThrow("The store cannot be opened.");
});

test("so is an epoch that cannot be kept", async () => {
  const { loaded, setEpoch } = keep();
  await loaded.catch(() => {});
  await expect(setEpoch?.(1)).rejects.toThrow("The store cannot be opened.");
});
