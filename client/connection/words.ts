import * as Y from "yjs";

/** How many words begin in a text that follows a space (or nothing), and whether it ends in one. */
export function wordsIn(text: string, isAfterSpace: boolean): { words: number; isAfterSpace: boolean } {
  let words = 0;
  for (const character of text) {
    const isSpace = /\s/u.test(character);
    if (isAfterSpace && !isSpace) words += 1;
    isAfterSpace = isSpace;
  }
  return { words, isAfterSpace };
}

/** How many words of a document are not in what this state vector describes. */
export function wordsBeyond(doc: Y.Doc, vector: Uint8Array): number {
  return wordsIn(insertedText(Y.encodeStateAsUpdate(doc, vector)), true).words;
}

/** The characters that an update inserts, wherever it inserts them. Costs with the update's size only. */
export function insertedText(update: Uint8Array): string {
  const { structs } = Y.decodeUpdate(update);
  return structs
    .map((struct) =>
      struct instanceof Y.Item && struct.content instanceof Y.ContentString ? struct.content.str : "",
    )
    .join("");
}
