import { removeAwarenessStates, type Awareness } from "y-protocols/awareness";

/**
 * Yjs gives a document another number where text comes in under its own. Its presence follows: y-websocket speaks of
 * the document's number, and breaks where presence knows nothing of that. Calls after each time.
 */
export function followClient(awareness: Awareness, then: () => void): void {
  const { doc } = awareness;
  doc.on("afterTransactionCleanup", () => {
    if (doc.clientID === awareness.clientID) return;
    const state = awareness.getLocalState();
    removeAwarenessStates(awareness, [awareness.clientID], "local");
    awareness.clientID = doc.clientID;
    awareness.setLocalState(state);
    then();
  });
}
