import * as Y from "yjs";
import type { Inline, Marks } from "../../shared/body/blocks.ts";
import type { Contender, Paragraph } from "./contender.ts";
import type { Leaf, Part } from "./random-page.ts";

/** Tiptap's own collaboration: the view's tree as a tree of Yjs elements, and what its binding sends. */
export const asTiptap: Contender = {
  name: "tiptap",
  write: (doc, page) => doc.transact(() => doc.getXmlFragment("default").insert(0, page.map(element))),
  paragraphs: (doc) => {
    const fragment = doc.getXmlFragment("default");
    const elements = fragment.toArray().filter((each) => each instanceof Y.XmlElement);
    return elements
      .filter(({ nodeName }) => nodeName === "paragraph")
      .map((each) => paragraph(fragment, each));
  },
};

function element(part: Part): Y.XmlElement {
  if ("quote" in part) return named("blockquote", {}, part.quote.map(element));
  if (!("list" in part)) return leaf(part);
  const items = part.items.map((item) => named("listItem", {}, item.map(element)));
  if (part.list === "bullet") return named("bulletList", {}, items);
  return named("orderedList", { start: 1 }, items);
}

function leaf({ type, attrs, content }: Leaf): Y.XmlElement {
  const text = new Y.XmlText();
  text.applyDelta(content.map(toInsert));
  if (type === "heading") return named("heading", { level: attrs["level"] }, [text]);
  if (type === "code") return named("codeBlock", { language: attrs["lang"] }, [text]);
  return named("paragraph", {}, [text]);
}

/** An element that is not yet in any document. */
function named(
  name: string,
  attributes: { readonly [name: string]: unknown },
  children: (Y.XmlElement | Y.XmlText)[],
): Y.XmlElement {
  const made = new Y.XmlElement(name);
  // Its binding writes attributes as they are in the view, numbers as numbers; the type knows only strings.
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value as string);
  made.insert(0, children);
  return made;
}

/** Marks as this binding names them: by the attributes of the view's mark. */
function toInsert(run: Inline): { insert: string; attributes: object } {
  return { insert: "text" in run ? run.text : "", attributes: formats(run.marks ?? {}) };
}

function formats(marks: Marks): object {
  return Object.fromEntries(
    Object.entries(marks).map(([name, value]) => [name, value === true ? {} : value]),
  );
}

/** A block in the hands of somebody whose binding makes elements anew where their kind changes, as y-tiptap does. */
function paragraph(fragment: Y.XmlFragment, first: Y.XmlElement): Paragraph {
  let current = first;
  const text = () => current.get(0) as Y.XmlText;
  const middle = () => Math.floor(text().length / 2);
  const put = (made: Y.XmlElement, at: number) => fragment.insert(at, [made]);
  return {
    type: (character) => text().insert(middle(), character),
    split: () => {
      const at = middle();
      const rest = new Y.XmlText();
      rest.applyDelta(sliceOf(text(), at));
      fragment.doc!.transact(() => {
        put(named("paragraph", {}, [rest]), indexOf(fragment, current) + 1);
        text().delete(at, text().length - at);
      });
    },
    toggleHeading: () => {
      const isHeading = current.nodeName === "heading";
      const made = isHeading
        ? named("paragraph", {}, [text().clone()])
        : named("heading", { level: 3 }, [text().clone()]);
      fragment.doc!.transact(() => {
        const at = indexOf(fragment, current);
        fragment.delete(at, 1);
        put(made, at);
      });
      current = made;
    },
    presence: (person) => {
      const place = Y.relativePositionToJSON(Y.createRelativePositionFromTypeIndex(text(), middle()));
      return { user: { name: `Person ${person}`, color: "#ac4278" }, cursor: { anchor: place, head: place } };
    },
  };
}

const indexOf = (fragment: Y.XmlFragment, element: Y.XmlElement): number =>
  fragment.toArray().findIndex((each) => each === element);

function sliceOf(text: Y.XmlText, from: number): { insert: string; attributes: object }[] {
  let at = 0;
  return (text.toDelta() as { insert: string; attributes?: object }[]).flatMap(
    ({ insert, attributes = {} }) => {
      const kept = insert.slice(Math.max(0, from - at));
      at += insert.length;
      return kept ? [{ insert: kept, attributes }] : [];
    },
  );
}
