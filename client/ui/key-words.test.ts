import { expect, test } from "vitest";
import { keyWords } from "./key-words.ts";

test("a key is said as it stands on the keyboard at hand", () => {
  expect(keyWords("Mod-Alt-m", "Linux x86_64")).toBe("Ctrl+Alt+M");
  expect(keyWords("Mod-Shift-8", "MacIntel")).toBe("⌘⇧8");
});
