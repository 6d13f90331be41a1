import { asHocuspocus } from "./as-hocuspocus.ts";
import { asPlenum } from "./as-plenum.ts";
import { atLeastOf, atMost, atMostOf, none, type Bar, type Figures, type Scale } from "./bar.ts";
import type { Contender, House, HouseRoom } from "./contender.ts";
import { Crowd, Tally } from "./crowd.ts";
import { deaf, LightClient } from "./light-client.ts";
import { makePage, type Page } from "./page.ts";
import { startedAgain, withHouse } from "./stage.ts";
import { loadTrace, pageOf } from "./trace.ts";
import { pause, typeAll } from "./typing.ts";

const hocuspocus = asHocuspocus("Hocuspocus", 0);
const atOnce = 50;

/** What it costs to be there. */
export const joins: Bar = {
  number: 4,
  title: "Joining a paper",
  work:
    "A page that was really written, key by key: 50 join it at once while somebody is in it, one joins it after a " +
    "restart, and as many as can join while two people type in another room.",
  contenders: [asPlenum, hocuspocus],
  rows: [
    { figure: "bytes to each who joins", unit: "kB", goals: [] },
    { figure: "warm: CPU each", unit: "ms", goals: [atMostOf(hocuspocus.name, 1 / 18), atMost(0.45, "ms")] },
    {
      figure: "cold: until the text is there",
      unit: "ms",
      goals: [atMostOf(hocuspocus.name, 1 / 20), atMost(4, "ms")],
    },
    { figure: "cold: CPU", unit: "ms", goals: [atMostOf(hocuspocus.name, 1 / 20)] },
    { figure: "storm: joins a second", unit: "per s", goals: [atLeastOf(hocuspocus.name, 10)] },
    { figure: "storm: p99 of two others", unit: "ms", goals: [atMost(12, "ms")] },
    { figure: "storm: missing", unit: "count", goals: [none] },
  ],
  measure: (contender, scale) => measure(contender, scale),
};

let paper: Page | null = null;

async function measure(contender: Contender, scale: Scale): Promise<Figures> {
  paper ??= pageOf(await loadTrace(scale.traces));
  const page = paper;
  return withHouse(contender, async (house, folder) => {
    const [room] = await house.makeRooms(1, 100, page);
    const small = makePage(2, 100, 2);
    const [other] = await house.makeRooms(1, 2, small);
    const stays = await join(contender, room!, 0);
    await settled(house);
    const warm = await warmJoins(contender, house, room!, scale);
    const storm = await stormOfJoins(contender, house, [room!, other!], small, scale);
    stays.leave();
    const cold = await coldJoin(contender, house, folder, [room!, other!]);
    return { ...warm, ...storm, ...cold };
  });
}

/** What was put off when the page was written is done before it is measured. */
async function settled({ server }: House): Promise<void> {
  for (let left = 40; left > 0; left -= 1) {
    const before = await server.meter();
    await pause(500);
    const after = await server.meter();
    if (after.cpuMs - before.cpuMs < 10) return;
  }
}

/** Somebody who has the text, and how many bytes that was. */
async function join(contender: Contender, room: HouseRoom, client: number): Promise<LightClient> {
  const joining = new LightClient(room, client, contender.dialect, deaf);
  await joining.joined;
  return joining;
}

async function warmJoins(
  contender: Contender,
  { server }: House,
  room: HouseRoom,
  { isQuick }: Scale,
): Promise<Figures> {
  const turns = isQuick ? 2 : 10;
  await fiftyJoin(contender, room);
  const before = await server.meter();
  let bytes = 0;
  for (let turn = 0; turn < turns; turn += 1) bytes = await fiftyJoin(contender, room);
  const after = await server.meter();
  return {
    "warm: CPU each": (after.cpuMs - before.cpuMs) / (turns * atOnce),
    "bytes to each who joins": bytes / 1000,
  };
}

async function fiftyJoin(contender: Contender, room: HouseRoom): Promise<number> {
  const all = Array.from({ length: atOnce }, (_, at) => join(contender, room, at));
  const clients = await Promise.all(all);
  const bytes = clients[0]!.bytes;
  for (const client of clients) client.leave();
  return bytes;
}

/** As many as can, fifty at a time, while two people type to each other somewhere else. */
async function stormOfJoins(
  contender: Contender,
  { server }: House,
  [room, other]: readonly [HouseRoom, HouseRoom],
  small: Page,
  { forMs }: Scale,
): Promise<Figures> {
  let tally = new Tally();
  const plan = { clients: 2, writers: 2, places: small.places };
  const crowd = await Crowd.gather(other, contender.dialect, plan, () => tally);
  tally = new Tally();
  let isOver = false;
  let joined = 0;
  const joinOn = async (client: number): Promise<void> => {
    while (!isOver) {
      (await join(contender, room, client)).leave();
      joined += 1;
    }
  };
  const storm = Array.from({ length: atOnce }, (_, client) => joinOn(client));
  const writers = [0, 1].map((writer) => ({ crowd, writer }));
  const startMs = performance.now();
  const typed = typeAll(server, writers, { perSecond: 10, forMs }, tally);
  await pause(forMs);
  const perSecond = joined / ((performance.now() - startMs) / 1000);
  isOver = true;
  await Promise.all(storm);
  const { p99, missing } = await typed;
  crowd.leave();
  return { "storm: joins a second": perSecond, "storm: p99 of two others": p99, "storm: missing": missing };
}

/** One joins after a restart: not the process' first, which would be about starting. */
async function coldJoin(
  contender: Contender,
  house: House,
  folder: string,
  [room, other]: readonly [HouseRoom, HouseRoom],
): Promise<Figures> {
  await pause(3_000);
  await house.server.stop("SIGTERM");
  return startedAgain(contender, folder, [room, other], async ({ server }, [paper, small]) => {
    (await join(contender, small!, 0)).leave();
    await pause(500);
    const before = await server.meter();
    const startMs = performance.now();
    const client = await join(contender, paper!, 0);
    const tookMs = performance.now() - startMs;
    const after = await server.meter();
    client.leave();
    return { "cold: until the text is there": tookMs, "cold: CPU": after.cpuMs - before.cpuMs };
  });
}
