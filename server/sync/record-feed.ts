import type { SurveyId } from "../../shared/base/ids.ts";
import type { SurveyRecord } from "../../shared/records/kinds.ts";
import { sayFrame } from "./frames-out.ts";
import type { RecordsPort } from "./records-port.ts";

type Feed = {
  records: RecordsPort;
  survey: SurveyId;
  /** The last record that the browser has. */
  after: number;
  send: (frame: Uint8Array) => void;
  /** Reading failed: without a gap, nothing more can be sent. */
  fail: (error: unknown) => void;
};

/** Sends a survey's records to one connection from a number on: in order, without gaps, each once. */
export class RecordFeed {
  readonly #feed: Feed;
  #last: number;
  #hasTold = false;
  #reading: Promise<void> | null = null;
  #heardMore = false;
  #stop = () => {};

  constructor(feed: Feed) {
    this.#feed = feed;
    this.#last = feed.after;
  }

  /** Sends what there is, were it nothing: the browser then knows that it has all. */
  async start(): Promise<void> {
    const { records, survey } = this.#feed;
    this.#stop = records.listen(survey, (heard) => this.#hear(heard));
    await this.#catchUp();
    if (!this.#hasTold) this.#tell([]);
  }

  /** Resolves when the record with this number has been sent. */
  async reach(seq: number): Promise<void> {
    if (this.#last < seq) await this.#catchUp();
  }

  stop(): void {
    this.#stop();
  }

  #hear(records: readonly SurveyRecord[]): void {
    if (this.#reading) this.#heardMore = true;
    else if (records[0]?.seq === this.#last + 1) this.#tell(records);
    else if ((records.at(-1)?.seq ?? 0) > this.#last) void this.#catchUp();
  }

  #catchUp(): Promise<void> {
    this.#reading ??= this.#readOn();
    return this.#reading;
  }

  async #readOn(): Promise<void> {
    const { records, survey, fail } = this.#feed;
    try {
      do {
        this.#heardMore = false;
        const read = await records.read(survey, this.#last);
        if (read.length > 0) this.#tell(read);
      } while (this.#heardMore);
    } catch (error) {
      fail(error);
    }
    this.#reading = null;
  }

  #tell(records: readonly SurveyRecord[]): void {
    this.#hasTold = true;
    this.#last = records.at(-1)?.seq ?? this.#last;
    this.#feed.send(frameOf(records));
  }
}

/** Everybody in a survey is told the same list: it is written out once. */
const written = new WeakMap<readonly SurveyRecord[], Uint8Array>();

function frameOf(records: readonly SurveyRecord[]): Uint8Array {
  const frame = written.get(records) ?? sayFrame({ say: "records", records: [...records] });
  written.set(records, frame);
  return frame;
}
