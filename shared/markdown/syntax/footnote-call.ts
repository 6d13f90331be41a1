import type { Extension, State } from "micromark-util-types";

declare module "micromark-util-types" {
  interface TokenTypeMap {
    inlineRaw: "inlineRaw";
  }
}

/** `[^1]` in text, whether or not there is a definition for it: its source is one token. */
export const footnoteCalls: Extension = {
  text: {
    91: {
      name: "inlineRaw",
      tokenize(effects, ok, nok) {
        let length = 0;
        const caret: State = (code) => {
          if (code !== 94) return nok(code);
          effects.consume(code);
          return label;
        };
        const label: State = (code) => {
          if (code === null || code <= 32 || code === 91 || code === 92 || length > 999) return nok(code);
          effects.consume(code);
          if (code !== 93) {
            length += 1;
            return label;
          }
          effects.exit("inlineRaw");
          return length > 0 ? after : nok;
        };
        // What follows makes `[^1]` the text of a link instead.
        const after: State = (code) => (code === 40 || code === 91 ? nok(code) : ok(code));
        return (code) => {
          effects.enter("inlineRaw");
          effects.consume(code);
          return caret;
        };
      },
    },
  },
};
