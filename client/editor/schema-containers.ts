import { Node } from "@tiptap/core";
import { inner, ofContainer } from "./node-attributes.ts";

/* The view's nodes for containers, and for the lists and sets of tabs that are drawn around neighbouring ones. */

export const Blockquote = Node.create({
  name: "blockquote",
  group: "block",
  content: "block+",
  defining: true,
  addAttributes: ofContainer,
  parseHTML: () => [{ tag: "blockquote" }],
  renderHTML: () => ["blockquote", 0],
});

export const BulletList = Node.create({
  name: "bulletList",
  group: "block list group",
  content: "listItem+",
  addAttributes: () => ({ mark: inner(null) }),
  parseHTML: () => [{ tag: "ul" }],
  renderHTML: () => ["ul", 0],
});

export const OrderedList = Node.create({
  name: "orderedList",
  group: "block list group",
  content: "listItem+",
  addAttributes: () => ({ mark: inner(null) }),
  parseHTML: () => [{ tag: "ol" }],
  renderHTML: () => ["ol", 0],
});

export const TaskList = Node.create({
  name: "taskList",
  group: "block list group",
  content: "listItem+",
  addAttributes: () => ({ mark: inner(null) }),
  parseHTML: () => [{ tag: "ul.tasks", priority: 60 }],
  renderHTML: () => ["ul", { class: "tasks" }, 0],
});

/** An item of any list; `checked` is of tasks alone. */
export const ListItem = Node.create({
  name: "listItem",
  content: "block+",
  defining: true,
  addAttributes: () => ({
    ...ofContainer(),
    checked: inner(null),
    start: inner(null),
    loose: inner(null),
  }),
  parseHTML: () => [
    { tag: "li", getAttrs: (element) => ({ start: Number(element.getAttribute("value")) || null }) },
  ],
  renderHTML: ({ node }) => ["li", node.attrs["start"] === null ? {} : { value: node.attrs["start"] }, 0],
});

/** A box that is told from the text around it: a note, a warning, an example. */
export const Callout = Node.create({
  name: "callout",
  group: "block",
  content: "block+",
  defining: true,
  addAttributes: () => ({ ...ofContainer(), type: inner("note") }),
  parseHTML: () => [
    { tag: "div.callout", getAttrs: (element) => ({ type: element.dataset["type"] || "note" }) },
  ],
  renderHTML: ({ node }) => ["div", { class: "callout", role: "note", "data-type": node.attrs["type"] }, 0],
});

/** What is opened to be read: a question with its answer, a proof, a long example. */
export const Collapsible = Node.create({
  name: "collapsible",
  group: "block",
  content: "block+",
  defining: true,
  addAttributes: () => ({ ...ofContainer(), type: inner("note"), open: inner(null) }),
  parseHTML: () => [{ tag: "details", getAttrs: (element) => ({ type: element.dataset["type"] || "note" }) }],
  renderHTML: ({ node }) => ["details", { open: "", "data-type": node.attrs["type"] }, 0],
});

/** Drawn around neighbouring tabs: one of them is seen at a time. */
export const TabSet = Node.create({
  name: "tabSet",
  group: "block group",
  content: "tab+",
  addAttributes: () => ({ set: inner(null) }),
  parseHTML: () => [{ tag: "div.tabs" }],
  renderHTML: () => ["div", { class: "tabs" }, 0],
});

export const Tab = Node.create({
  name: "tab",
  content: "block+",
  defining: true,
  addAttributes: ofContainer,
  parseHTML: () => [{ tag: "div.tab" }],
  renderHTML: () => ["div", { class: "tab" }, 0],
});

/** What a reference in the text leads to; its number is that of its first reference. */
export const Footnote = Node.create({
  name: "footnote",
  group: "block",
  content: "block+",
  defining: true,
  addAttributes: () => ({ ...ofContainer(), label: inner(null) }),
  parseHTML: () => [{ tag: "div.footnote" }],
  renderHTML: () => ["div", { class: "footnote", role: "doc-footnote" }, 0],
});
