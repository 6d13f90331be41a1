import { readdir } from "node:fs/promises";
import { WebSocket } from "ws";
import type { Role } from "../../shared/access/roles.ts";
import { limits } from "../../shared/base/limits.ts";
import { Outsider } from "../http/outside.ts";
import { browserFrame } from "../sync/fake-browser.ts";
import { knock, type Ended } from "./guest.stage.ts";
import type { Arena, Case } from "./scene.stage.ts";
import { textEdit } from "./sizes.stage.ts";

/* Who comes in, from where, to which page, and what they may do there. */

/** A text by which a forged edit is known, wherever it should turn up. */
const forged = "xxxxxxxxxxxxxxxx";
const edit = () => textEdit(forged.length);
const overlong = (bytes: Uint8Array, at: number) =>
  Uint8Array.from([...bytes.slice(0, at), 0x80 | (bytes[at] ?? 0), 0, ...bytes.slice(at + 1)]);

/** Ways to say an edit: the frame as it is, and in disguises that mean the same, or might. */
const forms: Readonly<Record<string, (say: (message: Uint8Array | string, fin?: boolean) => void) => void>> =
  {
    plain: (say) => say(edit()),
    "as an answer": (say) => say(Uint8Array.from([0, 1, ...edit().slice(2)])),
    "its type in two bytes": (say) => say(overlong(edit(), 0)),
    "its step in two bytes": (say) => say(overlong(edit(), 1)),
    "an answer in two bytes": (say) => say(overlong(Uint8Array.from([0, 1, ...edit().slice(2)]), 1)),
    "in two fragments": (say) => {
      say(edit().slice(0, 3), false);
      say(edit().slice(3));
    },
    "behind a question": (say) => say(Uint8Array.from([0, 0, 1, 0, ...edit()])),
    "as text": (say) => say(String.fromCharCode(...edit())),
  };

/** What came of each form: the code that ended its sender, or `passed over`. */
async function fates(arena: Arena, role: Role): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [name, write] of Object.entries(forms)) {
    const mallory = await arena.intruder(role);
    write((message, fin = true) => mallory.ws.send(message, { fin }));
    await mallory.settled();
    found[name] = mallory.isOpen ? "passed over" : (await mallory.ended).reason;
  }
  return found;
}

const allRefused = {
  plain: "not-allowed",
  "as an answer": "passed over",
  "its type in two bytes": "not-allowed",
  "its step in two bytes": "not-allowed",
  "an answer in two bytes": "passed over",
  "in two fragments": "not-allowed",
  "behind a question": "malformed",
  "as text": "malformed",
};

async function isStored(arena: Arena): Promise<boolean> {
  return (await arena.newcomer()).getText("body").toJSON().includes(forged);
}

/** How a socket with these headers, into a page of this name, ends. */
function endOf(person: Outsider, page: string, headers: Record<string, string> = {}): Promise<Ended> {
  return knock(person, page, headers).ended;
}

const strangeNames = [
  "x".repeat(8_000),
  "..%2f..%2fetc%2fpasswd",
  "../../etc/passwd",
  "__proto__",
  "constructor",
  "hasOwnProperty",
  "%00",
  "a/b",
  "plenum.db",
  encodeURIComponent("страница"),
  "%",
  "",
];

