import { useEffect, useState } from "react";
import { sectionAt, type Section } from "./sections.ts";

/** Below the bar, and a third of a page lower: a heading that has passed this line has been reached. */
const readingLine = 180;

/** The id of the section that is being read, as the page is scrolled. Null above the first. */
export function useReading(
  text: { element: HTMLElement } | null,
  sections: readonly Section[],
): string | null {
  const [reading, setReading] = useState<string | null>(null);
  useEffect(() => {
    if (!text) return;
    const look = (): void => {
      const headings = [...text.element.querySelectorAll("h2")];
      const tops = headings.map((heading) => heading.getBoundingClientRect().top);
      const index = sectionAt(tops, readingLine);
      setReading(index === null ? null : (sections[index]?.id ?? null));
    };
    let frame = 0;
    const onScroll = (): void => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(look);
    };
    look();
    addEventListener("scroll", onScroll, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener("scroll", onScroll);
    };
  }, [text, sections]);
  return reading;
}
