import { asHocuspocus } from "./as-hocuspocus.ts";
import { asPlenum } from "./as-plenum.ts";
import { asRelay } from "./as-relay.ts";
import { atMost, atMostOf, none, type Bar, type Figures, type Row, type Scale } from "./bar.ts";
import type { Contender } from "./contender.ts";
import { Crowd, Tally } from "./crowd.ts";
import { makePage } from "./page.ts";
import { withHouse } from "./stage.ts";
import { typeAll, type Typed } from "./typing.ts";

/** How many keys a second somebody presses who types without thinking. */
const keysPerSecond = 5;

const relay = asRelay("relay", true);
const hocuspocus = asHocuspocus("Hocuspocus", 0);
const flushing = asHocuspocus("Hocuspocus, 20 ms", 20);

const cost = (writers: number): Row => ({
  figure: `${writers} typing: CPU per delivered edit`,
  unit: "µs",
  goals: [atMostOf(hocuspocus.name, 1 / 6), atMostOf(relay.name, 1.15)],
});
const wait = (name: string, mostMs: number): Row[] => [
  { figure: `${name}: p50`, unit: "ms", goals: [] },
  { figure: `${name}: p99`, unit: "ms", goals: [atMost(mostMs, "ms")] },
  { figure: `${name}: missing`, unit: "count", goals: [none] },
];

/** Many read what some of them type. */
export const crowdedRoom: Bar = {
  number: 1,
  title: "500 clients in one room",
  work: "20, then 100 of them type five keys a second; every key has to reach every other client.",
  contenders: [asPlenum, relay, hocuspocus, flushing],
  rows: [20, 100].flatMap((writers) => [
    cost(writers),
    { figure: `${writers} typing: share of a core`, unit: "core", goals: [] },
    ...wait(`${writers} typing`, 60),
  ]),
  measure: (contender, scale) => inOneRoom(contender, scale, 500, [20, 100]),
};

/** How many one core can serve in one room. */
export const onOneCore: Bar = {
  number: 2,
  title: "One room on one core",
  work: "1,100 and 3,000 clients of whom 100 type, and 200 people who all type.",
  contenders: [asPlenum, relay, hocuspocus],
  rows: [
    { figure: "1,100 clients, 100 typing: share of a core", unit: "core", goals: [atMost(0.24, "core")] },
    ...wait("1,100 clients, 100 typing", 90),
    { figure: "3,000 clients, 100 typing: share of a core", unit: "core", goals: [] },
    ...wait("3,000 clients, 100 typing", 120),
    { figure: "200 clients, 200 typing: share of a core", unit: "core", goals: [] },
    ...wait("200 clients, 200 typing", 100),
  ],
  measure: async (contender, scale) => {
    let figures: Figures = {};
    for (const [clients, writers] of [
      [1_100, 100],
      [3_000, 100],
      [200, 200],
    ] as const) {
      const measured = await inOneRoom(contender, scale, clients, [writers]);
      const named = Object.entries(measured).map(([figure, value]) => [
        `${clients.toLocaleString("en")} clients, ${figure}`,
        value,
      ]);
      figures = { ...figures, ...Object.fromEntries(named) };
    }
    return figures;
  },
};

/** Some clients in one room, and each time so many of them type. */
function inOneRoom(
  contender: Contender,
  scale: Scale,
  clients: number,
  turns: readonly number[],
): Promise<Figures> {
  const page = makePage(100, 300, 1);
  return withHouse(contender, async (house) => {
    const [room] = await house.makeRooms(1, Math.min(clients, 500), page);
    let tally = new Tally();
    const writers = Math.max(...turns);
    const crowd = await Crowd.gather(
      room!,
      contender.dialect,
      { clients, writers, places: page.places },
      () => tally,
    );
    const type = (count: number, forMs: number): Promise<Typed> => {
      tally = new Tally();
      const some = Array.from({ length: count }, (_, writer) => ({ crowd, writer }));
      return typeAll(house.server, some, { perSecond: keysPerSecond, forMs }, tally);
    };
    // The first second is the compiler's.
    await type(turns[0]!, 1_000);
    let figures: Figures = {};
    for (const count of turns) figures = { ...figures, ...named(count, await type(count, scale.forMs)) };
    crowd.leave();
    return figures;
  });
}

const named = (writers: number, typed: Typed): Figures => ({
  [`${writers} typing: CPU per delivered edit`]: typed.cpuUsPerDelivery,
  [`${writers} typing: share of a core`]: typed.core,
  [`${writers} typing: p50`]: typed.p50,
  [`${writers} typing: p99`]: typed.p99,
  [`${writers} typing: missing`]: typed.missing,
});
