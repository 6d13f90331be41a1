import { Fragment, type Mark, type Node, type Schema } from "@tiptap/pm/model";
import type { Attrs, Inline, Marks } from "../../../shared/body/blocks.ts";

/** The inline nodes of some runs. */
export function drawLine(schema: Schema, content: readonly Inline[]): Fragment {
  return Fragment.fromArray(content.map((run) => drawInline(schema, run)));
}

const nodeOfAtom: { readonly [type: string]: string } = { image: "image", footnote: "footnoteRef" };

function drawInline(schema: Schema, run: Inline): Node {
  const marks = drawMarks(schema, run.marks ?? {});
  if ("text" in run) return schema.text(run.text, marks);
  const { atom } = run;
  if (atom.type === "break") return schema.node("hardBreak", null, [], marks);
  return schema.node(nodeOfAtom[atom.type] ?? "inlineAtom", { atom }, [], marks);
}

function drawMarks(schema: Schema, marks: Marks): readonly Mark[] {
  return Object.entries(marks).reduce<readonly Mark[]>((set, [name, value]) => {
    const type = schema.marks[name];
    return type ? type.create(name === "link" ? (value as Attrs) : null).addToSet(set) : set;
  }, []);
}
