/*
 * What holds in every run, whatever goes wrong in it; server/sync/SPEC.md says it at more length. `watch.ts` looks
 * after every step, `quiet.ts` when all has calmed down.
 */
export const rules = [
  "[SIM-1] when all is quiet, everybody's page is the server's, its journal's, and a newcomer's",
  "[SIM-2] what anybody is told is on the disk at that moment",
  "[SIM-3] what is said to be saved is on the disk, and numbers never go back",
  "[SIM-4] whoever wrote as an author first is the only one to write as that author",
  "[SIM-5] only who may write at that moment has entries in the journal",
  "[SIM-6] within a second, nobody sits on a role that they no longer have",
  "[SIM-7] a page is whole, has its three roots only, and can be read without mending",
  "[SIM-8] nothing grows without end, and rooms are closed when all have left",
  "[SIM-9] presence is of who is there, in their own name, and is gone within two seconds of their leaving",
  "[SIM-10] records stay as they were made, each ask is one, and whoever was answered finds it",
  "[SIM-11] nobody honest is refused, and all are together within ten seconds",
  "[SIM-12] undo takes back only what its own person did",
  "[SIM-13] whoever exports a page exports the same text",
  "[SIM-15] no word is lost that nobody deleted, or it is kept for who typed it",
] as const;

/** The number of a rule: SIM-1. */
export const numberOf = (rule: string): string => /^\[([A-Z]+-\d+)\]/.exec(rule)?.[1] ?? rule;
