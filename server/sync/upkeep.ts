import { must } from "../../shared/base/assert.ts";
import type { PageId } from "../../shared/base/ids.ts";
import { limits } from "../../shared/base/limits.ts";
import type { Checkpoint, Journal, JournalEntry } from "../storage/storage.ts";
import type { BodyBytes } from "./body-bytes.ts";
import { Doubt } from "./doubt.ts";
import type { Fold, Look } from "./folder.ts";
import { loadPage } from "./load-page.ts";
import type { Seen } from "./look.ts";
import { outlined, type Folded } from "./outline.ts";
import { ownersOf, type Owners } from "./owners.ts";
import type { RecordsPort } from "./records-port.ts";
import type { Schedule } from "./tick.ts";
import { walk, type Walked } from "./update/walk.ts";

type Needs = {
  page: PageId;
  body: BodyBytes;
  ground: {
    journal: Journal;
    records: Pick<RecordsPort, "keepWords">;
    fold: Fold;
    look: Look;
    schedule: Schedule;
    nowMs: () => number;
    report: (error: unknown) => void;
  };
  /** Whether anything is on its way to disk. */
  isWriting: () => boolean;
  /** Writes into the page in the server's own name; rejects where that was not kept. */
  write: (update: Uint8Array) => Promise<void>;
};

/** A page as it is kept, and who owns its authors. */
type Owned = { checkpoint: Checkpoint | null; entries: readonly JournalEntry[]; owners: Owners };

/**
 * What a page needs beside being told: a look whether words died unseen or a block was doubled, and checkpoints.
 * Nobody waits for any of it, and it never rejects.
 *
 *   doubtful edit ── a while ──▶ look ──▶ lost words are kept as records, doubles deleted
 *   long tail ─────────────────▶ look, if there is doubt ──▶ checkpoint
 *
 * A checkpoint is made only when what was lost before it is kept. So the entries behind the checkpoint are all that
 * may not have been looked at, a crash costs nothing but a second look, and what that finds is not kept twice
 * (server/records/keep-words.ts).
 */
export class Upkeep {
  readonly #need: Needs;
  /** Of the whole page; null until somebody writes: to know it costs a walk through the page. */
  #doubt: Doubt | null = null;
  #isDoubtful = false;
  /** Whether the checkpoint does not say who owns its authors, so that opening costs reading the whole journal. */
  #lacksOwners = false;
  #edits = 0;
  #running: Promise<void> | null = null;
  #waitMs: number = limits.lookMs;
  #callOff: (() => void) | null = null;
  #isStopped = false;

  constructor(need: Needs) {
    this.#need = need;
  }

  /** The page was opened: what is doubted of its checkpoint, and what came since and may not have been looked at. */
  begin(checkpoint: Checkpoint | null, doubt: Doubt, since: readonly Walked[]): void {
    this.#lacksOwners = checkpoint !== null && checkpoint.owners === undefined;
    this.#isDoubtful = isWorthALook(doubt, since);
    this.#arm();
  }

  /** Somebody walked through the page as it is durable: spares a walk here. */
  learn(whole: Walked): void {
    if (this.#doubt) return;
    this.#doubt = new Doubt();
    this.#doubt.learn(whole);
  }

  /** An edit is durable. */
  hear(edit: Walked): void {
    this.#edits += 1;
    if (!this.#doubt) this.learn(walk(this.#need.body.whole()));
    this.#isDoubtful = must(this.#doubt, "the page was learnt").raises(edit) || this.#isDoubtful;
    this.#arm();
  }

  /** Makes a new checkpoint where that would be worth it. */
  checkpoint(): Promise<void> {
    return this.#running ?? (this.#wantsFolding() ? this.#run() : Promise.resolve());
  }

  /** Does all that is due. */
  async rest(): Promise<void> {
    await this.#running;
    await (this.#isDoubtful ? this.#run() : this.checkpoint());
  }

  stop(): void {
    this.#isStopped = true;
    this.#callOff?.();
  }

  #arm(): void {
    if (!this.#isDoubtful || this.#running || this.#callOff || this.#isStopped) return;
    this.#callOff = this.#need.ground.schedule(() => {
      this.#callOff = null;
      void this.#run();
    }, this.#waitMs);
  }

  #run(): Promise<void> {
    this.#running ??= this.#keepUp().finally(() => {
      this.#running = null;
      this.#arm();
    });
    return this.#running;
  }

  /** Looks at what the store has, not what is in memory: a checkpoint must say exactly what its journal says. */
  async #keepUp(): Promise<void> {
    const { page, body, ground } = this.#need;
    const wasDoubtful = this.#isDoubtful;
    const isFolding = this.#wantsFolding();
    const sinceMs = ground.nowMs();
    const edits = this.#edits;
    this.#isDoubtful = false;
    // Where this fails, whoever opens the page next tries again.
    this.#lacksOwners = false;
    if (isFolding) body.beginFolding();
    try {
      const loaded = await loadPage(ground.journal, page);
      const owned = { ...loaded, owners: await ownersOf(page, loaded, ground) };
      if (this.#isWorthALook(owned)) await this.#look(owned, edits);
      if (isFolding) body.endFolding(await this.#fold(owned));
      this.#waitMs = Math.max(limits.lookMs, (ground.nowMs() - sinceMs) * limits.lookRest);
    } catch (error) {
      if (isFolding) body.endFolding(null);
      this.#isDoubtful ||= wasDoubtful;
      this.#waitMs = limits.lookAgainMs;
      ground.report(error);
    }
  }

  #wantsFolding(): boolean {
    return this.#lacksOwners || this.#need.body.wantsFolding();
  }

  #isWorthALook({ checkpoint, entries }: Owned): boolean {
    const doubt = this.#doubt ?? new Doubt(checkpoint ? outlined(checkpoint).ground : undefined);
    return isWorthALook(
      doubt,
      entries.map(({ update }) => walk(update)),
    );
  }

  async #look({ checkpoint, entries, owners }: Owned, edits: number): Promise<void> {
    const updates = entries.map((entry) => entry.update);
    const seen = await this.#need.ground.look({ state: checkpoint?.state ?? null, updates });
    if (seen.lost.length > 0) await this.#keepWords(seen, owners);
    if (seen.mend) this.#mend(seen.mend, edits);
  }

  async #keepWords(seen: Seen, owners: Owners): Promise<void> {
    const { page, ground } = this.#need;
    for (const [person, lost] of Map.groupBy(seen.lost, ({ author }) => owners.get(author)))
      if (person !== undefined) await ground.records.keepWords(page, person, lost);
  }

  /** A double may have got other words since it was looked at: then it is looked at again. */
  #mend(update: Uint8Array, edits: number): void {
    const { isWriting, write } = this.#need;
    const again = () => {
      this.#isDoubtful = true;
      this.#arm();
    };
    if (edits !== this.#edits || isWriting()) again();
    else write(update).catch(again);
  }

  async #fold({ checkpoint, entries, owners }: Owned): Promise<Folded> {
    const { page, ground } = this.#need;
    const updates = entries.map((entry) => entry.update);
    const folded = await ground.fold(checkpoint ? [checkpoint.state, ...updates] : updates);
    const number = entries.at(-1)?.number ?? checkpoint?.number ?? 0;
    await ground.journal.keepCheckpoint(page, { number, ...folded, owners });
    return folded;
  }
}

/** All of it is learnt before any of it is judged: what comes later may be what another doubles. */
function isWorthALook(doubt: Doubt, edits: readonly Walked[]): boolean {
  for (const edit of edits) doubt.learn(edit);
  return edits.some((edit) => doubt.raises(edit));
}
