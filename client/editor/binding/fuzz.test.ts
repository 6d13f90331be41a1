import { expect, test } from "vitest";
import { makePlan, type Act, type Effect, type Plan, type Settings } from "./fuzz-plan.stage.ts";
import { plenumKeys } from "./fuzz-commands.stage.ts";
import { plenum } from "./fuzz-plenum.stage.ts";
import { play, type Contender } from "./fuzz-round.stage.ts";

/*
 * Three to five people, and now and then one alone, at twelve shared paragraphs, most of them typing words that occur once, the others giving
 * every command that the editor has, copying, cutting, pasting, undoing, redoing, and going away for a while; updates
 * arrive late. Whatever order that gives: no word is lost, none is doubled but by two people who move one block, all
 * come to the same page, and each view shows what its text holds after every single step, without once being mended.
 *
 * A longer run: VITE_FUZZ_ROUNDS=100 VITE_FUZZ_SEED=1000 npx vitest run client/editor/binding/fuzz
 */

const rounds = Number(import.meta.env["VITE_FUZZ_ROUNDS"] ?? 12);
const firstSeed = Number(import.meta.env["VITE_FUZZ_SEED"] ?? 1);
const flawless = { lost: [], doubled: [], diverged: false, faults: [] };

/** Plays a plan that is to go well; answers how many words were typed. */
function playWell(plan: Plan, name: string): number {
  try {
    const { typed, twice: _twice, buried: _buried, ...flaws } = play(plan, plenum, true);
    expect(flaws).toEqual(flawless);
    return typed;
  } catch (error) {
    throw new Error(name, { cause: error });
  }
}

for (const delay of [0, 3, 10, 60, 100]) {
  for (const share of [0.16, 0.34]) {
    test(`no word is lost with updates up to ${delay} steps late and ${share * 100} % of steps other than typing`, () => {
      let typed = 0;
      for (let n = firstSeed; n < firstSeed + rounds; n += 1) {
        const settings: Settings = { seed: n * 1000 + delay, steps: 240, delay, share, keys: plenumKeys };
        typed += playWell(makePlan(settings), `seed ${settings.seed}, delay ${delay}, share ${share}`);
      }
      // With twelve rounds of each setting, more than twenty thousand in all; a single round may type fewer.
      if (rounds >= 12) expect(typed).toBeGreaterThan(rounds * 240 * (1 - share) * 0.93);
    }, 120_000);
  }
}

/** A plan by hand: one person after another, who hear of each other at the end. */
const planOf = (...acts: [by: number, act: Act][]): Plan => ({
  settings: { seed: 0, steps: acts.length, delay: 0, share: 0, keys: [] },
  people: 2,
  steps: acts.map(([by, act], at) => ({ at, by, act, late: [1000, 1000] })),
});

/** An editor that does something of its own to the page whenever a key is pressed. */
const meddling = (text: string): Contender => ({
  ...plenum,
  sit: (person, update) => {
    const writer = plenum.sit(person, update);
    const press = () =>
      writer.dispatch(text ? writer.state.tr.insertText(text, 1) : writer.state.tr.delete(1, 9));
    return Object.defineProperty(writer, "press", { value: press });
  },
});

const pressing = (name: string, effect: Effect, at: number): Act => ({
  do: "press",
  key: { name, where: "anywhere", effect },
  at,
  reach: 0,
});
const press = pressing("any", "keeps", 0.5);

test("a word that a key takes away is lost, one that it puts is doubled, and the step is named", () => {
  expect(play(planOf([0, press]), meddling(""), false).lost).toEqual(["start0x"]);
  expect(play(planOf([0, press]), meddling("start3x "), false).doubled).toEqual(["start3x"]);
  expect(() => play(planOf([0, press]), meddling(""), true)).toThrow('"press"');
});

test("words that people cut, or undo, are not lost; what was copied may stand twice", () => {
  const cut: Act = { do: "cut", at: 0, reach: 1 };
  const typed: Act = { do: "type", word: "w1x", at: 0.5, reach: 0 };
  const gone = play(planOf([0, cut], [1, typed], [1, { do: "undo" }]), plenum, true);
  expect(gone).toEqual({ typed: 1, twice: [], buried: [], ...flawless });
  const copied = play(
    planOf([0, { ...cut, do: "copy" }], [0, { do: "paste", at: 0.9, reach: 0 }]),
    plenum,
    true,
  );
  expect(copied).toEqual({ typed: 0, twice: [], buried: [], ...flawless });
});

test("a block that two people move at once is mended; where one changed it before, its words stand twice", () => {
  const down = pressing("move down", "moves", 0);
  expect(play(planOf([0, down], [1, down]), plenum, true)).toEqual({
    typed: 0,
    twice: [],
    buried: [],
    ...flawless,
  });
  const changed = play(
    planOf([0, down], [1, down], [1, { do: "type", word: "w1x", at: 0.1, reach: 0 }]),
    plenum,
    true,
  );
  expect(changed).toEqual({ typed: 1, twice: ["start0x"], buried: [], ...flawless });
});

test("people who cannot hear each other see different pages", () => {
  const deaf: Contender = {
    ...plenum,
    sit: (person, update) => Object.assign(plenum.sit(person, update), { receive: () => {} }),
  };
  const typed: Act = { do: "type", word: "w1x", at: 0.5, reach: 0 };
  expect(play(planOf([0, typed]), deaf, false).diverged).toBe(true);
});
