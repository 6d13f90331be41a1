import { afterEach, beforeEach, expect, test } from "vitest";
import type { Relay } from "./relay.ts";

/** Two nodes of one Plenum. The relay of a single process is both of them. */
export type Nodes = { here: Relay; there: Relay };

/** Somebody who listens and speaks on a topic, and remembers what was heard. */
class Listener {
  readonly heard: number[][] = [];
  readonly stop: () => void;
  readonly #relay: Relay;
  readonly #topic: string;
  #wanted = 0;
  #enough: () => void = () => {};

  constructor(relay: Relay, topic: string) {
    this.#relay = relay;
    this.#topic = topic;
    this.stop = relay.listen(topic, this.#hear);
  }

  readonly #hear = (message: Uint8Array): void => {
    this.heard.push([...message]);
    if (this.heard.length >= this.#wanted) this.#enough();
  };

  say(...bytes: number[]): void {
    this.#relay.say(this.#topic, Uint8Array.from(bytes), this.#hear);
  }

  /** What was heard, as soon as it is this many messages or more. */
  async hears(messages: number): Promise<number[][]> {
    this.#wanted = messages;
    await new Promise<void>((resolve) => {
      this.#enough = resolve;
      if (this.heard.length >= messages) resolve();
    });
    return this.heard;
  }
}

/** Registers what relay.ts promises as tests, for every relay to run. Each test gets nodes of its own. */
export function relayContract(open: () => Promise<Nodes>): void {
  let nodes: Nodes;
  const listenHere = (topic = "room") => new Listener(nodes.here, topic);
  const listenThere = (topic = "room") => new Listener(nodes.there, topic);

  beforeEach(async () => {
    nodes = await open();
  });
  afterEach(async () => {
    await nodes.here.close();
    await nodes.there.close();
  });

  test("what is said on a topic is heard by everyone who listens to it, on every node", async () => {
    const [speaker, near, far] = [listenHere(), listenHere(), listenThere()];
    speaker.say(1, 2);
    expect(await near.hears(1)).toEqual([[1, 2]]);
    expect(await far.hears(1)).toEqual([[1, 2]]);
  });

  test("the speaker hears what others say, and nothing of what it said itself", async () => {
    const [speaker, near, far] = [listenHere(), listenHere(), listenThere()];
    speaker.say(1);
    await Promise.all([near.hears(1), far.hears(1)]);
    near.say(2);
    far.say(3);
    expect((await speaker.hears(2)).toSorted()).toEqual([[2], [3]]);
  });

  test("messages of one speaker on one topic are heard in the order in which they were said", async () => {
    const [speaker, near, far] = [listenHere(), listenHere(), listenThere()];
    const said = Array.from({ length: 100 }, (_, place) => [place]);
    for (const [place = 0] of said) speaker.say(place);
    expect(await near.hears(100)).toEqual(said);
    expect(await far.hears(100)).toEqual(said);
  });

  test("an answer given while hearing is not heard before what the same speaker said earlier", async () => {
    const [first, answering, last] = [listenHere(), listenHere(), listenThere()];
    const stop = nodes.here.listen("room", ([byte]) => byte === 1 && answering.say(3));
    answering.say(0);
    first.say(1);
    first.say(2);
    const heard = (await last.hears(4)).flat();
    expect(heard.filter((byte) => byte === 0 || byte === 3)).toEqual([0, 3]);
    expect(heard.filter((byte) => byte === 1 || byte === 2)).toEqual([1, 2]);
    stop();
  });

  test("what is said on one topic is not heard on another", async () => {
    const [speaker, otherSpeaker, other] = [listenHere(), listenHere("other"), listenThere("other")];
    speaker.say(1);
    otherSpeaker.say(2);
    expect(await other.hears(1)).toEqual([[2]]);
  });

  test("one who stopped listening hears nothing more; the others do", async () => {
    const [speaker, stopped, staying] = [listenHere(), listenHere(), listenThere()];
    speaker.say(1);
    await Promise.all([stopped.hears(1), staying.hears(1)]);
    speaker.say(2);
    stopped.stop();
    speaker.say(3);
    expect(await staying.hears(3)).toEqual([[1], [2], [3]]);
    expect(stopped.heard).toEqual([[1]]);
  });

  test("stopping twice is stopping once, and one may listen again", async () => {
    const [speaker, stopped] = [listenHere(), listenHere()];
    stopped.stop();
    const again = listenHere();
    stopped.stop();
    speaker.say(1);
    expect(await again.hears(1)).toEqual([[1]]);
  });

  test("speaking without listening is heard, and speaking to nobody harms nobody", async () => {
    nodes.here.say("room", Uint8Array.of(1), () => {});
    const far = listenThere();
    nodes.here.say("room", Uint8Array.of(2), () => {});
    expect((await far.hears(1)).at(-1)).toEqual([2]);
  });

  test("what is heard is the listener's own: neither the speaker nor another listener can change it", async () => {
    const message = Uint8Array.of(1);
    const heard: Uint8Array[] = [];
    const [one, other] = [listenHere(), listenThere()];
    nodes.here.listen("room", (own) => heard.push(own.fill(9)));
    nodes.here.say("room", message, () => {});
    message.fill(8);
    expect(await one.hears(1)).toEqual([[1]]);
    expect(await other.hears(1)).toEqual([[1]]);
  });

  test("messages of any size come whole, the empty one too", async () => {
    const [speaker, far] = [listenHere(), listenThere()];
    speaker.say();
    nodes.here.say("room", new Uint8Array(1024 * 1024).fill(7), () => {});
    expect((await far.hears(2)).map(({ length }) => length)).toEqual([0, 1024 * 1024]);
  });

  test("after closing nothing is heard, and closing twice is closing once", async () => {
    const [speaker, near] = [listenHere(), listenHere()];
    speaker.say(1);
    await near.hears(1);
    await nodes.here.close();
    speaker.say(2);
    await nodes.here.close();
    expect(near.heard).toEqual([[1]]);
  });
}
