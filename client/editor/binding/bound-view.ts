import { Plugin, PluginKey, type Transaction } from "@tiptap/pm/state";
import type { Binding } from "./binding.ts";
import { settle } from "./untold-selection.ts";

const key = new PluginKey<readonly Transaction[]>("bound view");

/**
 * Binds the editor's view to the page while the view stands. Goes first among the plugins: it hears of each
 * dispatch before another plugin's view can dispatch again.
 */
export function boundView(binding: Binding): Plugin {
  return new Plugin<readonly Transaction[]>({
    key,
    state: {
      init: () => [],
      // What one dispatch applied: its transaction, and those that plugins appended to it.
      apply: (transaction, applied) =>
        transaction.getMeta("appendedTransaction") ? [...applied, transaction] : [transaction],
    },
    view: (view) => {
      const unbind = binding.bind({
        get state() {
          return view.state;
        },
        dispatch: (transaction) => view.dispatch(transaction),
        settle: () => settle(view),
      });
      let taken = key.getState(view.state);
      return {
        update: ({ state }) => {
          const applied = key.getState(state);
          // A state that was only configured anew carries what was taken up before.
          if (!applied || applied === taken) return;
          taken = applied;
          binding.changed(applied, state);
        },
        destroy: unbind,
      };
    },
  });
}
