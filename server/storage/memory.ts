import type { Role } from "../../shared/access/roles.ts";
import { assert, unreachable } from "../../shared/base/assert.ts";
import type { LinkId, PageId, PersonId, SurveyId } from "../../shared/base/ids.ts";
import { limits } from "../../shared/base/limits.ts";
import type { SurveyRecord } from "../../shared/records/kinds.ts";
import { assertHash } from "./asset-hash.ts";
import { Entrance } from "./entrance.ts";
import {
  cutForQuarantine,
  hasPlaceInQuarantine,
  quarantineHour,
  quarantineStart,
  quarantineWeight,
} from "./quarantine.ts";
import type {
  Assets,
  Checkpoint,
  Epochs,
  IndexEntry,
  Journal,
  JournalEntry,
  Link,
  Links,
  People,
  Person,
  Quarantine,
  Quarantined,
  RecordLog,
  Storage,
} from "./storage.ts";

/**
 * A store for tests and for trying Plenum out: it keeps every promise but one, since all is gone when the process
 * ends. Each write checks everything before it changes anything, and so is whole or not at all.
 */
export function openMemoryStorage(): Storage {
  const entrance = new Entrance();
  return {
    journal: memoryJournal(entrance),
    records: memoryRecords(entrance),
    people: memoryPeople(entrance),
    links: memoryLinks(entrance),
    assets: memoryAssets(entrance),
    quarantine: memoryQuarantine(entrance),
    epochs: memoryEpochs(entrance),
    close: () => entrance.close(),
  };
}

function memoryJournal(entrance: Entrance): Journal {
  const pages = new Map<PageId, JournalEntry[]>();
  const checkpoints = new Map<PageId, Checkpoint>();
  let last = 0;
  return {
    append: (entries) =>
      entrance.run(() => {
        entries.forEach(assertTimed);
        return entries.map((entry) => {
          last += 1;
          grow(pages, entry.page).push(copyOfEntry({ ...entry, number: last }));
          return last;
        });
      }),
    read: (page, after) =>
      entrance.run(() => (pages.get(page) ?? []).filter(({ number }) => number > after).map(copyOfEntry)),
    checkpoint: (page) =>
      entrance.run(() => {
        const kept = checkpoints.get(page);
        return kept ? copyOfCheckpoint(kept) : null;
      }),
    keepCheckpoint: (page, checkpoint) =>
      entrance.run(() => {
        const kept = checkpoints.get(page);
        if (!kept || checkpoint.number >= kept.number) checkpoints.set(page, copyOfCheckpoint(checkpoint));
      }),
  };
}

function copyOfEntry({ number, page, at, person, update }: JournalEntry): JournalEntry {
  return { number, page, at, person, update: new Uint8Array(update) };
}

function copyOfCheckpoint({ number, state, owners, outline }: Checkpoint): Checkpoint {
  return {
    number,
    state: new Uint8Array(state),
    ...(owners && { owners: new Map(owners) }),
    ...(outline && { outline: new Uint8Array(outline) }),
  };
}

function memoryRecords(entrance: Entrance): RecordLog {
  const logs = new Map<SurveyId, SurveyRecord[]>();
  const index = memoryIndex();
  return {
    append: (survey, records, entries) =>
      entrance.run(() => {
        records.forEach(assertTimed);
        entries.forEach((entry) => entry.index === "survey" && assertTimed(entry));
        const log = grow(logs, survey);
        const signed = structuredClone(records).map((record, place) => ({
          ...record,
          seq: log.length + 1 + place,
        }));
        const kept = structuredClone(entries);
        log.push(...signed);
        kept.forEach(index.keep);
        return structuredClone(signed);
      }),
    read: (survey, after) =>
      entrance.run(() => structuredClone((logs.get(survey) ?? []).filter(({ seq }) => seq > after))),
    surveyOf: (page) => entrance.run(() => index.surveyOf(page)),
    surveysOf: (person) => entrance.run(() => index.surveysOf(person)),
  };
}

