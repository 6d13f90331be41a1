import { plenum } from "../client/editor/binding/fuzz-plenum.stage.ts";
import { wordsShown } from "../client/editor/binding/fuzz-hands.stage.ts";
import type { PageId } from "../shared/base/ids.ts";
import { rangeOf } from "../shared/body/anchors.ts";
import { readBody } from "../shared/body/format.ts";
import { toTree } from "../shared/body/tree.ts";
import { foldRecords } from "../shared/records/fold.ts";
import type { Ask } from "../shared/records/kinds.ts";
import { emptyState, type SurveyState } from "../shared/records/state.ts";
import { holds } from "./broken.ts";
import { canonical, docOf, exported } from "./page-state.ts";
import { survey, type World } from "./world.ts";

/*
 * When nothing goes wrong any more, everybody comes, to one page after the other, and nobody writes. Then all have one
 * page, and it has all that it should.
 */

/** How soon everybody is together again once the faults have stopped. */
const togetherMs = 10_000;
/** By then a page has been looked at, were the last look a failure. */
const lookedAtMs = 40_000;

export async function calmDown(world: World): Promise<void> {
  await stopFaults(world);
  for (const page of world.pages) {
    for (const person of world.people) person.visit(page);
    for (const person of world.people) person.stir();
    await world.clock.pass(togetherMs);
    world.look();
    checkTogether(world, page);
    await world.clock.pass(lookedAtMs);
    world.look();
    await checkPage(world, page);
  }
  await checkRecords(world);
  await checkEmptied(world);
}

async function stopFaults(world: World): Promise<void> {
  const { clock, people, disk } = world;
  world.mallory?.leave();
  await clock.pass(10_000);
  disk.fault = null;
  await clock.pass(2_000);
  for (const link of world.links) {
    const isSick = link.up.isSilent || link.down.isSilent;
    link.down.stand(false);
    if (isSick || link.person === "mallory") link.cut();
  }
  for (const person of people) person.setOnline(true);
  for (const person of people.slice(1)) {
    const set = world.setRole(person, "editor").catch(() => {});
    await clock.pass(200);
    await set;
  }
}

function checkTogether(world: World, page: PageId): void {
  const isShown = hasOnePresence(world);
  for (const person of world.people) {
    const wanted = person.isOld ? "outdated" : "saved";
    holds(
      person.state === wanted,
      "SIM-11",
      () => `${person.name} is ${person.state} after ${togetherMs} ms`,
    );
    const seen = new Set(person.tab?.connection.people.get().map(({ id }) => id));
    const missing = world.people.filter(({ id }) => !seen.has(id)).map(({ name }) => name);
    holds(!isShown || missing.length === 0, "SIM-9", () => `${person.name} does not see ${missing.join()}`);
    holds(
      !isShown || seen.size === world.people.length,
      "SIM-9",
      () => `${person.name} sees ${[...seen].join()}`,
    );
    holds(person.tab?.page === page, "SIM-11", () => `${person.name} is elsewhere`);
  }
}

/**
 * Presence is each node's own. And a browser passes over what a server says that was started anew with its clock set
 * back, until that has caught up.
 */
const hasOnePresence = ({ plan: { nodes, steps } }: World): boolean =>
  nodes === 1 && !steps.some(({ deed }) => deed.do === "clock" && deed.jumpMs < 0);

async function checkPage(world: World, page: PageId): Promise<void> {
  const replayed = world.watch.page(page);
  const wanted = canonical(replayed);
  const served = docOf(await within(world, world.house.read(page)));
  holds(canonical(served) === wanted, "SIM-1", () => `the server's page is not its journal's`);
  toTree(readBody(served));
  for (const person of world.people) {
    const { doc } = person;
    holds(doc !== null && canonical(doc) === wanted, "SIM-1", () => `${person.name}'s page is another`);
    holds(exported(doc) === exported(served), "SIM-13", () => `${person.name} would export another text`);
    if (!world.mallory) person.writer?.check();
  }
  checkWords(world, page);
}

/** What anybody typed is there, or somebody deleted it who had seen it, or it is kept for its writer. */
function checkWords(world: World, page: PageId): void {
  if (world.mallory) return;
  const reader = world.people[0]!;
  const { writer } = reader;
  holds(writer !== null, "SIM-15", () => "there is nothing to read");
  const inCells = plenum.buried(world.watch.page(page));
  const { lost, buried, doubled } = world.ledgers.get(page)!.judge(wordsShown(writer), inCells);
  holds(lost.length === 0, "SIM-15", () => `lost: ${lost.join()}`);
  holds(doubled.length === 0, "SIM-15", () => `doubled: ${doubled.join()}`);
  const kept = world.watch
    .recordsOf(survey)
    .flatMap((record) => (record.type === "words.kept" ? [record.text] : []))
    .join(" ");
  const unkept = buried.filter((word) => !kept.includes(word));
  holds(unkept.length === 0, "SIM-15", () => `buried, and not kept: ${unkept.join()}`);
}

async function checkRecords(world: World): Promise<void> {
  const log = world.watch.recordsOf(survey);
  const replayed = emptyState();
  foldRecords(replayed, log);
  const wanted = stateText(replayed);
  const served = await within(world, world.house.records.state(survey));
  holds(stateText(served) === wanted, "SIM-10", () => "the server's state is not its log's");
  for (const person of world.people) {
    const state = person.tab?.connection.survey.get().state;
    holds(
      state !== undefined && stateText(state) === wanted,
      "SIM-10",
      () => `${person.name}'s state is another`,
    );
  }
  const lost = world.acked.filter((ask) => !isIn(replayed, ask));
  holds(lost.length === 0, "SIM-10", () => `answered, and not there: ${JSON.stringify(lost)}`);
  const ids = log.flatMap((record) => ("comment" in record ? [record.comment] : []));
  holds(new Set(ids).size === ids.length, "SIM-10", () => "an ask became two records");
  for (const { page, place, quote } of replayed.threads.values()) {
    rangeOf(world.watch.page(page), place);
    holds(quote.exact !== "", "SIM-10", () => "a thread has lost its quote");
  }
}

/** Everybody leaves: the rooms are closed, and who comes next finds the same page. */
async function checkEmptied(world: World): Promise<void> {
  for (const person of world.people) person.shut();
  await world.clock.pass(5_500);
  world.look();
  for (const page of world.pages) {
    const late = docOf(await within(world, world.house.read(page)));
    holds(
      canonical(late) === canonical(world.watch.page(page)),
      "SIM-1",
      () => "who comes later finds another page",
    );
  }
}

function isIn({ threads }: SurveyState, ask: Ask): boolean {
  if (ask.type === "thread.opened") return threads.has(ask.thread);
  if (ask.type === "comment.added")
    return threads.get(ask.thread)?.comments.some(({ id }) => id === ask.comment) ?? false;
  return true;
}

const stateText = ({ threads, members, kept, ...rest }: SurveyState): string =>
  JSON.stringify({ ...rest, threads: [...threads], members: [...members], kept: [...kept] });

async function within<T>(world: World, work: Promise<T>): Promise<T> {
  let isDone = false;
  void work.finally(() => (isDone = true)).catch(() => {});
  for (let left = 100; left > 0 && !isDone; left -= 1) await world.clock.pass(20);
  return work;
}
