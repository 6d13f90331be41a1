import { storageContract } from "./contract.ts";
import { openSqliteStorage } from "./sqlite.ts";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

storageContract(async () => openSqliteStorage(await mkdtemp(join(tmpdir(), "plenum-"))));
