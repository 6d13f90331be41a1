import type * as Y from "yjs";

/**
 * Saves a page's text as this device has it in a Markdown file of this name, whatever the server has or says. Where
 * the part of the program that writes Markdown cannot be had any more, the file has the bare words.
 */
export async function downloadCopy(doc: Y.Doc, name: string): Promise<void> {
  const text = await import("./copy-text.ts").then(
    ({ copyText }) => copyText(doc),
    () => doc.getText("body").toString(),
  );
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
