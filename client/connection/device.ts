import { clearDocument, IndexeddbPersistence } from "y-indexeddb";
import * as Y from "yjs";
import { limits } from "../../shared/base/limits.ts";
import type { After } from "./heartbeat.ts";
import type { Frame } from "./incoming-text.ts";

/** What a connection asks of the machine that it runs on. Everything with time, chance or I/O is here. */
export type Device = {
  readonly WebSocket: typeof WebSocket;
  readonly nowMs: () => number;
  readonly chance: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array;
  readonly after: After;
  readonly frame: Frame;
  /** Tells of an error that is a bug or a broken device, and that nothing else can be done about. */
  readonly report: (error: unknown) => void;
  /** Keeps a document's text under a name from now on; `loaded` once what was kept is in the document. */
  readonly keep: (name: string, doc: Y.Doc) => Kept;
  /** How to open this address anew; null where that was asked for this reason before in this tab, and did not help. */
  readonly startAnew?: (reason: string) => (() => void) | null;
  readonly isOnline: () => boolean;
  /** Calls after the network came or went, and when somebody looks at the page again; answers how to stop. */
  readonly onStir: (then: () => void) => () => void;
  /** Asks before the page is left while this says so; answers how to stop. */
  readonly guardLeaving: (isNeeded: () => boolean) => () => void;
};

export type Kept = {
  /** Fails where nothing that was kept can be read. */
  readonly loaded: Promise<void>;
  readonly stop: () => void;
  /** The epoch of the page that the text is of, once it is loaded; null where none was said. */
  readonly epoch?: () => number | null;
  readonly setEpoch?: (epoch: number) => Promise<void>;
  /**
   * Copies what the document holds to where nothing is loaded from, over what was copied there before. The copy stands
   * until `forgetAside`: once the page, taken anew, shows what it should.
   */
  readonly setAside?: () => Promise<void>;
  readonly forgetAside?: () => Promise<void>;
  /** Forgets all that was kept under the name; done when nothing of it would be loaded again. */
  readonly discard: () => Promise<void>;
};

/** The browser that this page runs in. */
export function browserDevice(): Device {
  return {
    WebSocket: window.WebSocket,
    nowMs: () => Date.now(),
    chance: (bytes) => crypto.getRandomValues(bytes),
    after: (waitMs, then) => {
      const timer = setTimeout(then, waitMs);
      return () => clearTimeout(timer);
    },
    frame: nextFrame,
    report: (error) => reportError(error),
    keep: keepInIndexedDb,
    startAnew: reloadingOnce,
    isOnline: () => navigator.onLine,
    onStir: (then) =>
      listen([
        [window, "online", then],
        [window, "offline", then],
        [document, "visibilitychange", then],
      ]),
    guardLeaving: (isNeeded) =>
      listen([[window, "beforeunload", (event) => void (isNeeded() && event.preventDefault())]]),
  };
}

function nextFrame(then: () => void): () => void {
  const frame = requestAnimationFrame(() => run());
  const timer = setTimeout(() => run(), document.hidden ? 0 : limits.hiddenFrameMs);
  const callOff = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  const run = () => {
    callOff();
    then();
  };
  return callOff;
}

function keepInIndexedDb(name: string, doc: Y.Doc): Kept {
  const kept = new IndexeddbPersistence(name, doc);
  let epoch: number | null = null;
  // Before the text: where another tab begins anew in between, it is the newer text that is taken for older.
  const load = async () => {
    const read: unknown = await kept.get("epoch");
    if (typeof read === "number") epoch ??= read;
    await kept.whenSynced;
  };
  return {
    loaded: load(),
    epoch: () => epoch,
    setEpoch: async (now) => {
      epoch = now;
      await kept.set("epoch", now);
    },
    stop: () => void kept.destroy(),
    setAside: () => copyAside(`${name}/aside`, Y.encodeStateAsUpdate(doc)),
    forgetAside: () => clearDocument(`${name}/aside`),
    discard: () => emptyStore(kept.db),
  };
}

async function copyAside(name: string, state: Uint8Array): Promise<void> {
  await clearDocument(name);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  const aside = new IndexeddbPersistence(name, doc);
  await aside.whenSynced;
  await aside.destroy();
}

function reloadingOnce(reason: string): (() => void) | null {
  const key = `plenum/anew/${reason}`;
  if (sessionStorage.getItem(key) !== null) return null;
  sessionStorage.setItem(key, "");
  return () => location.reload();
}

/** Emptied rather than deleted: a database that another tab has open is deleted only when that is closed. */
function emptyStore(db: IDBDatabase | null): Promise<void> {
  if (!db) return Promise.resolve();
  const emptying = db.transaction(["updates", "custom"], "readwrite");
  emptying.objectStore("updates").clear();
  // Of which epoch that was, and whatever else was noted of it.
  emptying.objectStore("custom").clear();
  return new Promise((resolve, reject) => {
    emptying.oncomplete = () => resolve();
    emptying.onabort = () => reject(emptying.error ?? new Error("what was kept could not be discarded"));
  });
}

type Listening = [target: EventTarget, type: string, listener: (event: Event) => void];

function listen(all: readonly Listening[]): () => void {
  for (const [target, type, listener] of all) target.addEventListener(type, listener);
  return () => {
    for (const [target, type, listener] of all) target.removeEventListener(type, listener);
  };
}
