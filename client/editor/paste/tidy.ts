import type { Block, Body } from "../../../shared/body/blocks.ts";

/** Lines of code, each pasted as a paragraph of its own, as the block of code that they are. */
export function codeFromLines(body: Body): Body {
  const blocks: Block[] = [];
  let lines: Block[] = [];
  const end = () => {
    if (lines.length > 1) blocks.push(asCode(lines));
    else blocks.push(...lines);
    lines = [];
  };
  for (const block of body.blocks) {
    if (lines.length > 0 && lines[0]!.in !== block.in) end();
    if (isLineOfCode(block)) lines.push(block);
    else {
      end();
      blocks.push(block);
    }
  }
  end();
  return { ...body, blocks };
}

const isLineOfCode = ({ type, content }: Block): boolean =>
  type === "paragraph" && content.length > 0 && content.every((run) => isBreak(run) || isCode(run));

const isBreak = (run: Block["content"][number]): boolean => "atom" in run && run.atom.type === "break";
const isCode = (run: Block["content"][number]): boolean =>
  "text" in run && run.marks?.["code"] === true && run.marks["link"] === undefined;

function asCode(lines: readonly Block[]): Block {
  const text = lines
    .map(({ content }) => content.map((run) => ("text" in run ? run.text : "\n")).join(""))
    .join("\n");
  return { ...lines[0]!, type: "code", attrs: {}, content: [{ text }] };
}
