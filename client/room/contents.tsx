import { useEffect, useRef, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { PageId } from "../../shared/base/ids.ts";
import { to } from "../routes.ts";
import styles from "./contents.module.css";
import { nest, type Nested } from "./page-tree.ts";
import type { Section } from "./sections.ts";

export type ContentsNode = { id: PageId; kind: "page" | "group"; title: string; parent: PageId | null };

type Props = {
  survey: string;
  nodes: readonly ContentsNode[];
  page: PageId;
  sections: readonly Section[];
  /** The id of the section being read, if it is known. */
  reading: string | null;
  onSection: (id: string) => void;
  /** Called when another page is chosen. */
  onLeave?: () => void;
  /** Stands at the end: a way to add a page, for those who may. */
  foot?: ReactNode;
};

/** The pages of the survey as a tree, and under the open one its sections with their numbers. */
export function Contents(props: Props) {
  const { t } = useTranslation();
  const isSingle = props.nodes.length === 1;
  const nav = useRef<HTMLElement>(null);
  const [sections, hold] = useHeld(props.sections);
  useEffect(() => {
    nav.current?.querySelector('[aria-current="page"]')?.scrollIntoView({ block: "nearest" });
  }, [props.page]);
  return (
    <nav ref={nav} className={styles.contents} aria-label={t("room.label")} onPointerDown={hold}>
      <p className={styles.label}>{isSingle ? t("room.sections") : t("room.pages")}</p>
      {isSingle ? (
        <Sections {...props} sections={sections} />
      ) : (
        <Branch {...props} sections={sections} nested={nest(props.nodes)} />
      )}
      {props.foot}
    </nav>
  );
}

/** Stays as it is while the pointer is down: what is pressed does not move away before it is let go. */
function useHeld<T>(value: T): [T, () => void] {
  const [held, setHeld] = useState<{ value: T } | null>(null);
  useEffect(() => {
    if (!held) return;
    // The click comes behind it: what moved before would have taken it along.
    const release = () => requestAnimationFrame(() => setHeld(null));
    const ends = ["pointerup", "pointercancel"] as const;
    for (const end of ends) window.addEventListener(end, release, { once: true });
    return () => ends.forEach((end) => window.removeEventListener(end, release));
  }, [held]);
  return [held ? held.value : value, () => setHeld({ value })];
}

function Branch({ nested, ...props }: Props & { nested: Nested<ContentsNode>[] }) {
  return (
    <ul className={styles.branch}>
      {nested.map(({ node, children }) => (
        <li key={node.id}>
          <Node node={node} {...props} />
          {node.id === props.page && <Sections {...props} />}
          {children.length > 0 && <Branch nested={children} {...props} />}
        </li>
      ))}
    </ul>
  );
}

function Node({ node, survey, page, onLeave }: Props & { node: ContentsNode }) {
  if (node.kind === "group") return <p className={styles.group}>{node.title}</p>;
  return (
    <Link
      href={to.page(survey, node.id)}
      className={styles.page}
      aria-current={node.id === page ? "page" : undefined}
      onClick={() => onLeave?.()}
    >
      {node.title}
    </Link>
  );
}

function Sections({ sections, reading, onSection }: Props) {
  const { t } = useTranslation();
  if (sections.length === 0) return <p className={styles.none}>{t("room.noSections")}</p>;
  return (
    <ol className={styles.sections}>
      {sections.map(({ id, number, title }) => (
        <li key={id}>
          <button
            type="button"
            className={styles.section}
            aria-current={id === reading ? "location" : undefined}
            onClick={() => onSection(id)}
          >
            <span className={styles.number}>{number}</span>
            <span>{title || t("room.untitledSection")}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
