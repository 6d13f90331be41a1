import type { Atom, Inline, Marks } from "../../../shared/body/blocks.ts";

/** A line of text in the making: takes what stands in it, piece by piece, and has it as a browser would show it. */
export class Line {
  #runs: Inline[] = [];

  /** Text, its spaces and line ends made one space; with `keeps`, as they are. */
  text(text: string, marks: Marks, keeps: boolean): void {
    const bare = text.replaceAll(/[\u200b\ufeff\ufffc]/g, "").replaceAll(/\r\n?/g, "\n");
    // A space that must not break is one between words; others only make room.
    const plain = bare.replaceAll(/\u00a0(?=\s|$)|(?<=\s|^)\u00a0/g, " ");
    if (!keeps) return this.#add(plain.replaceAll(/[ \t\n\f]+/g, " "), marks);
    plain.split("\n").forEach((line, n) => {
      if (n > 0) this.atom({ type: "break" }, marks);
      this.#add(line, marks, true);
    });
  }

  atom(atom: Atom, marks: Marks): void {
    this.#runs.push({ atom, ...given(marks) });
  }

  /** What the line holds, in lines that two breaks or more part; and begins anew. */
  take(): Inline[][] {
    const lines: Inline[][] = [[]];
    let breaks = 0;
    for (const run of this.#runs) {
      breaks = isBreak(run) ? breaks + 1 : isBlank(run) ? breaks : 0;
      if (breaks === 2) lines.push([]);
      lines.at(-1)!.push(run);
    }
    this.#runs = [];
    return lines.map(trimmed).filter((line) => line.length > 0);
  }

  #add(text: string, marks: Marks, keeps = false): void {
    const last = this.#runs.at(-1);
    const afterSpace = last === undefined || isBreak(last) || ("text" in last && last.text.endsWith(" "));
    const added = afterSpace && !(keeps && marks["code"]) ? text.replace(/^ +/, "") : text;
    if (added === "") return;
    if (last && "text" in last && isSame(last.marks ?? {}, marks))
      this.#runs[this.#runs.length - 1] = { text: last.text + added, ...given(marks) };
    else this.#runs.push({ text: added, ...given(marks) });
  }
}

const given = (marks: Marks): { marks?: Marks } => (Object.keys(marks).length > 0 ? { marks } : {});
const isSame = (a: Marks, b: Marks): boolean => JSON.stringify(a) === JSON.stringify(b);

export const isBreak = (run: Inline): boolean => "atom" in run && run.atom.type === "break";
const isBlank = (run: Inline): boolean => "text" in run && run.text.trim() === "";

/** A line without the breaks and spaces at its ends that nobody sees; indented code keeps its indent. */
function trimmed(runs: readonly Inline[]): Inline[] {
  const first = runs.findIndex((run) => !isBreak(run) && !isBlank(run));
  const last = runs.findLastIndex((run) => !isBreak(run) && !isBlank(run));
  return runs.slice(first, first < 0 ? 0 : last + 1).map((run, n, all) => {
    if (!("text" in run)) return run;
    const text = n === all.length - 1 ? run.text.trimEnd() : run.text;
    return { ...run, text: n === 0 && !run.marks?.["code"] ? text.trimStart() : text };
  });
}

/** A line without a mark that all of it has. */
export function withoutCommon(mark: string, line: readonly Inline[]): readonly Inline[] {
  const isText = (run: Inline) => "text" in run && run.text.trim() !== "";
  if (!line.filter(isText).every((run) => run.marks?.[mark] !== undefined)) return line;
  return line.map((run) => {
    const { [mark]: _, ...marks } = run.marks ?? {};
    const { marks: _marks, ...bare } = run;
    return Object.keys(marks).length > 0 ? { ...bare, marks } : bare;
  });
}
