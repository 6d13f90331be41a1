import * as Y from "yjs";

/*
 * A page's body as lines that a person can compare: one for each block, with what it stands in, read from the document
 * as docs/format.md says.
 */

type Run = { insert?: unknown; attributes?: Record<string, unknown> };

/** `bullet > paragraph: some {bold|words}`, in the page's order. */
export function outlineOf(doc: Y.Doc): string[] {
  const lines: { head: string; text: string }[] = [];
  const notes: string[] = [];
  for (const run of doc.getText("body").toDelta() as Run[]) {
    if (run.insert instanceof Y.Map) lines.push({ head: headOf(doc, run.insert, notes), text: "" });
    else if (lines.length === 0) lines.push({ head: "paragraph", text: shown(run, notes) });
    else lines.at(-1)!.text += shown(run, notes);
  }
  return lines.map(({ head, text }) => (text === "" ? head : `${head}: ${text}`));
}

function headOf(doc: Y.Doc, marker: Y.Map<unknown>, notes: string[]): string {
  const { type, level, lang, src, alt } = marker.toJSON() as Record<string, unknown>;
  const own = [type, level, lang, src, alt].filter((each) => each !== undefined && each !== null).join(" ");
  const table = type === "table" ? tableOf(marker, notes) : "";
  return [
    ...boxesOf(
      doc,
      standOf(marker, (id) => markerOf(doc, id)),
      notes,
    ),
    own + table,
  ].join(" > ");
}

function boxesOf(doc: Y.Doc, id: unknown, notes: string[]): string[] {
  const container = id === null ? null : doc.getMap("containers").get(String(id));
  if (!(container instanceof Y.Map)) return [];
  const { kind, list, checked, start, type, open, label } = container.toJSON() as Record<string, unknown>;
  const note = kind === "footnote" ? ` ${numberOf(id, notes)} (${String(label)})` : "";
  const name = kind === "item" ? `${String(list)}${checked ? " done" : ""}` : `${String(kind)}${note}`;
  const more = [start === 1 ? undefined : start, type, open ? "open" : undefined];
  const own = [name, ...more.filter((each) => each !== undefined)].join(" ");
  const outer = standOf(container, (of) => doc.getMap("containers").get(of));
  return [...boxesOf(doc, outer, notes), own];
}

/** In what a block or container stands: as it says, or as that from which it was split does. */
function standOf(own: Y.Map<unknown>, find: (id: string) => unknown): unknown {
  const { in: inside, born } = own.toJSON() as { in?: unknown; born?: { of: string; in: unknown } };
  if (inside !== undefined || !born) return inside ?? null;
  const origin = find(born.of);
  return origin instanceof Y.Map ? standOf(origin as Y.Map<unknown>, find) : born.in;
}

function markerOf(doc: Y.Doc, id: string): unknown {
  const runs = doc.getText("body").toDelta() as Run[];
  return runs.find(({ insert }) => insert instanceof Y.Map && insert.get("id") === id)?.insert;
}

/** Notes are numbered as they are met: ids are chance. */
function numberOf(id: unknown, notes: string[]): number {
  if (!notes.includes(String(id))) notes.push(String(id));
  return notes.indexOf(String(id)) + 1;
}

function shown({ insert, attributes = {} }: Run, notes: string[]): string {
  const names = Object.entries(attributes).map(([name, value]) =>
    name === "link" ? (value as { href: string }).href : name,
  );
  const text = typeof insert === "string" ? insert : atomOf(insert as Record<string, unknown>, notes);
  return names.length > 0 ? `{${names.toSorted().join(" ")}|${text}}` : text;
}

function atomOf({ type, src, alt, to, source }: Record<string, unknown>, notes: string[]): string {
  if (type === "break") return "⏎";
  if (type === "footnote") return `[^${numberOf(to, notes)}]`;
  return `<${[type, src, alt, source].filter((each) => each !== undefined).join(" ")}>`;
}

function tableOf(marker: Y.Map<unknown>, notes: string[]): string {
  const [columns, rows] = ["columns", "rows"].map((name) => linesOf(marker.get(name)));
  const cells = marker.get("cells");
  const aligns = columns!.map(([, column]) => String(column.get("align") ?? "-")).join(" ");
  const cell = (row: string, column: string) => {
    const text = cells instanceof Y.Map ? (cells as Y.Map<unknown>).get(`${row}:${column}`) : null;
    return text instanceof Y.Text ? (text.toDelta() as Run[]).map((run) => shown(run, notes)).join("") : "";
  };
  const lines = rows!.map(([row]) => columns!.map(([column]) => cell(row, column)).join(" | "));
  return ` (${aligns})\n  ${lines.join("\n  ")}`;
}

function linesOf(map: unknown): [string, Y.Map<unknown>][] {
  if (!(map instanceof Y.Map)) return [];
  const entries = [...(map as Y.Map<Y.Map<unknown>>).entries()].filter(
    ([, line]) => line.get("gone") !== true,
  );
  return entries.toSorted(([a, one], [b, other]) => {
    const [p, q] = [String(one.get("at")), String(other.get("at"))];
    return p < q || (p === q && a < b) ? -1 : 1;
  });
}
