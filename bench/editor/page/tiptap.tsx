import { Collaboration } from "@tiptap/extension-collaboration";
import { CollaborationCaret } from "@tiptap/extension-collaboration-caret";
import { EditorContent, useEditor } from "@tiptap/react";
import { StarterKit } from "@tiptap/starter-kit";
import { createRoot } from "react-dom/client";
import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";
import styles from "../../../client/editor/editor.module.css";
import type { Show } from "./stage.ts";

/** Tiptap as its guide sets up collaboration, drawn with the same style sheet. */
export const show: Show = (root, doc, awareness) =>
  createRoot(root).render(<Shown doc={doc} awareness={awareness} />);

function Shown({ doc, awareness }: { doc: Y.Doc; awareness: Awareness }) {
  const editor = useEditor({
    extensions: [
      StarterKit.configure({ undoRedo: false }),
      Collaboration.configure({ document: doc }),
      CollaborationCaret.configure({
        provider: { awareness },
        user: { name: "Person", color: "#397804" },
      }),
    ],
    editorProps: { attributes: { class: styles["page"] ?? "", spellcheck: "true" } },
  });
  return (
    <div className={styles["text"]}>
      <EditorContent editor={editor} />
    </div>
  );
}
