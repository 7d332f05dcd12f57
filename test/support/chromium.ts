import { accessSync, constants } from "node:fs";

const usualPaths = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** Path of an installed Chromium: `CHROMIUM_PATH` if set, else the first usual place that holds one. */
export function findChromium(): string | undefined {
  const asked = process.env.CHROMIUM_PATH;
  return (asked ? [asked] : usualPaths).find(isExecutable);
}

/** Says, in the name of a skipped test, why it did not run and how to make it run. */
export const withoutChromium =
  "not run: no Chromium found (install one, e.g. `apt-get install chromium`, or set CHROMIUM_PATH)";

/** Headless, quiet, and asking nothing of the network by itself. */
export const chromiumFlags: readonly string[] = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
