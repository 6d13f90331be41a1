/** What is said of words that were kept for their writer, in English: the namespace "kept". */
export const keptMessages = {
  kept_one: "Kept for you: {{count}} word that was deleted while you typed it",
  kept_other: "Kept for you: {{count}} words that were deleted while you typed them",
  putBack: "Put back",
  putBackHint: "Where your caret is, or else at the end of the page",
  putAside: "Put aside",
  words: "The words",
  isBack: "The words are back in the text",
} as const;
