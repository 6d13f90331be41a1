import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod/mini";
import { frame } from "../../shared/protocol/frames.ts";
import { fromBrowser } from "../../shared/protocol/from-browser.ts";
import { fromServer } from "../../shared/protocol/from-server.ts";
import { protocolVersion } from "../../shared/protocol/version.ts";

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
  const said = fromServer.def.options.flatMap((option) => option.def.shape.say.def.values);
  const heard = fromBrowser.def.options.flatMap((option) => option.def.shape.say.def.values);
  const halves = page.split("From the server:");
  const listed = halves.map((half) => table(half, "message").map(([name]) => name));
  expect(listed).toEqual([heard, [...new Set(said)]]);
});

/** The hash of all shapes in each version that there was. No line here ever changes; a new version adds one. */
const shapes: Record<number, string> = {
  1: "ad6820cf00c6a81730af03bb3f36acc0ec8cebc94eeb71b6533373c1933e80ac",
  2: "edd6f61e7e2fd214e38db5f9b3f31787bc6c508d925740522e434f722ff0e6da",
  3: "c7b84f32034ca6ead7ad3ddc4aa48c19bcffb99d6089a750afdd4ccfc685e380",
};

test("what browsers and servers say has the shapes of this version: to change them is to raise it", () => {
  const shapeOf = (each: z.ZodMiniType) => z.toJSONSchema(each, { io: "input", unrepresentable: "any" });
  const all = JSON.stringify([frame, shapeOf(fromBrowser), shapeOf(fromServer)]);
  expect(createHash("sha256").update(all).digest("hex")).toBe(shapes[protocolVersion]);
});
