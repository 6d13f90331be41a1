import { storageContract } from "./contract.ts";
import { openMemoryStorage } from "./memory.ts";

storageContract(async () => openMemoryStorage());
