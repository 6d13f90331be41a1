import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { frame } from "../../shared/protocol/frames.ts";
import { fromBrowser } from "../../shared/protocol/from-browser.ts";
import type { FromServer } from "../../shared/protocol/from-server.ts";

const page =
  readFileSync(new URL("../../docs/protocol.md", import.meta.url), "utf8").split("## Websocket")[1] ?? "";

/** The cells of the first table in a text whose head begins with this word. */
function table(text: string, first: string): string[][] {
  const [, rows = ""] = text.split(new RegExp(`^\\| ${first} .*\\n\\|[- |]+\\n`, "m"));
  const lines = rows.split("\n");
  const end = lines.findIndex((line) => !line.startsWith("|"));
  return lines.slice(0, end).map((line) =>
    line
      .split("|")
      .map((cell) => cell.trim().replaceAll("`", ""))
      .slice(1),
  );
}

test("docs/protocol.md lists exactly the types of frames that there are", () => {
  const listed = table(page, "type").map(([number, name]) => [name, Number(number)]);
  expect(Object.fromEntries(listed)).toEqual(frame);
});

test("docs/protocol.md lists exactly what a browser and a server may say", () => {
  const said: Record<FromServer["say"], true> = { welcome: true, records: true, answer: true, pong: true };
  const heard = fromBrowser.def.options.flatMap((option) => option.def.shape.say.def.values);
  const halves = page.split("From the server:");
  const listed = halves.map((half) => table(half, "message").map(([name]) => name));
  expect(listed).toEqual([heard, Object.keys(said)]);
});
