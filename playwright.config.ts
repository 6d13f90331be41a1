import { defineConfig } from "@playwright/test";
import { chooseBrowser } from "./scripts/browser.ts";
import { thisMachine } from "./scripts/this-machine.ts";

const choice = chooseBrowser(thisMachine());
if (!("use" in choice)) throw new Error(`There is no Chromium to run the stories in. ${choice.advice}`);

export default defineConfig({
  testDir: "e2e",
  outputDir: "node_modules/.cache/e2e",
  // Every story starts a program and browsers of its own: more of them than this starve each other on two cores.
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  // A story that passes at the second try has found something.
  retries: 0,
  timeout: 180_000,
  globalTimeout: 25 * 60_000,
  // What takes a moment takes many on a machine that builds other things meanwhile.
  expect: { timeout: 30_000 },
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    timezoneId: "UTC",
    actionTimeout: 30_000,
    // Without pictures of every frame: they cost a small machine more than the story does.
    trace: { mode: "retain-on-failure", screenshots: false },
    launchOptions: {
      executablePath: choice.use,
      args: [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
        "--disable-quic",
      ],
    },
  },
});
