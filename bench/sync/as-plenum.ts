import * as encoding from "lib0/encoding";
import { frame } from "../../shared/protocol/frames.ts";
import { protocolVersion } from "../../shared/protocol/version.ts";
import { schemaVersion } from "../../shared/body/schema.ts";
import type { Contender, House, HouseRoom } from "./contender.ts";
import { plain } from "./dialect.ts";
import type { Page } from "./page.ts";
import { seedRooms } from "./seed.ts";
import { ServerProcess } from "./server-process.ts";

/** Plenum as an operator starts it, met by programs that sign in and speak as its own page does. */
export const asPlenum: Contender = met("Plenum", (seq) => [hello(seq)]);

/** Plenum, met by other programs, which know y-websocket's protocol and nothing of Plenum's own. */
export const asPlenumForOthers: Contender = met("Plenum, by y-websocket", () => []);

type Greet = (seq: number) => Uint8Array[];

function met(name: string, greet: Greet): Contender {
  return {
    name,
    dialect: plain,
    start: async (folder) => {
      const environment = {
        HOST: "127.0.0.1",
        PORT: "0",
        PLENUM_DATA: folder,
        // So that each client has an address of its own, as people have.
        PLENUM_TRUST_PROXY: "1",
      };
      const server = await ServerProcess.start({ program: "server/start.mjs", environment });
      return { server, makeRooms: (count, people, page) => makeRooms(server, greet, count, people, page) };
    },
  };
}

async function makeRooms(
  server: ServerProcess,
  greet: Greet,
  count: number,
  people: number,
  page: Page,
): ReturnType<House["makeRooms"]> {
  const owner = await signIn(server, 0);
  const survey = (await call(server, owner, "POST", "/api/surveys", { title: "Measured" })) as { id: string };
  const link = (await call(server, owner, "POST", `/api/surveys/${survey.id}/links`, {
    role: "editor",
  })) as { secret: string };
  const tokens = [owner];
  for (let from = 1; from < people; from += 20) {
    const some = Array.from({ length: Math.min(20, people - from) }, async (_, at) => {
      const token = await signIn(server, from + at);
      await call(server, token, "POST", `/api/links/${link.secret}`, {});
      return token;
    });
    tokens.push(...(await Promise.all(some)));
  }
  const pages: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const made = (await call(server, owner, "POST", `/api/surveys/${survey.id}/pages`, {
      title: `Page ${at}`,
    })) as { id: string };
    pages.push(made.id);
  }
  const { seq } = (await call(server, owner, "GET", `/api/surveys/${survey.id}/records?after=0`)) as {
    seq: number;
  };
  const rooms = pages.map((id, at) => roomAt(server.port, id, at * peopleBetween, tokens, greet(seq)));
  const writers = rooms.map((room) => ({ ...room, greetings: [hello(seq)] }));
  // Only who says hello is told what is kept.
  await seedRooms(writers, plain, page);
  return rooms;
}

/** Each room's first person stands so many behind the one before: nobody is to sit in every room. */
const peopleBetween = 5;

function roomAt(
  port: number,
  name: string,
  firstPerson: number,
  tokens: readonly string[],
  greetings: readonly Uint8Array[],
): HouseRoom {
  return {
    name,
    seat: (client) => {
      const person = (firstPerson + client) % tokens.length;
      const headers = { authorization: `Bearer ${tokens[person]}`, "x-forwarded-for": addressOf(person) };
      return { port, path: `/sync/${name}`, headers };
    },
    greetings,
  };
}

/** A browser that was here before has the survey's records. */
const hello = (seq: number): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, frame.say);
    encoding.writeVarString(
      encoder,
      JSON.stringify({ say: "hello", version: protocolVersion, schema: schemaVersion, seq }),
    );
  });

const addressOf = (person: number): string => `10.0.${person >> 8}.${person & 255}`;

async function signIn(server: ServerProcess, person: number): Promise<string> {
  const answer = await fetch(`${server.address}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": addressOf(person) },
    body: JSON.stringify({ name: `Person ${person}` }),
  });
  return ((await answer.json()) as { token: string }).token;
}

async function call(
  server: ServerProcess,
  token: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(server.address + path, { method, headers, ...content });
  if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}
