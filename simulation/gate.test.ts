import { expect, test } from "vitest";
import type * as Y from "yjs";
import { plenumKeys } from "../client/editor/binding/fuzz-commands.stage.ts";
import { makePlan } from "../client/editor/binding/fuzz-plan.stage.ts";
import { plenum } from "../client/editor/binding/fuzz-plenum.stage.ts";
import { play, type Contender } from "../client/editor/binding/fuzz-round.stage.ts";
import type { PersonId } from "../shared/base/ids.ts";
import { judge } from "../server/sync/gate.ts";
import { PagePlaces } from "../server/sync/page-places.ts";
import { Known } from "../server/sync/update/known.ts";
import { walk } from "../server/sync/update/walk.ts";

/* The editor's own fuzz, and behind every edit the server's gate: people who give every command there is. */

const nobodys = { ownerOf: () => null, isOutdated: false, bodyBytes: 0, authorsBrought: 0 };

/** The editor, and what the gate says of each of its updates, in the order in which they are made. */
function gated(said: Map<string, number>): Contender {
  const known = new Known();
  const places = new PagePlaces({ runs: [], deletes: [] });
  const keep = (update: Uint8Array) => {
    const walked = walk(update);
    places.learn(walked);
    known.learn(walked);
  };
  const hear = (update: Uint8Array, person: PersonId) => {
    const attempt = { ...nobodys, role: "editor", form: "edit", person, update, known } as const;
    const verdict = judge({ ...attempt, places: () => places });
    const word = "refused" in verdict ? `${verdict.refused.code}: ${verdict.refused.details}` : verdict.pass;
    said.set(word, (said.get(word) ?? 0) + 1);
    keep(update);
  };
  return {
    ...plenum,
    start: (paragraphs) => {
      const update = plenum.start(paragraphs);
      keep(update);
      return update;
    },
    sit: (person, update) => {
      const writer = plenum.sit(person, update);
      writer.doc.on("update", (bytes: Uint8Array, _: unknown, __: Y.Doc, { local }: Y.Transaction) => {
        if (local) hear(bytes, `person-${person}` as PersonId);
      });
      return writer;
    },
  };
}

test.each([1, 2, 3, 4, 5, 6])(
  "[GATE-6] whatever the editor's own commands write passes (seed %i)",
  (seed) => {
    const said = new Map<string, number>();
    const delay = [0, 10, 100][seed % 3]!;
    play(makePlan({ seed, steps: 240, delay, share: 0.34, keys: plenumKeys }), gated(said), false);
    expect(said.get("news")).toBeGreaterThan(100);
    expect([...said.keys()].filter((word) => !["news", "known"].includes(word))).toEqual([]);
  },
  60_000,
);
