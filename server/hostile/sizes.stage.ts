import { once } from "node:events";
import { WebSocket } from "ws";
import * as Y from "yjs";
import { limits } from "../../shared/base/limits.ts";
import { browserFrame } from "../sync/fake-browser.ts";
import { bareSocket } from "./frames.stage.ts";
import { aClient, type Intruder } from "./guest.stage.ts";
import type { Arena, Case } from "./scene.stage.ts";

/* Messages that are large, or made to be large in memory. */

const mebibyte = 1024 * 1024;

/** A sound edit of a new author, of about so many characters. */
export function textEdit(length: number, client = aClient()): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = client;
  doc.getText("body").insert(0, "x".repeat(length));
  return browserFrame.edit(Y.encodeStateAsUpdate(doc));
}

/** A sound edit whose message has exactly so many bytes. */
function textMessage(bytes: number): Uint8Array {
  const overhead = textEdit(bytes).length - bytes;
  return textEdit(bytes - overhead);
}

/** What becomes of this message: `kept`, or the code with which its sender was ended. */
export async function fateOf(arena: Arena, message: Uint8Array): Promise<number | "kept"> {
  const mallory = await arena.intruder();
  mallory.say(message);
  await mallory.settled();
  return mallory.isOpen ? "kept" : (await mallory.ended).code;
}

async function negotiated(arena: Arena): Promise<string> {
  const person = await arena.survey.person("editor");
  const ws = new WebSocket(`${person.address.replace("http", "ws")}/sync/${arena.page}`, {
    headers: { authorization: `Bearer ${person.token}` },
    perMessageDeflate: true,
  });
  await once(ws, "open");
  const { extensions } = ws;
  ws.terminate();
  return extensions;
}

function sayInFragments({ ws }: Intruder, message: Uint8Array, fragments: number): void {
  const size = Math.ceil(message.length / fragments);
  for (let at = 0; at < fragments; at += 1)
    ws.send(message.subarray(at * size, (at + 1) * size), { binary: true, fin: at === fragments - 1 });
}

async function fateInFragments(arena: Arena, fragments: number): Promise<number | "kept"> {
  const mallory = await arena.intruder();
  sayInFragments(mallory, textMessage(4 * limits.frameFragments), fragments);
  await mallory.settled();
  return mallory.isOpen ? "kept" : (await mallory.ended).code;
}

export const sizeCases: readonly Case[] = [
  {
    name: "size.oversized",
    promise: "a message is read up to one limit, refused above it, and not even read above another",
    attack: async (arena) => {
      const huge = await Promise.all([1, 2, 3, 4].map(() => fateOf(arena, new Uint8Array(64 * mebibyte))));
      return {
        largest: await fateOf(arena, textMessage(limits.frameBytes)),
        larger: await fateOf(arena, textMessage(limits.frameBytes + 1)),
        largestRead: await fateOf(arena, new Uint8Array(limits.frameReadBytes)),
        unread: await fateOf(arena, new Uint8Array(limits.frameReadBytes + 1)),
        huge,
      };
    },
    expected: {
      largest: "kept",
      larger: 4413,
      largestRead: 4413,
      unread: 1009,
      huge: [1009, 1009, 1009, 1009],
    },
  },
  {
    name: "size.big-valid",
    // A checkpoint of 8 MiB is some eight copies of it in a thread, for a moment; then that gives its memory back.
    mostGrownBytes: 150 * mebibyte,
    promise: "20 MiB of sound text make a full page and no more, and a newcomer is sent no more than that",
    isElsewhere: true,
    attack: async (arena) => {
      const fates = new Set<number | "kept">();
      for (let left = 20; left > 0; left -= 1) fates.add(await fateOf(arena, textEdit(1000 * 1024)));
      const { length } = Y.encodeStateAsUpdate(await arena.newcomer());
      return {
        fates: [...fates],
        isNearlyFull: length > limits.bodyBytes - mebibyte,
        isBounded: length <= limits.bodyBytes,
      };
    },
    expected: { fates: ["kept", 4413], isNearlyFull: true, isBounded: true },
  },
  {
    name: "size.deflate-bomb",
    promise: "compression is not agreed on, and a compressed frame ends its sender",
    attack: async (arena) => {
      const socket = await bareSocket(arena);
      socket.write(Uint8Array.of(0xc2, 0x81, 0, 0, 0, 0, 0));
      await once(socket, "close");
      return negotiated(arena);
    },
    expected: "",
  },
  {
    name: "size.fragments",
    promise: "a message may come in some fragments, not in thousands",
    attack: async (arena) => {
      const mallory = await arena.intruder();
      for (let left = 42_000; left > 0; left -= 1) mallory.ws.send(Uint8Array.of(0), { fin: false });
      return {
        thousands: (await mallory.ended).code,
        most: await fateInFragments(arena, limits.frameFragments),
        more: await fateInFragments(arena, limits.frameFragments + 1),
      };
    },
    expected: { thousands: 1008, most: "kept", more: 1008 },
  },
];
