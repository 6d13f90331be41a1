import type { Marks, Value } from "../../../shared/body/blocks.ts";
import { isSafeAddress } from "../../../shared/body/schema.ts";
import { isCodeFont, styleOf } from "./style.ts";

const tagsOfMark = {
  bold: "b strong",
  italic: "em i cite dfn",
  strike: "s del strike",
  code: "code kbd samp tt",
};
const marksOfTag = new Map(
  Object.entries(tagsOfMark).flatMap(([mark, tags]) => tags.split(" ").map((tag) => [tag, mark] as const)),
);

/** The marks of an element's text, given those around it: what its tag says, and over that what its style says. */
export function marksOf(element: Element, outer: Marks): Marks {
  const marks: { [name: string]: Value } = { ...outer };
  const set = (name: string, is: boolean) => {
    if (is) marks[name] = true;
    else delete marks[name];
  };
  const name = marksOfTag.get(element.localName);
  if (name) set(name, true);
  const style = styleOf(element);
  const weight = style.get("font-weight");
  if (weight && weight !== "inherit") set("bold", /^(?:bold|bolder|[6-9]\d\d)$/.test(weight));
  const slant = style.get("font-style");
  if (slant && slant !== "inherit") set("italic", /^(?:italic|oblique)/.test(slant));
  const line = style.get("text-decoration-line") ?? style.get("text-decoration") ?? "";
  if (/line-through/.test(line)) set("strike", true);
  const family = style.get("font-family") ?? element.getAttribute("face");
  if (family && family !== "inherit" && name !== "code") set("code", isCodeFont(family));
  const href = element.localName === "a" ? linkOf(element) : null;
  const title = element.getAttribute("title");
  if (href !== null) marks["link"] = { href, ...(title ? { title } : {}) };
  return marks;
}

/** Where a link leads; null where it leads nowhere from here. */
function linkOf(link: Element): string | null {
  const address = directAddress(link.getAttribute("data-address") ?? link.getAttribute("href") ?? "");
  // A place on the page that was copied from is none on this one.
  return address === "" || address.startsWith("#") || !isSafeAddress(address) ? null : address;
}

/** Google puts an address of its own in front of every link that leads elsewhere. */
function directAddress(address: string): string {
  if (!/^https?:\/\/(?:www\.)?google\.[a-z.]+\/url\?/.test(address) || !URL.canParse(address)) return address;
  const { searchParams } = new URL(address);
  return searchParams.get("q") ?? searchParams.get("url") ?? address;
}
