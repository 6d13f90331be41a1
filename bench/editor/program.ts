import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, preview } from "vite";

/** The built pages of the bench, served on this machine. */
export type Program = {
  /** Ends with a slash. */
  address: string;
  /** Lays bytes beside the pages; answers where they are to be had. */
  lay: (name: string, bytes: Uint8Array) => Promise<string>;
  close: () => Promise<void>;
};

/** Builds the bench's pages as the product is built, into a folder of their own. */
export async function buildProgram(isReadable: boolean): Promise<Program> {
  const outDir = await mkdtemp(join(tmpdir(), "plenum-bench-"));
  const configFile = join(import.meta.dirname, "../../vite.config.ts");
  const root = join(import.meta.dirname, "page");
  await build({
    configFile,
    root,
    logLevel: "error",
    build: { outDir, ...(isReadable && { minify: false }) },
  });
  const server = await preview({
    configFile,
    root,
    logLevel: "error",
    build: { outDir },
    preview: { host: "127.0.0.1", port: 0 },
  });
  const address = server.resolvedUrls?.local[0];
  if (!address) throw new Error("The bench's pages are not served");
  return {
    address,
    lay: async (name, bytes) => {
      await writeFile(join(outDir, name), bytes);
      return `${address}${name}`;
    },
    close: async () => {
      await server.close();
      await rm(outDir, { recursive: true, force: true });
    },
  };
}
