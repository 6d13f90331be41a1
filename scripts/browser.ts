/** What choosing a browser needs to know of a machine. */
export type Machine = {
  /** The path in the environment variable CHROMIUM, or undefined where nobody asked for one. */
  asked: string | undefined;
  isExecutable: (path: string) => boolean;
  /** Whether Debian's packages can be installed here: root, and apt-get. */
  mayInstall: boolean;
};

/** A browser to use, or what to do to have one; `install` where the tests may do so themselves. */
export type Choice = { use: string } | { install: boolean; advice: string };

/** Where distributions put Chromium and Chrome, the likeliest first. */
export const usualPaths = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/opt/google/chrome/chrome",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
] as const;

/** Which browser the stories run in. One that was asked for is used or missed, never replaced by another. */
export function chooseBrowser(machine: Machine): Choice {
  const { asked } = machine;
  if (asked !== undefined && asked !== "") {
    if (machine.isExecutable(asked)) return { use: asked };
    return { install: false, advice: `CHROMIUM names ${asked}, and there is no program at that path.` };
  }
  const found = usualPaths.find((path) => machine.isExecutable(path));
  if (found) return { use: found };
  return {
    install: machine.mayInstall,
    advice: "Install Chromium (on Debian: apt-get install chromium), or set CHROMIUM to the path of one.",
  };
}
