import { asHocuspocus } from "./as-hocuspocus.ts";
import { asPlenum } from "./as-plenum.ts";
import { atMost, none, type Bar, type Figures, type Row, type Scale } from "./bar.ts";
import type { Contender, House } from "./contender.ts";
import { Crowd, Tally } from "./crowd.ts";
import { makePage, type Page } from "./page.ts";
import { withHouse } from "./stage.ts";
import { typeAll, until } from "./typing.ts";

const hocuspocus = asHocuspocus("Hocuspocus", 0);

const sizes = [
  ["10 kB", 12],
  ["100 kB", 120],
  ["1 MB", 1_200],
  ["7 MB", 8_400],
] as const;

const histories = [1_000, 10_000, 100_000, 1_000_000] as const;

const grouped = (count: number): string => count.toLocaleString("en");

const cost = (name: string): Row => ({ figure: name, unit: "µs", goals: [] });

/** Whether what was there before costs those who write now. */
export const growth: Bar = {
  number: 7,
  title: "Growth",
  work:
    "CPU for one of 100 keys a second, with one reader: in pages of different sizes, and in one page behind more and " +
    "more updates, by twenty writers. A million of them only with --long.",
  contenders: [asPlenum, hocuspocus],
  rows: [
    ...sizes.map(([name]) => cost(`in a page of ${name}`)),
    { figure: "the largest page against the smallest", unit: "×", goals: [atMost(1.5, "×")] },
    ...histories.map((count) => cost(`after ${grouped(count)} updates`)),
    { figure: "the longest history against the shortest", unit: "×", goals: [atMost(1.5, "×")] },
    { figure: "missing", unit: "count", goals: [none] },
  ],
  measure: async (contender, scale) => {
    const bySize = await overSizes(contender, scale);
    const byHistory = await overHistories(contender, scale);
    return { ...bySize, ...byHistory, missing: (bySize["missing"] ?? 0) + (byHistory["missing"] ?? 0) };
  },
};

async function overSizes(contender: Contender, scale: Scale): Promise<Figures> {
  const figures: { [figure: string]: number } = {};
  let missing = 0;
  for (const [name, paragraphs] of scale.isQuick ? sizes.slice(0, 3) : sizes) {
    const page = makePage(paragraphs, 780, 1);
    const measured = await withHouse(contender, (house) => costIn(contender, house, page, scale));
    figures[`in a page of ${name}`] = measured.cost;
    missing += measured.missing;
  }
  const costs = Object.values(figures);
  return { ...figures, "the largest page against the smallest": costs.at(-1)! / costs[0]!, missing };
}

async function costIn(contender: Contender, house: House, page: Page, scale: Scale) {
  const [room] = await house.makeRooms(1, 2, page);
  let tally = new Tally();
  const plan = { clients: 2, writers: 1, places: page.places };
  const crowd = await Crowd.gather(room!, contender.dialect, plan, () => tally);
  const measured = await keysIn(house, crowd, scale, () => (tally = new Tally()));
  crowd.leave();
  return measured;
}

const keysPerSecond = 100;

async function keysIn(house: House, crowd: Crowd, { forMs }: Scale, begin: () => Tally) {
  const writers = [{ crowd, writer: 0 }];
  await typeAll(house.server, writers, { perSecond: keysPerSecond, forMs: 2_000 }, begin());
  const typed = await typeAll(house.server, writers, { perSecond: keysPerSecond, forMs }, begin());
  return { cost: typed.cpuUsPerEdit, missing: typed.missing };
}

/** One page, in which more and more was written before. */
async function overHistories(contender: Contender, scale: Scale): Promise<Figures> {
  const page = makePage(21, 400, 1);
  const counts = histories.filter((count) => count <= (scale.isQuick ? 10_000 : scale.isLong ? 1e6 : 1e5));
  return withHouse(contender, async (house) => {
    const [room] = await house.makeRooms(1, 23, page);
    let tally = new Tally();
    const figures: { [figure: string]: number } = {};
    let written = 0;
    let missing = 0;
    for (const count of counts) {
      // Everybody leaves in between: what was written is behind a room that was opened anew.
      const plan = { clients: 21, writers: 20, places: page.places };
      const crowd = await Crowd.gather(room!, contender.dialect, plan, () => tally);
      tally = new Tally();
      await writeOn(crowd, count - written, tally);
      crowd.leave();
      written = count;
      const two = { clients: 2, writers: 1, places: page.places };
      const pair = await Crowd.gather(room!, contender.dialect, two, () => tally);
      const measured = await keysIn(house, pair, scale, () => (tally = new Tally()));
      pair.leave();
      figures[`after ${grouped(count)} updates`] = measured.cost;
      missing += measured.missing;
    }
    const costs = Object.values(figures);
    return { ...figures, "the longest history against the shortest": costs.at(-1)! / costs[0]!, missing };
  });
}

/** Twenty writers write so many updates, as fast as they arrive. */
async function writeOn(crowd: Crowd, count: number, tally: Tally): Promise<void> {
  for (let typed = 0; typed < count; typed += 1) {
    if (typed % 100 === 0) await until(() => tally.expected - tally.delivered < 20_000, 60_000);
    crowd.type(typed % 20);
  }
  await until(() => tally.delivered >= tally.expected, 60_000);
}
