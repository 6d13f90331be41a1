import type { Editor } from "@tiptap/core";
import { BlockHandle } from "./block-handle.tsx";
import { BlockMenu } from "./block-menu.tsx";
import type { Hands } from "./hands.ts";
import { SlashMenu } from "./slash-menu.tsx";

/** What is beside the text for those who write: the list behind a slash, a block's handle, and its menu. */
export function BlockTools({ editor, hands }: { editor: Editor; hands: Hands }) {
  return (
    <>
      <SlashMenu editor={editor} menu={hands.slash} />
      <BlockHandle editor={editor} run={hands.run} asked={hands.asked} />
      <BlockMenu editor={editor} hands={hands} />
    </>
  );
}
