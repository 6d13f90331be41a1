import type { Role } from "../access/roles.ts";
import type { AssetId, CommentId, LinkId, PageId, PersonId, ThreadId } from "../base/ids.ts";
import type { Place, Quote } from "../body/place.ts";

/** A page of the survey's tree, or a group: a heading in the tree without a page of its own. */
export type TreeNode = {
  id: PageId;
  kind: "page" | "group";
  title: string;
  /** Where the page stands in the exported site's docs folder: `key-issues/abi.md`. Empty for a group. */
  path: string;
  /** The node that it stands under, or null at the top. */
  parent: PageId | null;
};

export type Member = { person: PersonId; name: string; role: Role };

export type Comment = { id: CommentId; by: PersonId; at: number; text: string };

export type Thread = {
  id: ThreadId;
  page: PageId;
  place: Place;
  quote: Quote;
  by: PersonId;
  at: number;
  comments: readonly Comment[];
  /** Who resolved it and when, or null while it is open. */
  resolved: { by: PersonId; at: number } | null;
};

/** Words that died unseen, kept for who wrote them. */
export type Kept = {
  /** The number of the record that keeps them. */
  number: number;
  page: PageId;
  by: PersonId;
  at: number;
  /** Empty once they are settled. */
  text: string;
  words: number;
  /** Where they stood in the page's journal: so many clocks of a Yjs client. */
  pieces: readonly { author: number; clock: number; length: number }[];
  settled: "put-back" | "put-aside" | null;
};

export type Asset = { id: AssetId; path: string; hash: string; mediaType: string; bytes: number };

export type LinkGrant = { id: LinkId; role: Role; by: PersonId; at: number };

/** Everything the records of one survey amount to. The fold owns it: readers never change it. */
export type SurveyState = {
  /** The number of the last record folded in; 0 before the first. */
  seq: number;
  title: string;
  /** In the tree's order: a node comes after its parent and after what stands above it. */
  tree: TreeNode[];
  members: Map<PersonId, Member>;
  threads: Map<ThreadId, Thread>;
  /** By the number of their record. */
  kept: Map<number, Kept>;
  assets: Map<AssetId, Asset>;
  links: Map<LinkId, LinkGrant>;
};

/** The state before the first record. */
export function emptyState(): SurveyState {
  return {
    seq: 0,
    title: "",
    tree: [],
    members: new Map(),
    threads: new Map(),
    kept: new Map(),
    assets: new Map(),
    links: new Map(),
  };
}
