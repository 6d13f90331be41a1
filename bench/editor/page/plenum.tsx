import { createRoot } from "react-dom/client";
import { PageEditor } from "../../../client/editor/page-editor.tsx";
import { editorMessages } from "../../../client/editor/messages.en.ts";
import { startWords } from "../../../client/ui/messages/words.ts";
import type { Show } from "./stage.ts";

startWords({ editor: editorMessages });

const nowhere = (): string => "";
const never = (): void => {};

/** Plenum's page as a room shows it to somebody who writes; the connection is this tab's own. */
export const show: Show = (root, doc, awareness) => {
  const connection = { page: "bench", doc, awareness, hold: never, release: never };
  createRoot(root).render(
    <PageEditor
      connection={connection}
      editable
      addPicture={() => Promise.reject(new Error("The bench has no pictures"))}
      onRefused={never}
      onReady={never}
      placeholder=""
      resolveAsset={nowhere}
      resolvePage={nowhere}
      goToPage={never}
    />,
  );
};
