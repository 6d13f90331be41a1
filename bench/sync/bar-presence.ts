import { asHocuspocus } from "./as-hocuspocus.ts";
import { asPlenum, asPlenumForOthers } from "./as-plenum.ts";
import { asRelay } from "./as-relay.ts";
import { atMost, atMostOf, type Bar, type Figures, type Row, type Scale } from "./bar.ts";
import type { Contender } from "./contender.ts";
import { Latencies } from "./latencies.ts";
import { makePage } from "./page.ts";
import { PresentCrowd } from "./present-crowd.ts";
import { withHouse } from "./stage.ts";
import { pause } from "./typing.ts";

const relay = asRelay("relay", true);
const hocuspocus = asHocuspocus("Hocuspocus", 0);

const rowsFor = (clients: number, mostMs: number, share: Row["goals"], bytes: Row["goals"]): Row[] => [
  { figure: `${clients} people: CPU per second`, unit: "ms", goals: share },
  { figure: `${clients} people: bytes to each per second`, unit: "kB", goals: bytes },
  { figure: `${clients} people: p95`, unit: "ms", goals: [atMost(mostMs, "ms")] },
  { figure: `${clients} people: moves seen`, unit: "%", goals: [] },
];

/** Everybody's caret moves once a second. */
export const presence: Bar = {
  number: 3,
  title: "500 carets that move once a second",
  work: "Everybody moves their caret once a second, and sees everybody else's; then the same with 100 people.",
  contenders: [asPlenum, asPlenumForOthers, relay, hocuspocus],
  rows: [
    ...rowsFor(500, 250, [atMostOf(hocuspocus.name, 1 / 12)], [atMostOf(hocuspocus.name, 1 / 7)]),
    ...rowsFor(100, 60, [], []),
  ],
  measure: async (contender, scale) => ({
    ...(await measure(contender, scale, 500)),
    ...(await measure(contender, scale, 100)),
  }),
};

function measure(contender: Contender, { forMs }: Scale, clients: number): Promise<Figures> {
  const page = makePage(20, 300, 1);
  return withHouse(contender, async ({ server, makeRooms }) => {
    const [room] = await makeRooms(1, clients, page);
    const crowd = await PresentCrowd.gather(room!, contender.dialect, clients, page.places);
    // Everybody is told of everybody once; only then is it about who moves.
    await crowd.move(1_000, new Latencies());
    await pause(1_000);
    const latencies = new Latencies();
    const before = await server.meter();
    const bytesBefore = crowd.bytes;
    await crowd.move(forMs, latencies);
    await pause(500);
    const after = await server.meter();
    const seconds = forMs / 1000;
    crowd.leave();
    return {
      [`${clients} people: CPU per second`]: (after.cpuMs - before.cpuMs) / seconds,
      [`${clients} people: bytes to each per second`]: (crowd.bytes - bytesBefore) / clients / seconds / 1000,
      [`${clients} people: p95`]: latencies.percentile(0.95),
      [`${clients} people: moves seen`]: crowd.shareSeen * 100,
    };
  });
}
