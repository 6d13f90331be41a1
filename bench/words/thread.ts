import { parentPort } from "node:worker_threads";
import { makePlan, wordsOf, type Settings } from "../../client/editor/binding/fuzz-plan.stage.ts";
import { flawOf } from "./round.ts";

/** What a thread says of a round that it was asked to play. */
export type Played = { settings: Settings; typed: number; flaw: string | null };

parentPort?.on("message", (settings: Settings) => {
  const plan = makePlan(settings);
  const played: Played = { settings, typed: wordsOf(plan), flaw: flawOf(plan) };
  parentPort?.postMessage(played);
});
