import { limits } from "../../shared/base/limits.ts";
import { browserFrame } from "../sync/fake-browser.ts";
import { aClient, type Guest } from "./guest.stage.ts";
import type { Arena, Case } from "./scene.stage.ts";

/* Who somebody says they are, and what they say of others. */

const place = { type: null, tname: "body", item: null, assoc: 0 };
const cursor = { anchor: place, head: place };

/** Alice, who shows herself, and Bob, who sees her. */
async function aliceAndBob(arena: Arena): Promise<{ alice: Guest; bob: Guest; client: number }> {
  const client = aClient();
  const alice = await arena.guest("editor", "Alice", client);
  const bob = await arena.guest("reader", "Bob");
  alice.socket.say(browserFrame.presence(client, 1, { cursor: null }));
  await bob.until(() => shown(bob, "Alice") !== undefined);
  return { alice, bob, client };
}

/** Whom Bob sees: their names, in order. */
function namesSeen({ browser }: Guest): string[] {
  return [...browser.present.values()].map(nameIn).sort();
}

function nameIn(state: unknown): string {
  const { user } = state as { user: { name: string } };
  return user.name;
}

/** What Bob is shown of somebody: under which number is the room's word. */
function shown({ browser }: Guest, name: string): unknown {
  return [...browser.present.values()].find((state) => nameIn(state) === name);
}

/** Bob has heard all that was told before now: somebody's coming is told behind it. */
async function nextIsTold(arena: Arena, bob: Guest): Promise<void> {
  const client = aClient();
  const last = await arena.guest("reader", "Last");
  last.socket.say(browserFrame.presence(client, 1, { cursor: null }));
  await bob.until(() => shown(bob, "Last") !== undefined);
  last.leave();
  await bob.until(() => shown(bob, "Last") === undefined);
}

export const presenceCases: readonly Case[] = [
  {
    name: "awareness.spoof",
    promise: "who speaks for another's number, or in another's name, is seen as themselves or not at all",
    attack: async (arena) => {
      const { bob, client } = await aliceAndBob(arena);
      const forged = { user: { id: "alice", name: "Alice" }, cursor: null };
      const [one, other] = [await arena.intruder(), await arena.intruder()];
      one.say(browserFrame.presence(client, 99, forged));
      other.say(browserFrame.presence(aClient(), 99, forged));
      await nextIsTold(arena, bob);
      return namesSeen(bob);
    },
    expected: ["Alice", "Mallory"],
  },
  {
    name: "awareness.evict",
    promise: "nobody takes another's presence away",
    attack: async (arena) => {
      const { bob, client } = await aliceAndBob(arena);
      const mallory = await arena.intruder();
      for (const clock of [2, 1e9, Number.MAX_SAFE_INTEGER])
        mallory.say(browserFrame.presence(client, clock, null));
      await nextIsTold(arena, bob);
      return namesSeen(bob);
    },
    expected: ["Alice"],
  },
  {
    name: "awareness.identity",
    promise: "name and colour are the server's word, and nothing else but a cursor passes",
    attack: async (arena) => {
      const { bob } = await aliceAndBob(arena);
      const client = aClient();
      const mallory = await arena.intruder();
      const user = { id: "x", name: "<img onerror=alert(1)>", color: "red;background:url(//evil)" };
      mallory.say(browserFrame.presence(client, 1, { user, html: "<script>", cursor }));
      await bob.until(() => shown(bob, "Mallory") !== undefined);
      const state = shown(bob, "Mallory") as { user: { name: string; color: unknown } };
      return {
        keys: Object.keys(state).sort(),
        name: state.user.name,
        color: typeof state.user.color,
        user: Object.keys(state.user).sort(),
      };
    },
    expected: { keys: ["cursor", "user"], name: "Mallory", color: "number", user: ["color", "id", "name"] },
  },
  {
    name: "awareness.flood",
    promise: "one socket has one presence, however many it claims",
    attack: async (arena) => {
      const { bob } = await aliceAndBob(arena);
      const mallory = await arena.intruder();
      for (let left = 1_000; left > 0; left -= 1)
        mallory.say(browserFrame.presence(aClient(), 1, { cursor: null }));
      await mallory.settled();
      await nextIsTold(arena, bob);
      return namesSeen(bob);
    },
    expected: ["Alice", "Mallory"],
  },
  {
    name: "awareness.big",
    promise: "a presence above the limit reaches nobody",
    attack: async (arena) => {
      const { bob } = await aliceAndBob(arena);
      const heard: number[] = [];
      bob.socket.ws.on("message", (data: Buffer) => heard.push(data.length));
      const mallory = await arena.intruder();
      const client = aClient();
      for (let clock = 1; clock <= 20; clock += 1)
        mallory.say(browserFrame.presence(client, clock, { cursor, pad: "x".repeat(1_000_000) }));
      const padded = (length: number) =>
        browserFrame.presence(client, 200, { cursor: null, pad: "x".repeat(length) });
      const bare = JSON.stringify({ cursor: null, pad: "" }).length;
      mallory.say(padded(limits.presenceBytes - bare + 1));
      await mallory.settled();
      await nextIsTold(arena, bob);
      const before = namesSeen(bob);
      mallory.say(padded(limits.presenceBytes - bare));
      await bob.until(() => shown(bob, "Mallory") !== undefined);
      return { before, isRelayed: heard.some((length) => length > limits.presenceBytes) };
    },
    expected: { before: ["Alice"], isRelayed: false },
  },
  {
    name: "awareness.clock-lock",
    promise: "nobody makes another's presence stand still by a clock of their own",
    attack: async (arena) => {
      const { alice, bob, client } = await aliceAndBob(arena);
      const mallory = await arena.intruder();
      mallory.say(browserFrame.presence(client, Number.MAX_SAFE_INTEGER, { cursor: null }));
      await mallory.settled();
      alice.socket.say(browserFrame.presence(client, 2, { cursor }));
      const hasMoved = () => JSON.stringify(shown(bob, "Alice") ?? null).includes('"tname":"body"');
      await bob.until(hasMoved);
      return hasMoved();
    },
    expected: true,
  },
  {
    name: "awareness.bad-json",
    promise: "presence that is not JSON ends its sender",
    attack: async (arena) => {
      const mallory = await arena.intruder();
      mallory.say(Uint8Array.of(1, 6, 1, 5, 0, 2, 123, 123));
      return mallory.ended;
    },
    expected: { code: 4400, reason: "malformed" },
  },
  {
    name: "awareness.ghosts",
    promise: "who is gone is seen to be gone at once, however they went",
    attack: async (arena) => {
      const { bob } = await aliceAndBob(arena);
      const client = aClient();
      const mallory = await arena.intruder();
      mallory.say(browserFrame.presence(client, 1, { cursor: null }));
      await bob.until(() => shown(bob, "Mallory") !== undefined);
      await arena.timed(() => {
        mallory.leave();
        return bob.until(() => shown(bob, "Mallory") === undefined);
      });
      return namesSeen(bob);
    },
    withinMs: 2_000,
    expected: ["Alice"],
  },
];
