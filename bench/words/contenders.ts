import { plenum, plenumKeys } from "../../client/editor/binding/fuzz-plenum.stage.ts";
import type { Key, Settings } from "../../client/editor/binding/fuzz-plan.stage.ts";
import type { Contender } from "../../client/editor/binding/fuzz-round.stage.ts";
import { asYProsemirror, asYTiptap } from "./as-tree.ts";

/** Who is compared, by the name that the table gives them. */
export const contenders = {
  Plenum: plenum,
  "y-prosemirror 1.3.7": asYProsemirror,
  "y-tiptap 3.0.9": asYTiptap,
} satisfies { [name: string]: Contender };

export type Name = keyof typeof contenders;

/** The keys that mean the same in all of them. */
const common = new Set(
  "Enter Shift-Enter Backspace Delete Tab Shift-Tab Mod-b Mod-i Mod-Shift-s Mod-e Mod-Alt-0 Mod-Alt-1 Mod-Alt-2 Mod-Alt-3 Mod-Alt-4 Mod-Shift-8 Mod-Shift-7 Mod-Shift-b Mod-Alt-c".split(
    " ",
  ),
);
export const commonKeys: readonly Key[] = plenumKeys.filter(({ name }) => common.has(name));

/** How late and how structural: the settings that the test, too, goes through. */
export const delays = [0, 3, 10, 60, 100];
export const shares = [0.16, 0.34];

/** The settings of a round; the same round has the same seed wherever it is played. */
export function settingsOf(
  n: number,
  delay: number,
  share: number,
  keys: readonly Key[] = plenumKeys,
): Settings {
  return { seed: n * 1000 + delay, steps: 240, delay, share, keys };
}
