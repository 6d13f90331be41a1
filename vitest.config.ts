import { defineConfig } from "vitest/config";

/** One project for each part of the program, so that `vitest run --project server` runs that part alone. */
const project = (name: string) => ({
  extends: true as const,
  test: { name, include: [`${name}/**/*.test.{ts,tsx}`] },
});

export default defineConfig({
  test: {
    projects: ["shared", "server", "client", "simulation", "scripts", "bench"].map(project),
    environment: "node",
    globals: false,
    restoreMocks: true,
    // A test that waits longer than this waits for something that never comes.
    testTimeout: 20_000,
    hookTimeout: 20_000,
    teardownTimeout: 5_000,
  },
});
