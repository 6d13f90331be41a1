import { pino } from "pino";
import { afterAll, beforeAll, expect } from "vitest";
import type { Role } from "../../shared/access/roles.ts";
import { readSettings } from "../config.ts";
import { start, type Running } from "../main.ts";
import { makeMemoryRelay } from "../relay/memory.ts";
import { openMemoryStorage } from "../storage/memory.ts";
import { Outsider, textAt } from "./outside.ts";

/* The language of the routes' tests: a running Plenum without a disk, Ana who has surveys, and a stranger. */

export let plenum: Running;
export let ana: Outsider;
export let stranger: Outsider;

beforeAll(async () => {
  const read = readSettings({ PORT: "0" }, () => "");
  if ("errors" in read) throw new Error(read.errors.join());
  const log = pino({ level: "silent" });
  plenum = await start({
    settings: read.settings,
    storage: openMemoryStorage(),
    relay: makeMemoryRelay(),
    log,
    appFolder: "/nowhere",
  });
  stranger = new Outsider(plenum.address);
  ana = await stranger.named("Ana");
});

afterAll(() => plenum.stop());

/** What a refused call answers. */
export const refusal = (code: string) => ({ error: { code, message: expect.stringMatching(/\w+ \w+/) } });

/** A survey of Ana's, and its first page. */
export async function makeSurvey(template = "problem-survey"): Promise<{ survey: string; page: string }> {
  const made = await ana.post("/api/surveys", { title: "Native code", template });
  return { survey: textAt(made.json, "id"), page: textAt(made.json, "pages", 0, "id") };
}

/** A guest who came into the survey through a link with this role. */
export async function joining(survey: string, role: Role): Promise<Outsider> {
  const link = await ana.post(`/api/surveys/${survey}/links`, { role });
  const guest = await stranger.named(`A ${role}`);
  await guest.post(`/api/links/${textAt(link.json, "secret")}`);
  return guest;
}
