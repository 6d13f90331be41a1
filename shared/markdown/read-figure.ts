import type { Attrs, Inline } from "../body/blocks.ts";

/** The figure that a paragraph is, which holds one picture alone, or a pair for light and for dark screens. */
export function figureOf(content: readonly Inline[]): Attrs | null {
  const [first, between, second, ...more] = content;
  const light = pictureIn(first);
  if (!light || content.length === 1) return light;
  const dark = pictureIn(second);
  const isApart = between !== undefined && "text" in between && between.text === " " && !between.marks;
  if (!dark || !isApart || more.length > 0 || light.alt !== dark.alt) return null;
  const [src, darkSrc] = [without(light.src, "#only-light"), without(dark.src, "#only-dark")];
  return src === null || darkSrc === null ? null : { src, alt: light.alt, dark: darkSrc };
}

function pictureIn(run: Inline | undefined): { src: string; alt: string } | null {
  if (!run || !("atom" in run) || run.atom.type !== "image" || run.marks) return null;
  const { src, alt, title } = run.atom;
  return title === undefined && typeof src === "string" && typeof alt === "string" ? { src, alt } : null;
}

/** The address without this at its end, or null where it does not end so, or has another anchor. */
function without(src: string, anchor: string): string | null {
  const rest = src.endsWith(anchor) ? src.slice(0, -anchor.length) : "";
  return rest === "" || rest.includes("#") ? null : rest;
}

/** The words of a caption, in one line, where this HTML is nothing else. */
export function captionIn(html: string): string | null {
  const inside = /^\s*<figcaption>([\s\S]*\S[\s\S]*)<\/figcaption>[ \t]*$/.exec(html)?.[1];
  return inside?.trim().replaceAll(/[ \t]*\n[ \t]*/g, " ") ?? null;
}
