import { expect, test } from "vitest";
import { relayContract } from "./contract.ts";
import { makeMemoryRelay } from "./memory.ts";

relayContract(async () => {
  const relay = makeMemoryRelay();
  return { here: relay, there: relay };
});

/** A relay whose deliveries wait until they are let go, and who heard what, in the order of hearing. */
function makeHeldRelay() {
  const held: (() => void)[] = [];
  const heard: string[] = [];
  const relay = makeMemoryRelay((work) => held.push(work));
  return {
    relay,
    heard,
    /** Somebody on the topic, by name. */
    join(name: string, topic = "room") {
      const hear = (message: Uint8Array) => void heard.push(`${name} hears ${message.join()}`);
      const stop = relay.listen(topic, hear);
      return { stop, say: (byte: number) => relay.say(topic, Uint8Array.of(byte), hear) };
    },
    /** Lets go of all that was said and of all that is said in answer; then nothing is under way any more. */
    deliverAll() {
      for (let work = held.shift(); work; work = held.shift()) work();
    },
    /** How many deliveries are under way. */
    underWay: () => held.length,
  };
}

test("the speaker hears nothing: no delivery to it is ever under way", () => {
  const { join, heard, underWay, deliverAll } = makeHeldRelay();
  const ana = join("ana");
  ana.say(1);
  expect(underWay()).toBe(0);
  join("ben");
  ana.say(2);
  expect(underWay()).toBe(1);
  deliverAll();
  expect(heard).toEqual(["ben hears 2"]);
});

test("nobody hears before say returns, and then everyone in the order in which it was said", () => {
  const { join, heard, deliverAll } = makeHeldRelay();
  const [ana, ben] = [join("ana"), join("ben")];
  join("cem");
  ana.say(1);
  ben.say(2);
  ana.say(3);
  expect(heard).toEqual([]);
  deliverAll();
  expect(heard.filter((line) => line.startsWith("cem"))).toEqual([
    "cem hears 1",
    "cem hears 2",
    "cem hears 3",
  ]);
  expect(heard.filter((line) => line.startsWith("ana"))).toEqual(["ana hears 2"]);
  expect(heard.filter((line) => line.startsWith("ben"))).toEqual(["ben hears 1", "ben hears 3"]);
});

test("an answer given while hearing comes after all that was said before it", () => {
  const { relay, join, heard, deliverAll } = makeHeldRelay();
  const [ana, ben] = [join("ana"), join("ben")];
  relay.listen("room", ([byte]) => {
    if (byte === 1) ben.say(9);
  });
  join("cem");
  ana.say(1);
  ana.say(2);
  deliverAll();
  expect(heard.filter((line) => line.startsWith("cem"))).toEqual([
    "cem hears 1",
    "cem hears 2",
    "cem hears 9",
  ]);
});

test("what is under way to one who stops, or when the relay closes, is not heard", async () => {
  const { relay, join, heard, deliverAll } = makeHeldRelay();
  const [ana, ben] = [join("ana"), join("ben")];
  join("cem");
  ana.say(1);
  ben.stop();
  deliverAll();
  expect(heard).toEqual(["cem hears 1"]);
  ana.say(2);
  await relay.close();
  join("late");
  ana.say(3);
  deliverAll();
  expect(heard).toEqual(["cem hears 1"]);
});

test("one who joins after something was said does not hear it", () => {
  const { join, heard, deliverAll } = makeHeldRelay();
  join("ana").say(1);
  join("late");
  deliverAll();
  expect(heard).toEqual([]);
});

test("a listener that throws keeps nothing from the others, and is not silenced", () => {
  const held: (() => void)[] = [];
  const heard: number[] = [];
  const relay = makeMemoryRelay((work) => held.push(work));
  relay.listen("room", () => {
    throw new Error("a bug in a listener");
  });
  relay.listen("room", ([byte = 0]) => heard.push(byte));
  relay.say("room", Uint8Array.of(1), () => {});
  const [toThrowing, toOther] = held;
  expect(toThrowing).toThrow("a bug in a listener");
  toOther?.();
  expect(heard).toEqual([1]);
});
