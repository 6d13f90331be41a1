import { Server } from "@hocuspocus/server";
import { DatabaseSync } from "node:sqlite";
import * as Y from "yjs";

/*
 * `node hocuspocus.ts FILE FLUSH_MS`: Hocuspocus with its documents in an SQLite database, stored as its own
 * extension for databases stores them: whole, a while after the last change.
 */
const [file = "", flushMs = "0"] = process.argv.slice(2);

const database = new DatabaseSync(file);
database.exec("PRAGMA journal_mode = WAL");
database.exec("CREATE TABLE IF NOT EXISTS documents (name TEXT PRIMARY KEY, data BLOB NOT NULL)");
const find = database.prepare("SELECT data FROM documents WHERE name = ?");
const put = database.prepare(
  "INSERT INTO documents (name, data) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET data = excluded.data",
);

const server = new Server({
  port: 0,
  address: "127.0.0.1",
  quiet: true,
  flushDelay: Number(flushMs),
  onLoadDocument: async ({ documentName, document }) => {
    const data = find.get(documentName)?.["data"];
    if (data instanceof Uint8Array) Y.applyUpdate(document, data);
  },
  onStoreDocument: async ({ documentName, document }) => {
    put.run(documentName, Y.encodeStateAsUpdate(document));
  },
});
await server.listen();
console.log(`Hocuspocus is ready at http://127.0.0.1:${server.address.port}`);
