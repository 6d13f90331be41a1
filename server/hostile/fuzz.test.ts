import { honestPeople, mutations } from "./fuzz.stage.ts";
import { testCases } from "./endure.stage.ts";
import type { Case } from "./scene.stage.ts";

const seeds = [1, 2, 3];

const honest = seeds.map((seed): Case => ({
  name: "honest.fuzz",
  promise: `six people who edit, undo and go away are never refused, and have one page in the end (seed ${seed})`,
  attack: (arena) => honestPeople(arena, 500, seed),
  expected: { refused: [], apart: 0 },
}));

const seed = 1;
const messages = 10_000;

testCases([
  ...honest,
  {
    name: "fuzz.mutations",
    // Thousands of sockets leave garbage that V8 takes away when it must; a few megabytes of it are really kept.
    mostGrownBytes: 300 * 1024 * 1024,
    promise: `${messages} messages with damaged bytes leave a sound page (seed ${seed})`,
    attack: async (arena) => {
      const { kept, sockets } = await mutations(arena, messages, seed);
      return { isSomeKept: kept > 500, isSomeRefused: sockets > 500 };
    },
    expected: { isSomeKept: true, isSomeRefused: true },
  },
]);
