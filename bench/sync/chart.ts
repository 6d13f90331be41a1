import { median } from "../editor/figures.ts";
import type { Bar, Figures } from "./bar.ts";
import type { Results } from "./table.ts";

/*
 * The cost of each promise's main figure, beside the others', as bars of a picture. Each group has a scale of its own:
 * what counts is who needs how much of what the others need.
 */

type Group = { title: string; bars: { name: string; value: number }[] };

const width = 720;
const barHeight = 20;
const nameWidth = 170;

/** The measured bars' first figures as one SVG, or null where there is nothing to compare. */
export function chart(measured: ReadonlyMap<Bar, Results>): string | null {
  const groups = [...measured].flatMap(([bar, results]) => groupOf(bar, results));
  if (groups.length === 0) return null;
  let top = 12;
  const drawn = groups.map((group) => {
    const svg = drawGroup(group, top);
    top += group.bars.length * barHeight + 44;
    return svg;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${top}" font-family="sans-serif" font-size="13">`,
    `<rect width="${width}" height="${top}" fill="#ffffff"/>`,
    ...drawn,
    "</svg>",
    "",
  ].join("\n");
}

function groupOf({ title, rows, contenders }: Bar, results: Results): Group[] {
  const compared = rows.find(({ goals }) => goals.some(({ text }) => text.includes("Hocuspocus")));
  if (!compared) return [];
  const bars = contenders.map(({ name }) => ({ name, value: middle(results.get(name), compared.figure) }));
  const known = bars.filter(({ value }) => !Number.isNaN(value));
  return known.length < 2 ? [] : [{ title: `${title}: ${compared.figure}, ${compared.unit}`, bars: known }];
}

function middle(rounds: readonly Figures[] = [], figure: string): number {
  const values = rounds.map((round) => round[figure] ?? NaN).filter((value) => !Number.isNaN(value));
  return values.length === 0 ? NaN : median(values);
}

function drawGroup({ title, bars }: Group, top: number): string {
  const most = Math.max(...bars.map(({ value }) => value));
  const lines = bars.map(({ name, value }, at) => {
    const y = top + 24 + at * barHeight;
    const length = Math.max(1, ((width - nameWidth - 90) * value) / most);
    const color = at === 0 ? "#2f5d8a" : "#b9c2cc";
    return [
      `<text x="${nameWidth - 8}" y="${y + 14}" text-anchor="end" fill="#333333">${name}</text>`,
      `<rect x="${nameWidth}" y="${y + 3}" width="${length.toFixed(1)}" height="${barHeight - 6}" fill="${color}"/>`,
      `<text x="${(nameWidth + length + 6).toFixed(1)}" y="${y + 14}" fill="#333333">${shown(value)}</text>`,
    ].join("\n");
  });
  return [`<text x="12" y="${top + 14}" font-weight="bold" fill="#111111">${title}</text>`, ...lines].join(
    "\n",
  );
}

const shown = (value: number): string =>
  value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 2 : 0 });
