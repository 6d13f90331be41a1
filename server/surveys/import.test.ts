import { zipSync } from "fflate";
import { expect, test } from "vitest";
import type { Chance, PageId, PersonId, SurveyId } from "../../shared/base/ids.ts";
import { Refused } from "../../shared/protocol/refusals.ts";
import { Records } from "../records/records.ts";
import { openMemoryStorage } from "../storage/memory.ts";
import { importSurvey } from "./import.ts";
import { jobs } from "./jobs.ts";
import type { RunJob } from "./run-job.ts";
import type { Bodies } from "./tools.ts";

const ana = { id: "ana" as PersonId, name: "Ana", at: 0 };
const chance: Chance = (bytes) => crypto.getRandomValues(bytes);
const bytes = (text: string) => new Uint8Array(Buffer.from(text));
const upload = {
  body: zipSync({ "index.md": bytes("# One\n"), "two.md": bytes("# Two\n") }),
  mediaType: "application/zip",
};

/** An import into a store in memory; `bodies` keeps the texts, or fails to. */
function importing(bodies: Bodies, events: string[] = []) {
  const storage = openMemoryStorage();
  const records = new Records(
    storage.records,
    () => 1,
    () => {},
  );
  records.listenToAll((_, heard) => events.push(...heard.map(({ type }) => type)));
  const tools = {
    records,
    bodies,
    assets: storage.assets,
    run: (async () => jobs.prepareImport(upload)) as RunJob,
    chance,
  };
  const surveys = () => storage.records.surveysOf(ana.id);
  return { surveys, done: importSurvey(tools, ana, upload) };
}

test("every text is on disk before the records that name it are said, in one batch", async () => {
  const events: string[] = [];
  const read = () => Promise.reject(new Error("nothing is read"));
  const { done } = importing({ read, write: async () => void events.push("text") }, events);
  await done;
  expect(events).toEqual(["text", "text", "survey.created", "member.joined", "page.added", "page.added"]);
});

test("an import of which one text cannot be kept leaves no survey, for nobody to find", async () => {
  let written = 0;
  const bodies = {
    read: () => Promise.reject(new Error("nothing is read")),
    write: async (_: PageId) => {
      written += 1;
      if (written === 2) throw new Refused("cannot-save");
    },
  };
  const { done, surveys } = importing(bodies);
  await expect(done).rejects.toMatchObject({ refusal: { code: "cannot-save" } });
  expect(await surveys()).toEqual([] satisfies { survey: SurveyId }[]);
});
