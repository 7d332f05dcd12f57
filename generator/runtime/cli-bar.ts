/** A bar on a terminal that shows how far a file has come. */
import { cells, cut, padded, shownLine } from "./cli-layout.js";
import type { Progress } from "./options.js";

/** What a bar writes to. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** A bar. */
export interface Bar {
  readonly onProgress: (progress: Progress) => void;
  /** Leaves what came on its line, or wipes the line. */
  readonly end: (isDone: boolean) => void;
}

const units = ["B", "kB", "MB", "GB", "TB"];

/** A number of bytes with three digits: `1.23 MB`. */
export function size(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toPrecision(3)} ${units[unit]}`;
}

const MOST = 30;

/** Writes nothing where there is no terminal. */
export function createBar(name: string, terminal: Terminal): Bar {
  if (!terminal.isTTY) return { onProgress() {}, end() {} };
  let isDrawn = false;
  return {
    onProgress(progress) {
      isDrawn = true;
      terminal.write(`\r${line(shownLine(name), progress, (terminal.columns || 80) - 1)}\u001B[K`);
    },
    end(isDone) {
      if (isDrawn) terminal.write(isDone ? "\n" : "\r\u001B[K");
    },
  };
}

function line(name: string, { loaded, total, rate }: Progress, width: number): string {
  const speed = `  ${size(Math.round(rate))}/s`;
  // More may come than was announced: what is wrong with that is told elsewhere.
  const part = total ? Math.min(1, loaded / total) : undefined;
  const facts =
    part === undefined
      ? `${size(loaded)}${speed}`
      : `${`${Math.floor(part * 100)}`.padStart(3)} %  ${size(loaded)} of ${size(total ?? 0)}${speed}`;
  const room = width - cells(facts) - 2;
  const title = cells(name) <= room / 2 ? name : room < 8 ? "" : `${cut(name, room / 2 - 1)}…`;
  const rest = Math.min(MOST, room - cells(title) - 4);
  const filled = part === undefined ? 0 : Math.round(rest * part);
  const bar = part === undefined || rest < 5 ? "" : `[${padded("#".repeat(filled), rest)}]  `;
  return cut(`${title}  ${bar}${facts}`, width);
}
