import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pino, type Logger } from "pino";
import type { Chance } from "../shared/base/ids.ts";
import { limits } from "../shared/base/limits.ts";
import { readOwnSettings, type Settings } from "./config.ts";
import { makeAllowances } from "./http/allowances.ts";
import { makeMetrics } from "./http/metrics.ts";
import { basePathOf, makeServer, withoutBase } from "./http/server.ts";
import { serveUpgrades } from "./http/upgrade.ts";
import { Guests } from "./people/guests.ts";
import { ShareLinks } from "./people/links.ts";
import { Records } from "./records/records.ts";
import { makeMemoryRelay } from "./relay/memory.ts";
import type { Relay } from "./relay/relay.ts";
import { openSqliteStorage } from "./storage/sqlite.ts";
import type { Storage } from "./storage/storage.ts";
import { makeJobs } from "./surveys/run-job.ts";
import { Rooms } from "./sync/rooms.ts";

const root = join(import.meta.dirname, "..");
const chance: Chance = (bytes) => crypto.getRandomValues(bytes);
const nowMs = () => Date.now();

/** What a Plenum is built of that can be another thing elsewhere. */
export type PlenumParts = {
  settings: Settings;
  storage: Storage;
  relay: Relay;
  log: Logger;
  appFolder: string;
};

export type Running = {
  /** `http://127.0.0.1:3000`: where it listens. */
  address: string;
  /** Lets nobody in any more, says goodbye to everyone, finishes what is being written, lets go of everything. */
  stop: () => Promise<void>;
};

/** Reads the settings, starts, prints the address; ends the process when it is told to, or says why it cannot start. */
export async function main(): Promise<void> {
  const read = readOwnSettings();
  if ("errors" in read) return giveUp(read.errors);
  const { settings, warnings } = read;
  for (const warning of warnings) console.error(warning);
  const log = pino({ level: settings.log }, pino.destination({ dest: 2, sync: true }));
  try {
    const storage = await openSqliteStorage(settings.data);
    const appFolder = join(root, "dist/client");
    const running = await start({ settings, storage, relay: makeMemoryRelay(), log, appFolder });
    stopWhenTold(running, log);
    console.log(`Plenum is ready at ${running.address}`);
  } catch (error) {
    giveUp([`Plenum cannot start: ${error instanceof Error ? error.message : error}`]);
  }
}

/** Builds a Plenum of these parts and lets people in. */
export async function start({ settings, storage, relay, log, appFolder }: PlenumParts): Promise<Running> {
  const { publicUrl, trustedProxies, metricsToken } = settings;
  const report = (error: unknown) => log.error({ err: error }, "something failed");
  const records = new Records(storage.records, nowMs, report);
  const { journal, quarantine, epochs } = storage;
  // A disk that takes nothing keeps nobody from reading.
  void quarantine.forgetOld(nowMs()).catch(report);
  const rooms = new Rooms({ journal, quarantine, epochs, relay, records, nowMs, schedule, report });
  closeSocketsOnNewRoles(records, rooms);
  const guests = new Guests(storage.people, chance, nowMs);
  const links = new ShareLinks(storage.links, records, chance, nowMs);
  const tools = { records, bodies: rooms, assets: storage.assets, run: makeJobs(), chance };
  const admission = {
    guests,
    records,
    log: storage.records,
    allowances: makeAllowances(),
    publicUrl,
    trustedProxies,
  };
  const metrics = makeMetrics(() => rooms.counts(), { process: true });
  let isStopping = false;
  const server = await makeServer({
    routesNeed: { guests, links, tools, log: storage.records, publicUrl },
    admission,
    watched: {
      version: ownVersion(),
      isStopping: () => isStopping,
      storage,
      metrics,
      metricsToken,
      publicUrl,
    },
    appFolder,
    log,
  });
  const pathOf = (url: string) => withoutBase(url, basePathOf(publicUrl));
  const upgrades = serveUpgrades(server.server, { admission, rooms, pathOf, log });
  await server.listen({ host: settings.host, port: settings.port });

  async function stop(): Promise<void> {
    isStopping = true;
    const closed = server.close();
    const cutOff = setTimeout(() => server.server.closeAllConnections(), limits.goodbyeMs);
    await rooms.drain();
    await upgrades.gone(limits.goodbyeMs);
    await closed;
    clearTimeout(cutOff);
    await relay.close();
    await storage.close();
  }

  return { address: addressOf(server.server.address()), stop };
}

/** Who may do more or less than before loses their sockets and connects again as what they now are. */
function closeSocketsOnNewRoles(records: Records, rooms: Rooms): void {
  records.listenToAll((survey, heard) => {
    for (const record of heard)
      if (record.type === "member.joined" || record.type === "member.set")
        rooms.changeRole(record.member, survey, record.role);
  });
}

/** The first signal ends it in order, a second one or a stop that hangs at once. */
function stopWhenTold(running: Running, log: Logger): void {
  let isTold = false;
  const told = () => {
    if (isTold) process.exit(1);
    isTold = true;
    setTimeout(() => process.exit(1), limits.shutdownMs).unref();
    running.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, "the stop failed");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", told);
  process.on("SIGINT", told);
}

function giveUp(reasons: readonly string[]): void {
  for (const reason of reasons) console.error(reason);
  process.exitCode = 1;
}

function schedule(run: () => void, afterMs: number): () => void {
  const timer = setTimeout(run, afterMs);
  return () => clearTimeout(timer);
}

function addressOf(bound: AddressInfo | string | null): string {
  if (bound === null || typeof bound === "string") return String(bound);
  return `http://${bound.family === "IPv6" ? `[${bound.address}]` : bound.address}:${bound.port}`;
}

function ownVersion(): string {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return String(version);
}
