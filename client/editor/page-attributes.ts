import { Plugin } from "@tiptap/pm/state";

/**
 * What the text is to screen readers and style sheets, read again with each state. A plugin's, since these are on the
 * element before it is first shown: what the editor itself is given comes later, and the browser would lay out the
 * whole page twice.
 */
export function pageAttributes(read: () => { [name: string]: string }): Plugin {
  return new Plugin({ props: { attributes: read } });
}
