import { Fragment, type ReactNode } from "react";
import { makeId } from "../../shared/base/ids.ts";
import type { Block, Inline, Table } from "../../shared/body/blocks.ts";
import { toTree, type Box, type Branch, type List, type Tree } from "../../shared/body/tree.ts";
import { readMarkdown } from "../../shared/markdown/read.ts";
import { templateText, type Template } from "../../shared/markdown/templates.ts";
import styles from "./first-page.module.css";

/** The page that a template makes, drawn small: the same words by the same reader as on the server. */
export function FirstPage({ template, title }: { template: Template; title: string }) {
  return (
    <div className={styles.paper}>
      <p className={styles.h1}>{title}</p>
      <Branches tree={trees[template]} />
    </div>
  );
}

const trees = {
  "problem-survey": treeOf("problem-survey"),
  blank: treeOf("blank"),
} satisfies Record<Template, Tree>;

function treeOf(template: Template): Tree {
  const chance = (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes);
  return toTree(readMarkdown(templateText[template], { flavour: "mkdocs", makeId: () => makeId(chance) }));
}

function Branches({ tree }: { tree: Tree }): ReactNode {
  return tree.map((branch, at) => <Fragment key={at}>{drawn(branch)}</Fragment>);
}

function drawn(branch: Branch): ReactNode {
  if ("block" in branch) return <BlockLine block={branch.block} />;
  if ("tabs" in branch) return branch.tabs.map(({ children }, at) => <Branches key={at} tree={children} />);
  if ("container" in branch) return <BoxAround box={branch} />;
  return <Items list={branch} />;
}

/** A quote, a callout, what opens: from far away a rule at the side tells them all from the text. */
function BoxAround({ box: { container, children } }: { box: Box }) {
  if (container.kind === "footnote") return null;
  return (
    <div className={container.kind === "quote" ? styles.quote : styles.box}>
      <Branches tree={children} />
    </div>
  );
}

function Items({ list: { list, items } }: { list: List }) {
  const Kind = list === "ordered" ? "ol" : "ul";
  return (
    <Kind className={list === "task" ? styles.tasks : styles.list}>
      {items.map(({ container, children }) => (
        <li key={container.id}>
          <Branches tree={children} />
        </li>
      ))}
    </Kind>
  );
}

function BlockLine({ block }: { block: Block }) {
  if (block.type === "properties") return null;
  if (block.type === "rule") return <hr className={styles.rule} />;
  if (block.table) return <TableOf table={block.table} />;
  return (
    <p className={lookOf(block)}>
      <Line content={block.content} />
    </p>
  );
}

function lookOf({ type, attrs }: Block): string | undefined {
  if (type === "heading") return attrs["level"] === 2 ? styles.h2 : styles.h3;
  if (type === "title") return styles.title;
  return type === "code" || type === "raw" ? styles.code : styles.text;
}

function TableOf({ table }: { table: Table }) {
  return (
    <table className={styles.table}>
      <tbody>
        {table.rows.map((row) => (
          <tr key={row.id}>
            {row.cells.map((content, at) => (
              <td key={at}>
                <Line content={content} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const Line = ({ content }: { content: readonly Inline[] }): ReactNode =>
  content.map((inline, at) => <Fragment key={at}>{formatted(inline)}</Fragment>);

function formatted(inline: Inline): ReactNode {
  const text = "text" in inline ? inline.text : " ";
  const italic = inline.marks?.["italic"] ? <em>{text}</em> : text;
  return inline.marks?.["bold"] ? <strong>{italic}</strong> : italic;
}
