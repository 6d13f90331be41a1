import { asHocuspocus } from "./as-hocuspocus.ts";
import { asPlenum } from "./as-plenum.ts";
import { asRelay } from "./as-relay.ts";
import { atMost, none, type Bar, type Goal } from "./bar.ts";
import { Crowd, Tally } from "./crowd.ts";
import { makePage } from "./page.ts";
import { withHouse } from "./stage.ts";
import { typeAll } from "./typing.ts";

const relay = asRelay("naive relay", false);

const barelyMoreThanRelay: Goal = {
  text: "≤ naive relay + 0.3 ms",
  holds: (own, of) => own <= of(relay.name) + 0.3,
};

/** What one notices who writes with a few others. */
export const quietRoom: Bar = {
  number: 8,
  title: "A quiet room",
  work: "Ten clients, of whom three type two keys a second. Plenum tells of a key when it is on disk.",
  contenders: [asPlenum, relay, asHocuspocus("Hocuspocus", 0)],
  rows: [
    { figure: "p50", unit: "ms", goals: [barelyMoreThanRelay] },
    { figure: "p99", unit: "ms", goals: [atMost(4, "ms")] },
    { figure: "missing", unit: "count", goals: [none] },
  ],
  measure: async (contender, { forMs }) => {
    const page = makePage(20, 300, 1);
    return withHouse(contender, async (house) => {
      const [room] = await house.makeRooms(1, 10, page);
      let tally = new Tally();
      const plan = { clients: 10, writers: 3, places: page.places };
      const crowd = await Crowd.gather(room!, contender.dialect, plan, () => tally);
      const writers = [0, 1, 2].map((writer) => ({ crowd, writer }));
      await typeAll(house.server, writers, { perSecond: 20, forMs: 1_000 }, tally);
      tally = new Tally();
      // Alone in its window, and never at the same beat: what a key takes that waits for nothing.
      const { p50, p99, missing } = await typeAll(house.server, writers, { perSecond: 2, forMs }, tally);
      crowd.leave();
      return { p50, p99, missing };
    });
  },
};
