import type { Node } from "@tiptap/pm/model";

/** As what a node is drawn, by what it stands in. */
export type Seat = "summary" | "tab" | "line" | "task" | "item";

export function seatOf(node: Node, parent: Node, index: number): Seat {
  if (node.type.name === "listItem") return parent.type.name === "taskList" ? "task" : "item";
  if (node.type.name !== "title" || index > 0) return "line";
  if (parent.type.name === "collapsible") return "summary";
  return parent.type.name === "tab" ? "tab" : "line";
}

/** Whether what stands at this place in a node was drawn for it. What has no seat is drawn alike everywhere. */
export function isDrawnFor(drawn: HTMLElement, parent: Node, index: number): boolean {
  const { seat } = drawn.dataset;
  return seat === undefined || seat === seatOf(parent.child(index), parent, index);
}

/** Whether a box begins with a title of its own. */
export const isTitled = (node: Node): boolean => node.firstChild?.type.name === "title";
