import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { limits } from "../../shared/base/limits.ts";
import { browserFrame } from "../sync/fake-browser.ts";
import { anAddress } from "./guest.stage.ts";
import type { Arena, Case } from "./scene.stage.ts";

/* Bytes that are no message, and requests that are no upgrade. */

/** Somebody says this, and it ends them. */
function saying(message: () => Uint8Array | string): Case["attack"] {
  return async (arena) => {
    const mallory = await arena.intruder();
    mallory.say(message());
    return mallory.ended;
  };
}

const malformed = { code: 4400, reason: "malformed" };

/** A socket under the websocket protocol: the upgrade is made by hand, and then anything can be written. */
export async function bareSocket(arena: Arena): Promise<Socket> {
  const { token } = await arena.survey.person("editor", "Mallory");
  const socket = connect(arena.plenum.port, "127.0.0.1");
  socket.on("error", () => {});
  socket.write(upgrade(arena.page, [`Authorization: Bearer ${token}`, `X-Forwarded-For: ${anAddress()}`]));
  await once(socket, "data");
  socket.resume();
  return socket;
}

function upgrade(page: string, lines: readonly string[]): string {
  const head = [
    `GET /sync/${page} HTTP/1.1`,
    "Host: localhost",
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
  ];
  return [...head, ...lines, "", ""].join("\r\n");
}

/** What a raw request is answered before its connection ends: the status line, or nothing. */
async function statusOf(arena: Arena, request: string): Promise<string> {
  const socket = connect(arena.plenum.port, "127.0.0.1");
  socket.on("error", () => {});
  let answer = "";
  socket.on("data", (chunk: Buffer) => {
    answer += String(chunk);
    socket.destroy();
  });
  socket.write(request);
  await once(socket, "close");
  return answer.split("\r\n")[0] ?? "";
}

export const frameCases: readonly Case[] = [
  {
    name: "baseline.sync",
    promise: "what one writes the other reads, and is told that it is on disk",
    attack: async (arena) => {
      const [ana, ben] = [await arena.guest(), await arena.guest("reader")];
      ana.browser.write("words ");
      await ana.saved();
      await ben.until(() => ben.browser.text.includes("words "));
      return ben.browser.doc.getText("body").toJSON().includes("words ");
    },
    expected: true,
  },
  {
    name: "frame.text",
    promise: "a text message ends its sender",
    attack: saying(() => "hello"),
    expected: malformed,
  },
  {
    name: "frame.empty",
    promise: "an empty message ends its sender",
    attack: saying(() => new Uint8Array()),
    expected: malformed,
  },
  {
    name: "frame.truncated",
    promise: "whatever its length, the beginning of a message ends its sender",
    attack: async (arena) => {
      const whole = browserFrame.edit(Uint8Array.of(1, 1, 7, 0, 4, 1, 4, 98, 111, 100, 121, 2, 104, 105, 0));
      const ends: string[] = [];
      for (let length = 1; length < whole.length; length += 1) {
        const mallory = await arena.intruder();
        mallory.say(whole.slice(0, length));
        const { code, reason } = await mallory.ended;
        ends.push(`${code} ${reason}`);
      }
      return [...new Set(ends)];
    },
    expected: ["4400 malformed"],
  },
  {
    name: "frame.varint",
    promise: "a number without an end ends its sender",
    attack: saying(() => new Uint8Array(20).fill(255)),
    expected: malformed,
  },
  {
    name: "frame.unknown-type",
    promise: "every type that a browser has no business to send ends its sender",
    attack: async (arena) => {
      const ends: string[] = [];
      for (const type of [2, 4, 5, 7, 9, 10, 77, 127]) {
        const mallory = await arena.intruder();
        mallory.say(Uint8Array.of(type, 0));
        const { code, reason } = await mallory.ended;
        ends.push(`${code} ${reason}`);
      }
      return [...new Set(ends)];
    },
    expected: ["4400 malformed"],
  },
  {
    name: "frame.rfc6455",
    promise: "frames that break the websocket protocol end their socket, not the process",
    attack: async (arena) => {
      const broken = {
        "reserved bits": [0xf2, 0x84, 0, 0, 0, 0, 1, 2, 3, 4],
        "no mask": [0x82, 0x02, 0, 0],
        "an opcode that there is not": [0x83, 0x80, 0, 0, 0, 0],
        "a ping in fragments": [0x09, 0x80, 0, 0, 0, 0],
        "a ping of 126 bytes": [0x89, 0xfe, 0, 126, 0, 0, 0, 0],
        "a length beyond all memory": [0x82, 0xff, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0],
        "a close code that is none": [0x88, 0x82, 0, 0, 0, 0, 0, 1],
        "text that is no text": [0x81, 0x81, 0, 0, 0, 0, 0xff],
      };
      for (const bytes of Object.values(broken)) {
        const socket = await bareSocket(arena);
        socket.write(Uint8Array.from(bytes));
        await once(socket, "close");
      }
      return Object.keys(broken).length;
    },
    expected: 8,
  },
  {
    name: "frame.upgrade-headers",
    promise: "upgrades that are none are answered, not opened",
    attack: async (arena) => {
      const { token } = await arena.survey.person("editor", "Mallory");
      const who = `Authorization: Bearer ${token}`;
      const many = Array.from({ length: 2 * limits.headersCount }, (_, at) => `X-${at}: ${at}`);
      const requests = {
        many: upgrade(arena.page, [...many, who]),
        long: upgrade(arena.page, [`X: ${"x".repeat(100_000)}`, who]),
        version: upgrade(arena.page, [who]).replace("Version: 13", "Version: 7"),
        key: upgrade(arena.page, [who]).replace("AAAAAAAAAAAAAAAAAAAAAA==", "short"),
        protocol: upgrade(arena.page, [who, `Sec-WebSocket-Protocol: ${",".repeat(8_000)}`]),
        post: upgrade(arena.page, [who]).replace("GET", "POST"),
      };
      const said = Object.entries(requests).map(async ([name, request]) => [
        name,
        (await statusOf(arena, request)).split(" ")[1] ?? "nothing",
      ]);
      return Object.fromEntries(await Promise.all(said));
    },
    expected: { many: "413", long: "413", version: "400", key: "400", protocol: "400", post: "405" },
  },
];
