import { chanceOf } from "../../shared/base/chance.ts";
import { asHocuspocus } from "./as-hocuspocus.ts";
import { asPlenum } from "./as-plenum.ts";
import { atMost, none, type Bar, type Figures } from "./bar.ts";
import type { Contender, House, HouseRoom } from "./contender.ts";
import { Crowd, Tally } from "./crowd.ts";
import { deaf, LightClient } from "./light-client.ts";
import { makePage, type Page } from "./page.ts";
import { startedAgain, withHouse } from "./stage.ts";
import { pause } from "./typing.ts";

const people = 5;
const keysPerSecond = 20;

/** What is left when the process is killed while people type. */
export const killed: Bar = {
  number: 9,
  title: "SIGKILL",
  work:
    "Five people type twenty keys a second each; at some moment the process is killed, started again, and somebody " +
    "joins who has nothing. Lost is what another had seen, or its writer was told is kept, and is not there.",
  contenders: [asPlenum, asHocuspocus("Hocuspocus", 0)],
  rows: [
    { figure: "kills", unit: "count", goals: [] },
    { figure: "edits that were seen or acknowledged", unit: "count", goals: [] },
    { figure: "lost of them", unit: "count", goals: [none] },
    { figure: "saved: p50", unit: "ms", goals: [atMost(30, "ms")] },
    { figure: "saved: p99", unit: "ms", goals: [atMost(150, "ms")] },
  ],
  measure: async (contender, { kills }) => {
    const page = makePage(10, 300, 1);
    const tally = new Tally();
    let [promised, lost] = [0, 0];
    for (let kill = 0; kill < kills; kill += 1) {
      const told = await killOnce(contender, page, tally, 300 + chanceOf(kill)() * 1_500);
      promised += told.promised;
      lost += told.lost;
    }
    return {
      kills,
      "edits that were seen or acknowledged": promised,
      "lost of them": lost,
      "saved: p50": tally.saved.percentile(0.5),
      "saved: p99": tally.saved.percentile(0.99),
    } satisfies Figures;
  },
};

function killOnce(contender: Contender, page: Page, tally: Tally, afterMs: number) {
  return withHouse(contender, async (house, folder) => {
    const [room] = await house.makeRooms(1, people, page);
    const plan = { clients: people, writers: people, places: page.places };
    const crowd = await Crowd.gather(room!, contender.dialect, plan, () => tally);
    await typeUntilKilled(house, crowd, afterMs);
    const { promised } = crowd;
    return startedAgain(contender, folder, [room!], async (_, [found]) => {
      const text = await textIn(contender, found!);
      return { promised, lost: crowd.lostIn(text) };
    });
  });
}

async function typeUntilKilled({ server }: House, crowd: Crowd, afterMs: number): Promise<void> {
  let isOver = false;
  const kill = pause(afterMs).then(async () => {
    await server.stop("SIGKILL");
    isOver = true;
  });
  for (let typed = 0; !isOver; typed += 1) {
    crowd.type(typed % people);
    await pause(1000 / (people * keysPerSecond));
  }
  await kill;
  // What had left the server before it died is on its way still, and somebody sees it.
  await pause(50);
}

async function textIn(contender: Contender, room: HouseRoom): Promise<Uint8Array> {
  const client = new LightClient(room, 0, contender.dialect, deaf, true);
  await client.joined;
  client.leave();
  if (!client.text) throw new Error("A newcomer has no text");
  return client.text;
}
