import { asHocuspocus } from "./as-hocuspocus.ts";
import { asPlenum } from "./as-plenum.ts";
import { atMost, atMostOf, type Bar, type Figures, type Scale } from "./bar.ts";
import type { Contender, House, HouseRoom } from "./contender.ts";
import { LightClient } from "./light-client.ts";
import { makePage } from "./page.ts";
import { startedAgain, withHouse } from "./stage.ts";
import { pause } from "./typing.ts";

const hocuspocus = asHocuspocus("Hocuspocus", 0);

/** What it takes to be open. */
export const memory: Bar = {
  number: 5,
  title: "Memory",
  work:
    "200 pages of 81 kB are opened by one reader each; 1,000 more sockets stand idle in one of them; then all leave, " +
    "and the same happens again. Resident memory of the process, after collecting garbage.",
  contenders: [asPlenum, hocuspocus],
  rows: [
    {
      figure: "for each open room",
      unit: "MB",
      goals: [atMostOf(hocuspocus.name, 1 / 12), atMost(0.16, "MB")],
    },
    { figure: "for each idle connection", unit: "kB", goals: [atMost(20, "kB")] },
    { figure: "after all have left, against before", unit: "×", goals: [atMost(1.15, "×")] },
    { figure: "all open a second time, against the first", unit: "×", goals: [atMost(1.03, "×")] },
    { figure: "before anything is open", unit: "MB", goals: [] },
  ],
  measure: (contender, scale) => measure(contender, scale),
};

const idleEach = 10;

function measure(contender: Contender, { isQuick }: Scale): Promise<Figures> {
  const [rooms, idle] = isQuick ? [50, 300] : [200, 1_000];
  const page = makePage(100, 780, 1);
  return withHouse(contender, async (house, folder) => {
    const made = await house.makeRooms(rooms, idle / idleEach, page);
    // What it took to make the pages is not what it takes to have them open.
    await pause(3_000);
    await house.server.stop("SIGTERM");
    return startedAgain(contender, folder, made, async (again, found) => {
      // Once open and closed, so that what is compiled and cached at first counts for neither.
      await round(contender, again, found.slice(0, 10), 10);
      const before = await resident(again);
      const first = await round(contender, again, found, idle);
      const left = await resident(again);
      const second = await round(contender, again, found, idle);
      return {
        "for each open room": (first.open - before) / rooms / 1e6,
        "for each idle connection": (first.idle - first.open) / idle / 1e3,
        "after all have left, against before": left / before,
        "all open a second time, against the first": second.idle / first.idle,
        "before anything is open": before / 1e6,
      };
    });
  });
}

/** One reader in each room, then the idle ones too; what that takes. All have left afterwards. */
async function round(
  contender: Contender,
  house: House,
  rooms: readonly HouseRoom[],
  idle: number,
): Promise<{ open: number; idle: number }> {
  const readers = rooms.map((room) => new LightClient(room, 0, contender.dialect));
  await Promise.all(readers.map((reader) => reader.joined));
  const open = await resident(house);
  const idlers: LightClient[] = [];
  for (let from = 0; from < idle; from += 50) {
    const some = Array.from(
      { length: Math.min(50, idle - from) },
      (_, at) => new LightClient(rooms[0]!, from + at, contender.dialect),
    );
    await Promise.all(some.map((each) => each.joined));
    idlers.push(...some);
  }
  const all = await resident(house);
  for (const client of [...readers, ...idlers]) client.leave();
  return { open, idle: all };
}

async function resident({ server }: House): Promise<number> {
  await pause(2_000);
  await server.meter({ collect: true });
  await pause(500);
  return (await server.meter({ collect: true })).rssBytes;
}
