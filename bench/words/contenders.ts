import { plenumKeys } from "../../client/editor/binding/fuzz-commands.stage.ts";
import { plenum } from "../../client/editor/binding/fuzz-plenum.stage.ts";
import type { Key, Settings } from "../../client/editor/binding/fuzz-plan.stage.ts";
import type { Contender } from "../../client/editor/binding/fuzz-round.stage.ts";
import { asYProsemirror, asYTiptap, keys } from "./as-tree.ts";

/** Who is compared, by the name that the table gives them. */
export const contenders = {
  Plenum: plenum,
  "y-prosemirror 1.3.7": asYProsemirror,
  "y-tiptap 3.0.9": asYTiptap,
} satisfies { [name: string]: Contender };

export type Name = keyof typeof contenders;

/** The commands that all of them have. */
export const commonKeys: readonly Key[] = plenumKeys.filter(({ name }) => name in keys);

/** How late and how structural: the settings that the test, too, goes through. */
export const delays = [0, 3, 10, 60, 100];
export const shares = [0.16, 0.34, 0.6];

/** The settings of a round; the same round has the same seed wherever it is played. */
export function settingsOf(
  n: number,
  delay: number,
  share: number,
  keys: readonly Key[] = plenumKeys,
): Settings {
  return { seed: n * 1000 + delay, steps: 240, delay, share, keys };
}
