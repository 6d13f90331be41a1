import { z } from "zod/mini";
import { pageId } from "../base/ids.ts";
import { limits } from "../base/limits.ts";
import { title } from "../base/title.ts";
import { kind } from "./record.ts";

const node = {
  page: pageId,
  title,
  parent: z.nullable(pageId),
};

/** A page now stands last under its parent. Its body is in the journal before this is said. */
export const pageAdded = kind({
  type: "page.added",
  said: z.object({ ...node, path: z.string().check(z.minLength(1), z.maxLength(limits.pathLength)) }),
  action: "server",
  apply: (state, said) => {
    state.tree.push({ id: said.page, kind: "page", title: said.title, path: said.path, parent: said.parent });
  },
});

/** A heading without a page now stands last under its parent. */
export const groupAdded = kind({
  type: "group.added",
  said: z.object(node),
  action: "server",
  apply: (state, said) => {
    state.tree.push({ id: said.page, kind: "group", title: said.title, path: "", parent: said.parent });
  },
});

export const pageRenamed = kind({
  type: "page.renamed",
  said: z.object({ page: pageId, title }),
  action: "page.arrange",
  refuse: (state, said) =>
    state.tree.some((each) => each.id === said.page) ? null : { code: "not-found", details: "page" },
  apply: (state, said) => {
    state.tree = state.tree.map((each) => (each.id === said.page ? { ...each, title: said.title } : each));
  },
});
