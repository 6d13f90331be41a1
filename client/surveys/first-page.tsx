import { Fragment, type ReactNode } from "react";
import { makeId } from "../../shared/base/ids.ts";
import type { Block, Inline } from "../../shared/body/blocks.ts";
import { toTree, type Branch, type Tree } from "../../shared/body/tree.ts";
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
  if ("container" in branch)
    return (
      <blockquote className={styles.quote}>
        <Branches tree={branch.children} />
      </blockquote>
    );
  const List = branch.list === "ordered" ? "ol" : "ul";
  return (
    <List className={styles.list}>
      {branch.items.map(({ container, children }) => (
        <li key={container.id}>
          <Branches tree={children} />
        </li>
      ))}
    </List>
  );
}

function BlockLine({ block }: { block: Block }) {
  const level = block.type === "heading" ? Number(block.attrs["level"]) : 0;
  const look = level === 2 ? styles.h2 : level > 2 ? styles.h3 : styles.text;
  return (
    <p className={look}>
      {block.content.map((inline, at) => (
        <Fragment key={at}>{formatted(inline)}</Fragment>
      ))}
    </p>
  );
}

function formatted(inline: Inline): ReactNode {
  const text = "text" in inline ? inline.text : " ";
  const italic = inline.marks?.["italic"] ? <em>{text}</em> : text;
  return inline.marks?.["bold"] ? <strong>{italic}</strong> : italic;
}
