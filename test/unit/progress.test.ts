import { describe, expect, it } from "vitest";
import { progressOn } from "../../generator/progress.js";

function written(isTTY: boolean | undefined, ...texts: readonly (string | undefined)[]): string {
  const parts: string[] = [];
  const progress = progressOn({ isTTY, write: (text) => parts.push(text) });
  for (const text of texts) progress(text);
  return parts.join("");
}

describe("progress", () => {
  it("is one line on a terminal, and gone at the end", () => {
    expect(written(true, "a", "b", undefined)).toBe("\r\u001B[Ka …\r\u001B[Kb …\r\u001B[K");
  });

  it("is nothing in a pipe, nor where nothing was shown", () => {
    expect(written(undefined, "a", "b", undefined)).toBe("");
    expect(written(false, "a", undefined)).toBe("");
    expect(written(true, undefined, undefined)).toBe("");
  });
});
