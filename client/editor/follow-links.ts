import { Plugin } from "@tiptap/pm/state";

/**
 * A click on a link of a text that is only read follows it; while writing, a click puts the caret there, and with
 * Ctrl (on a Mac Cmd) held it follows. Links within the survey are followed in place, others in a tab of their own.
 */
export function followLinks(toPage: (address: string) => boolean): Plugin {
  return new Plugin({
    props: {
      handleDOMEvents: {
        click: (view, event) => {
          const link = event.target instanceof Element ? event.target.closest("a[data-address]") : null;
          if (!(link instanceof HTMLAnchorElement)) return false;
          event.preventDefault();
          const isWanted = !view.editable || event.ctrlKey || event.metaKey;
          if (isWanted && !toPage(link.dataset["address"] ?? "")) open(link.href, "_blank", "noopener");
          return isWanted;
        },
      },
    },
  });
}
