import type { ListItem, RootContent } from "mdast";

/** The task that an item is, by the box that its text begins with, and what is in it without the box. */
export function taskIn(item: ListItem): { checked: boolean; children: RootContent[] } | null {
  const [paragraph, ...rest] = item.children;
  if (paragraph?.type !== "paragraph") return null;
  const [text, ...others] = paragraph.children;
  const source = paragraph.data?.source ?? "";
  const box = /^\[[ xX]\](?=[ \t\n]|$)/.exec(source)?.[0];
  if (!box || text?.type !== "text" || !text.value.startsWith(box)) return null;
  const value = text.value.slice(box.length).replace(/^\s+/, "");
  // A break right behind the box could not be written there.
  if (value === "" && others[0]?.type === "break") return null;
  const children = value === "" ? others : [{ ...text, value }, ...others];
  const data = { source: source.slice(box.length).trimStart() };
  return { checked: box !== "[ ]", children: [{ ...paragraph, children, data }, ...rest] };
}

/** The box of a task, as it is written. */
export const boxOf = (isChecked: boolean): string => (isChecked ? "[x]" : "[ ]");
