/*
 * Where Plenum starts. Old versions of Node must be able to read this file, so that they can say what is missing
 * instead of stumbling over the first line they do not know.
 */
const wanted = [24, 15];
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major > wanted[0] || (major === wanted[0] && minor >= wanted[1])) {
  const { main } = await import("./main.ts");
  await main();
} else {
  console.error(
    `Plenum needs Node ${wanted.join(".")} or newer; this is Node ${process.versions.node}.\n` +
      "Start it with `npm start`: `npm ci` has brought a Node that fits. Or install a newer one from https://nodejs.org.",
  );
  process.exitCode = 1;
}
