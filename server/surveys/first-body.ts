import { makeId, type BlockId, type Chance } from "../../shared/base/ids.ts";
import type { Block, Body } from "../../shared/body/blocks.ts";
import { readMarkdown } from "../../shared/markdown/read.ts";

/** A page's first body: its title as the top heading, then this Markdown, or an empty line to write in. */
export function titledBody(title: string, markdown: string, chance: Chance): Body {
  const { blocks, containers } = bodyFromMarkdown(markdown, chance);
  const heading = block("heading", { level: 1 }, [{ text: title }]);
  return { blocks: [heading, ...(blocks.length > 0 ? blocks : [block("paragraph", {}, [])])], containers };

  function block(type: string, attrs: Block["attrs"], content: Block["content"]): Block {
    return { id: makeId<BlockId>(chance), type, attrs, in: null, content };
  }
}

export function bodyFromMarkdown(markdown: string, chance: Chance): Body {
  return readMarkdown(markdown, { flavour: "mkdocs", makeId: () => makeId(chance) });
}
