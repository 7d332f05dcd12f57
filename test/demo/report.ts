import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** Prints the steps of a run, one line each, with the time that each took. */
export interface Report {
  /** Runs one step; `describe` tells what came of it. Rejects with the step's own failure, after its line is printed. */
  step<T>(name: string, work: () => Promise<T>, describe: (result: T) => string): Promise<T>;
  line(text?: string): void;
  /** Leaves the line of a step that is not done to somebody else. */
  clear(): void;
}

const nameWidth = 12;
const textWidth = 56;

export function createReport(out: NodeJS.WriteStream, colour = out.isTTY && !process.env.NO_COLOR): Report {
  const paint = (style: Style, text: string): string => (colour ? styleText(style, text) : text);
  const line = (text = ""): void => void out.write(`${text}\n`);
  const clear = (): void => void (out.isTTY && out.write("\r\u001B[K"));
  return {
    line,
    clear,
    async step(name, work, describe) {
      const started = performance.now();
      if (out.isTTY) out.write(`  ${paint("dim", "·")} ${name}`);
      const finish = (mark: string, text: string): void => {
        clear();
        const time = `${((performance.now() - started) / 1000).toFixed(1)} s`;
        line(`  ${mark} ${name.padEnd(nameWidth)}${pad(text, textWidth)} ${paint("dim", time.padStart(7))}`);
      };
      try {
        const result = await work();
        finish(paint("green", "✓"), describe(result));
        return result;
      } catch (error) {
        finish(paint("red", "✗"), "");
        throw error;
      }
    },
  };
}

/** Pads to a width in terminal cells: a CJK character takes two. */
function pad(text: string, width: number): string {
  const cells = [...text].reduce(
    (sum, char) =>
      sum + (/[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60]/u.test(char) ? 2 : 1),
    0,
  );
  return text + " ".repeat(Math.max(0, width - cells));
}