function memoryIndex() {
  const surveys = new Map<SurveyId, { title: string; at: number }>();
  const pages = new Map<PageId, SurveyId>();
  const members = new Map<PersonId, Map<SurveyId, Role>>();
  return {
    keep(entry: IndexEntry): void {
      switch (entry.index) {
        case "survey":
          return void surveys.set(entry.survey, { title: entry.title, at: entry.at });
        case "page":
          return void pages.set(entry.page, entry.survey);
        case "member": {
          const roles = members.get(entry.person) ?? new Map<SurveyId, Role>();
          return void members.set(entry.person, roles.set(entry.survey, entry.role));
        }
        default:
          unreachable(entry);
      }
    },
    surveyOf: (page: PageId) => pages.get(page) ?? null,
    surveysOf: (person: PersonId) =>
      [...surveys]
        .reverse()
        .flatMap(([survey, { title, at }]) => {
          const role = members.get(person)?.get(survey);
          return role ? [{ survey, title, role, at }] : [];
        })
        .sort((one, other) => other.at - one.at),
  };
}

function memoryPeople(entrance: Entrance): People {
  const ids = new Set<PersonId>();
  const byToken = new Map<string, Person>();
  return {
    add: ({ id, name, at }, tokenHash) =>
      entrance.run(() => {
        assertTimed({ at });
        assert(!ids.has(id) && !byToken.has(tokenHash), "a person is added once, with a token of their own");
        ids.add(id);
        byToken.set(tokenHash, { id, name, at });
      }),
    byToken: (tokenHash) =>
      entrance.run(() => {
        const person = byToken.get(tokenHash);
        return person ? { ...person } : null;
      }),
  };
}

function memoryLinks(entrance: Entrance): Links {
  const ids = new Set<LinkId>();
  const bySecret = new Map<string, Link>();
  return {
    add: ({ id, survey, role, at }, secretHash) =>
      entrance.run(() => {
        assertTimed({ at });
        assert(!ids.has(id) && !bySecret.has(secretHash), "a link is added once, with a secret of its own");
        ids.add(id);
        bySecret.set(secretHash, { id, survey, role, at });
      }),
    bySecret: (secretHash) =>
      entrance.run(() => {
        const link = bySecret.get(secretHash);
        return link ? { ...link } : null;
      }),
  };
}

function memoryAssets(entrance: Entrance): Assets {
  const files = new Map<string, Uint8Array>();
  return {
    put: (hash, bytes) =>
      entrance.run(() => {
        assertHash(hash, bytes);
        files.set(hash, new Uint8Array(bytes));
      }),
    get: (hash) =>
      entrance.run(() => {
        const bytes = files.get(hash);
        return bytes ? new Uint8Array(bytes) : null;
      }),
  };
}

function memoryQuarantine(entrance: Entrance): Quarantine {
  let all: Quarantined[] = [];
  return {
    keep: ({ page, person, at, code, update }) =>
      entrance.run(() => {
        assertTimed({ at });
        const cut = cutForQuarantine(update);
        const recent = all.filter((each) => each.person === person && each.at > quarantineHour({ at }));
        const weight = recent.reduce((sum, each) => sum + quarantineWeight(each.update.length), 0);
        if (!hasPlaceInQuarantine(weight, cut.length)) return false;
        all = [...all, { page, person, at, code, bytes: update.length, update: cut }]
          .filter((each) => each.at >= quarantineStart({ at }))
          .slice(-limits.quarantinedCount);
        return true;
      }),
    forgetOld: (at) =>
      entrance.run(() => {
        all = all.filter((each) => each.at >= quarantineStart({ at }));
      }),
    read: () => entrance.run(() => structuredClone(all)),
  };
}

function memoryEpochs(entrance: Entrance): Epochs {
  const epochs = new Map<PageId, number>();
  const of = (page: PageId): number => epochs.get(page) ?? 0;
  return {
    of: (page) => entrance.run(() => of(page)),
    raise: (page, at) =>
      entrance.run(() => {
        assertTimed({ at });
        epochs.set(page, Math.max(of(page) + 1, at));
        return of(page);
      }),
  };
}

function assertTimed({ at }: { at: number }): void {
  assert(Number.isSafeInteger(at), "times are whole milliseconds");
}

/** The list under this key, made if it is missing. */
function grow<Key, Item>(lists: Map<Key, Item[]>, key: Key): Item[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
