import type { Code, Construct, Effects, Extension, State, TokenizeContext } from "micromark-util-types";
import { openers } from "./openers.ts";

/*
 * Constructs of one shape: a line that opens them, and a body indented by four spaces (or a tab).
 *
 *     !!! note "An admonition"        ??? question "A collapsible"        === "A tab"        [^1]:
 *         Its body.                       Its body.                           Its body.          Its body.
 *
 * Blank lines belong to the construct where an indented line follows them. These are flow, as fenced code is, not
 * containers: the whole is one token, dedented by whatever it stands in, and its body is read by itself.
 */

declare module "micromark-util-types" {
  interface TokenTypeMap {
    indentedBody: "indentedBody";
    indentedBodyLine: "indentedBodyLine";
    indentedBodyPrefix: "indentedBodyPrefix";
  }
}

/** Footnote definitions: both flavours have them. */
export const footnoteDefinitions: Extension = { flow: { 91: openedBy(openers.footnote, true) } };

/** Admonitions, collapsibles and content tabs: what the MkDocs flavour adds. */
export const directives: Extension = {
  flow: {
    33: openedBy(openers.admonition, false),
    61: openedBy(openers.tab, false),
    63: openedBy(openers.collapsible, false),
  },
};

/** `lazy`: as in a paragraph, text without the indent still belongs to it, up to a blank line. */
function openedBy(opener: RegExp, lazy: boolean): Construct {
  return {
    name: "indentedBody",
    tokenize(effects, ok, nok) {
      const least = 4 + indentBefore(this);
      const next: Construct = {
        partial: true,
        tokenize(...states) {
          return nextLine(this, least, lazy, ...states);
        },
      };
      const atLineEnd: State = (code) => (code === null ? end(code) : effects.attempt(next, line, end)(code));
      const line: State = (code) => restOfLine(effects, () => atLineEnd)(code);
      const end: State = (code) => {
        effects.exit("indentedBody");
        return ok(code);
      };
      const opened = (source: string): State => {
        if (!opener.test(source)) return nok;
        // Whether it may interrupt a paragraph is known now; its body must not be waited for.
        return this.interrupt ? ok : atLineEnd;
      };
      return (code) => {
        effects.enter("indentedBody");
        return restOfLine(effects, (token) => opened(this.sliceSerialize(token)))(code);
      };
    },
  };
}

/** Consumes up to the line's end, where `then` says how to go on. */
function restOfLine(effects: Effects, then: (token: ReturnType<Effects["exit"]>) => State): State {
  const inside: State = (code) => {
    if (isLineEnd(code)) return then(effects.exit("indentedBodyLine"))(code);
    effects.consume(code);
    return inside;
  };
  return (code) => {
    effects.enter("indentedBodyLine");
    return inside(code);
  };
}

/** From a line's end over blank lines to the text of the next line that belongs to the body; else nothing. */
function nextLine(
  context: TokenizeContext,
  least: number,
  lazy: boolean,
  effects: Effects,
  ok: State,
  nok: State,
): State {
  const construct = context.currentConstruct;
  let crossedBlank = false;
  let columns = 0;
  const lineEnding: State = (code) => {
    effects.enter("lineEnding");
    effects.consume(code);
    effects.exit("lineEnding");
    return lineStart;
  };
  const lineStart: State = (code) => {
    columns = 0;
    if (context.parser.lazy[context.now().line]) return nok(code);
    if (!isSpace(code)) return text(code);
    effects.enter("indentedBodyPrefix");
    return prefix(code);
  };
  const prefix: State = (code) => {
    if (isSpace(code)) {
      columns += 1;
      effects.consume(code);
      return prefix;
    }
    effects.exit("indentedBodyPrefix");
    return text(code);
  };
  const text: State = (code) => {
    if (code === null) return nok(code);
    if (isLineEnd(code)) {
      crossedBlank = true;
      // After a blank line nothing is interrupted: else a list that starts at 2 would not be seen to follow.
      context.currentConstruct = undefined;
      return lineEnding(code);
    }
    if (columns < least && !(lazy && !crossedBlank)) return nok(code);
    context.currentConstruct = construct;
    return columns < least ? effects.interrupt(context.parser.constructs.flow, nok, ok)(code) : ok(code);
  };
  return lineEnding;
}

/** How far the line is indented in its container, up to here. */
function indentBefore(context: TokenizeContext): number {
  const tail = context.events.at(-1);
  return tail?.[1].type === "linePrefix" ? tail[2].sliceSerialize(tail[1], true).length : 0;
}

/** The end of the file, or one of micromark's codes for line endings. */
function isLineEnd(code: Code): boolean {
  return code === null || (code < -2 && code > -6);
}

/** A space, or one of micromark's codes for the columns of a tab. */
function isSpace(code: Code): boolean {
  return code === 32 || code === -2 || code === -1;
}