export const accessCases: readonly Case[] = [
  {
    name: "auth.none",
    promise: "who has no session, or is no member, is told so, and nothing that they say is heard or kept",
    attack: async (arena) => {
      const stranger = new Outsider(arena.plenum.address);
      const before = arena.plenum.memory().now;
      const flood = Array.from({ length: 50 }, async () => {
        const socket = knock(stranger, arena.page);
        socket.ws.on("open", () => {
          for (let left = 100; left > 0; left -= 1) socket.say(edit());
        });
        return (await socket.ended).reason;
      });
      const reasons = new Set(await Promise.all(flood));
      const eve = await stranger.named("Eve");
      return {
        nobody: [...reasons],
        madeUp: (await endOf(new Outsider(arena.plenum.address, "made-up"), arena.page)).reason,
        noMember: (await endOf(eve, arena.page)).reason,
        isBounded: arena.plenum.memory().now - before < 50 * 1024 * 1024,
        isStored: await isStored(arena),
      };
    },
    expected: {
      nobody: ["no-session"],
      madeUp: "no-session",
      noMember: "not-allowed",
      isBounded: true,
      isStored: false,
    },
  },
  {
    name: "auth.reader-write",
    promise: "a reader changes nothing, in whatever form they say it",
    attack: async (arena) => ({ ...(await fates(arena, "reader")), isStored: await isStored(arena) }),
    expected: { ...allRefused, isStored: false },
  },
  {
    name: "auth.commenter-write",
    promise: "nor do a commenter and a suggester, who may say something about the text",
    attack: async (arena) => {
      const commenter = await arena.guest("commenter", "Carl");
      const ask = { type: "thread.opened", page: arena.page, quote: { exact: "Page" }, text: "Since when?" };
      const said = await arena.survey.person("commenter");
      const { status } = await said.post(`/api/surveys/${arena.survey.id}/records`, ask);
      commenter.leave();
      return {
        commenter: await fates(arena, "commenter"),
        suggester: await fates(arena, "suggester"),
        comment: status,
        isStored: await isStored(arena),
      };
    },
    expected: { commenter: allRefused, suggester: allRefused, comment: 201, isStored: false },
  },
  {
    name: "auth.revoke",
    promise: "who may do less than before loses the socket within a second, and what they say then is lost",
    attack: async (arena) => {
      const member = await arena.survey.person("editor", "Mallory");
      const mallory = knock(member, arena.page);
      await mallory.settled();
      const { reason } = await arena.timed(async () => {
        await arena.survey.setRole(member, "reader");
        mallory.say(edit());
        return mallory.ended;
      });
      const again = knock(member, arena.page);
      again.ws.on("open", () => again.say(edit()));
      return {
        reason,
        again: (await again.ended).reason,
        isStored: await isStored(arena),
      };
    },
    withinMs: 1_000,
    expected: { reason: "access-changed", again: "not-allowed", isStored: false },
  },
  {
    name: "origin.foreign",
    promise: "a socket from another site's page is refused, whoever's browser it is; from our own it is not",
    attack: async (arena) => {
      const { token } = await arena.survey.person("editor");
      const browser = new Outsider(arena.plenum.address);
      const cookie = `plenum_session=${token}`;
      const from = async (origin: string) => (await endOf(browser, arena.page, { cookie, origin })).reason;
      const own = knock(browser, arena.page, { cookie, origin: arena.plenum.address });
      await own.settled();
      const foreign = [
        "https://evil.example",
        "null",
        "http://127.0.0.1",
        "file://",
        `${arena.plenum.address}.evil`,
      ];
      const isOpen = own.ws.readyState === WebSocket.OPEN;
      own.leave();
      return { foreign: [...new Set(await Promise.all(foreign.map(from)))], isOpen };
    },
    expected: { foreign: ["foreign-origin"], isOpen: true },
  },
  {
    name: "room.names",
    promise: "a page is what was made as one: no other name opens anything or makes a file",
    attack: async (arena) => {
      const owner = arena.survey.owner;
      const before = await readdir(arena.plenum.data, { recursive: true });
      const ends = await Promise.all(strangeNames.map((name) => endOf(owner, name)));
      const after = await readdir(arena.plenum.data, { recursive: true });
      return {
        reasons: [...new Set(ends.map(({ reason }) => reason))],
        made: after.filter((name) => !before.includes(name)),
      };
    },
    expected: { reasons: ["not-found"], made: [] },
  },
  {
    name: "room.own-sockets",
    promise: "one person has so many sockets and no more; others come in as before",
    attack: async (arena) => {
      const person = await arena.survey.person("editor");
      const sockets = Array.from({ length: limits.socketsPerPerson }, () => knock(person, arena.page));
      await Promise.all(sockets.map((each) => each.settled()));
      const more = await endOf(person, arena.page);
      const open = sockets.filter((each) => each.isOpen).length;
      for (const each of sockets) each.leave();
      return { open, more: more.reason };
    },
    expected: { open: limits.socketsPerPerson, more: "too-fast" },
  },
  {
    name: "room.asks",
    promise: "asks above the allowance are refused one by one, the socket stays",
    attack: async (arena) => {
      const mallory = await arena.intruder("commenter");
      await mallory.settled();
      const asks = 4 * limits.asks.burst;
      let answers = 0;
      let refused = 0;
      const { promise: all, resolve } = Promise.withResolvers<void>();
      mallory.ws.on("message", (data: Buffer) => {
        if (!data.includes('"say":"answer"')) return;
        answers += 1;
        if (data.includes("too-fast")) refused += 1;
        if (answers === asks) resolve();
      });
      const ask = { type: "thread.opened", page: "nowhere" };
      for (let left = asks; left > 0; left -= 1)
        mallory.say(browserFrame.say({ say: "ask", id: `ask-${left}`, ask }));
      await all;
      return {
        isOpen: mallory.isOpen,
        isSomeRefused: refused > 0,
        isBurstTaken: asks - refused >= limits.asks.burst,
      };
    },
    expected: { isOpen: true, isSomeRefused: true, isBurstTaken: true },
  },
];
