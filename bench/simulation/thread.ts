import { parentPort } from "node:worker_threads";
import type { Setting } from "../../simulation/plan.ts";
import { playSeed } from "../../simulation/play.ts";

export type Asked = { setting: Setting; seed: number };
/** What a thread says of a seed that it was asked to play. */
export type Played = Asked & { flaw: string | null };

parentPort?.on("message", ({ setting, seed }: Asked) => {
  void playSeed(setting, seed).then(({ flaw }) => {
    const played: Played = { setting, seed, flaw };
    parentPort?.postMessage(played);
  });
});
