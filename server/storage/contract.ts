import { afterEach, beforeEach, describe } from "vitest";
import { assetContract } from "./contract/assets.ts";
import { closingContract } from "./contract/closing.ts";
import { epochContract } from "./contract/epochs.ts";
import { checkpointContract, journalContract } from "./contract/journal.ts";
import { peopleContract } from "./contract/people.ts";
import { quarantineContract } from "./contract/quarantine.ts";
import { indexContract, recordContract } from "./contract/records.ts";
import type { Storage } from "./storage.ts";

/**
 * Registers what storage.ts promises as tests, for every store to run; each test gets a store of its own from
 * `open`. That a write survives the death of its process can only be shown by a store that outlives one:
 * sqlite.test.ts does.
 */
export function storageContract(open: () => Promise<Storage>): void {
  let storage: Storage;
  const store = () => storage;

  beforeEach(async () => {
    storage = await open();
  });
  afterEach(() => storage.close());

  describe("journal", () => {
    journalContract(store);
  });
  describe("checkpoints", () => {
    checkpointContract(store);
  });
  describe("records", () => {
    recordContract(store);
  });
  describe("look-up tables", () => {
    indexContract(store);
  });
  describe("people and links", () => {
    peopleContract(store);
  });
  describe("assets", () => {
    assetContract(store);
  });
  describe("quarantine", () => {
    quarantineContract(store);
  });
  describe("epochs", () => {
    epochContract(store);
  });
  describe("closing", () => {
    closingContract(store);
  });
}
