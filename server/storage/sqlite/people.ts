import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { z } from "zod/mini";
import { role } from "../../../shared/access/roles.ts";
import { linkId, personId, surveyId } from "../../../shared/base/ids.ts";
import type { Links, People } from "../storage.ts";
import type { CommitQueue } from "./commits.ts";
import { jsonText } from "./json-text.ts";

const personRow = z.object({ id: personId, name: jsonText, at: z.int() });
const linkRow = z.object({ id: linkId, survey: surveyId, role, at: z.int() });

/** The table `people`. A person's id and token are unique: a second one with either is rejected. */
export function sqlitePeople(database: DatabaseSync, commits: CommitQueue): People {
  const add = database.prepare("INSERT INTO people (person, name, at, token_hash) VALUES (?, ?, ?, ?)");
  const byToken = database.prepare("SELECT person AS id, name, at FROM people WHERE token_hash = ?");
  return {
    async add({ id, name, at }, tokenHash) {
      const row: SQLInputValue[] = [id, JSON.stringify(name), at, tokenHash];
      return commits.write(() => void add.run(...row));
    },
    byToken: (tokenHash) =>
      commits.read(() => {
        const row = byToken.get(tokenHash);
        return row ? personRow.parse(row) : null;
      }),
  };
}

/** The table `links`. A link's id and secret are unique: a second one with either is rejected. */
export function sqliteLinks(database: DatabaseSync, commits: CommitQueue): Links {
  const add = database.prepare(
    "INSERT INTO links (link, survey, role, at, secret_hash) VALUES (?, ?, ?, ?, ?)",
  );
  const bySecret = database.prepare("SELECT link AS id, survey, role, at FROM links WHERE secret_hash = ?");
  return {
    async add({ id, survey, role, at }, secretHash) {
      return commits.write(() => void add.run(id, survey, role, at, secretHash));
    },
    bySecret: (secretHash) =>
      commits.read(() => {
        const row = bySecret.get(secretHash);
        return row ? linkRow.parse(row) : null;
      }),
  };
}
