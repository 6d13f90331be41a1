import { asHocuspocus } from "./as-hocuspocus.ts";
import { asPlenum } from "./as-plenum.ts";
import { asRelay } from "./as-relay.ts";
import { atMost, atMostOf, none, type Bar, type Figures, type Scale } from "./bar.ts";
import type { Contender } from "./contender.ts";
import { Crowd, Tally } from "./crowd.ts";
import { makePage } from "./page.ts";
import { withHouse } from "./stage.ts";
import { pause, typeAll } from "./typing.ts";

const rooms = 200;
const peopleEach = 5;
const keysPerSecond = 2;

const relay = asRelay("naive relay", false);
const hocuspocus = asHocuspocus("Hocuspocus", 0);

/** Many small groups, each by itself. */
export const manyRooms: Bar = {
  number: 6,
  title: "200 rooms, 2,000 edits a second",
  work: "Five people in each room, all of them typing two keys a second, in pages of 80 kB.",
  contenders: [asPlenum, relay, hocuspocus],
  rows: [
    {
      figure: "CPU per edit",
      unit: "µs",
      goals: [atMostOf(hocuspocus.name, 1 / 4), atMostOf(relay.name, 1.25)],
    },
    { figure: "share of a core", unit: "core", goals: [] },
    { figure: "p50", unit: "ms", goals: [] },
    { figure: "p99", unit: "ms", goals: [atMost(8, "ms")] },
    { figure: "missing", unit: "count", goals: [none] },
    { figure: "written to disk per edit", unit: "B", goals: [atMostOf(hocuspocus.name, 1 / 5)] },
  ],
  measure: (contender, scale) => measure(contender, scale),
};

function measure(contender: Contender, { isQuick, forMs }: Scale): Promise<Figures> {
  const page = makePage(100, 780, 1);
  return withHouse(contender, async (house) => {
    const made = await house.makeRooms(rooms, 100, page);
    let tally = new Tally();
    const crowds = [];
    for (const room of made) {
      const plan = { clients: peopleEach, writers: peopleEach, places: page.places };
      crowds.push(await Crowd.gather(room, contender.dialect, plan, () => tally));
    }
    const writers = crowds.flatMap((crowd) =>
      Array.from({ length: peopleEach }, (_, writer) => ({ crowd, writer })),
    );
    await typeAll(house.server, shuffled(writers), { perSecond: keysPerSecond, forMs: 1_000 }, tally);
    // Documents that are stored a while after they were changed are to be stored by those who type now.
    if (!isQuick) await pause(3_000);
    tally = new Tally();
    // Twice as long as the longest wait before anybody's documents are stored.
    const typed = await typeAll(
      house.server,
      shuffled(writers),
      { perSecond: keysPerSecond, forMs: isQuick ? forMs : Math.max(forMs, 20_000) },
      tally,
    );
    for (const crowd of crowds) crowd.leave();
    return {
      "CPU per edit": typed.cpuUsPerEdit,
      "share of a core": typed.core,
      p50: typed.p50,
      p99: typed.p99,
      missing: typed.missing,
      "written to disk per edit": typed.writtenPerEdit,
    };
  });
}

/** In a mixed order that is always the same one: neighbours in it are of different rooms. */
function shuffled<T>(all: readonly T[]): T[] {
  return all
    .map((each, at) => ({ each, rank: (at * 7_919) % all.length }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ each }) => each);
}
