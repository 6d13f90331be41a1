import { Plugin, PluginKey, type EditorState, type Transaction } from "@tiptap/pm/state";

/* Ranges of the view that are followed while something is under way for them, wherever others move them. */

type Range = { readonly from: number; readonly to: number };
type Followed = ReadonlyMap<object, Range>;

const key = new PluginKey<Followed>("followed");

export function followed(): Plugin {
  return new Plugin<Followed>({
    key,
    state: {
      init: () => new Map(),
      apply: (transaction, ranges) => {
        const change = transaction.getMeta(key) as Followed | undefined;
        if (!change && (ranges.size === 0 || !transaction.docChanged)) return ranges;
        const { mapping } = transaction;
        const moved = [...ranges].map(
          ([name, { from, to }]) => [name, { from: mapping.map(from, 1), to: mapping.map(to, -1) }] as const,
        );
        return new Map([...moved, ...(change ?? [])].filter(([, range]) => range.to > range.from));
      },
    },
  });
}

/** Follows a range of what this transaction makes, under a name that nobody else has. */
export const follow = (transaction: Transaction, name: object, range: Range): Transaction =>
  transaction.setMeta(key, new Map([[name, range]]));

/** Where it is now; null where it is gone. */
export const whereIs = (state: EditorState, name: object): Range | null =>
  key.getState(state)?.get(name) ?? null;

/** Lets go of it. */
export const letGo = (transaction: Transaction, name: object): Transaction =>
  follow(transaction, name, { from: 0, to: 0 });
