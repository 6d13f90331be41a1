/*
 * `npm run bench -- NAME`: measures one part of the program. What each takes as options stands at the head of its file.
 */
const benches: {
  readonly [name: string]: () => Promise<{ run: (args: readonly string[]) => Promise<void> }>;
} = {
  editor: () => import("./editor/run.ts"),
  hostile: () => import("./hostile/run.ts"),
  simulation: () => import("./simulation/run.ts"),
  sync: () => import("./sync/run.ts"),
  words: () => import("./words/run.ts"),
};

const [name = "", ...args] = process.argv.slice(2);
const bench = benches[name];
if (bench) await (await bench()).run(args);
else {
  process.stderr.write(`npm run bench -- NAME, where NAME is one of: ${Object.keys(benches).join(", ")}\n`);
  process.exitCode = 1;
}
