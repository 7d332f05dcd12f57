import { describe, expect, it } from "vitest";
import { createBar, size } from "../../generator/runtime/cli-bar.js";
import { cells, columns, shown, wrap } from "../../generator/runtime/cli-layout.js";
import { nearest } from "../../generator/runtime/cli-usage.js";

/** A terminal that remembers what it is told, and a bar on it. */
function terminal(columns: number, isTTY = true) {
  const written: string[] = [];
  const bar = createBar("工单列表.csv", { isTTY, columns, write: (text: string) => written.push(text) });
  return { bar, written };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal obeys.
const drawn = (text = ""): string => text.replace(/^\r|\u001B\[K$/g, "");

describe("the bar", () => {
  it("shows name, part, size and rate, and fits the terminal", () => {
    const { bar, written } = terminal(80);
    bar.onProgress({ loaded: 500_000, total: 2_000_000, rate: 500_000 });
    bar.onProgress({ loaded: 2_000_000, total: 2_000_000, rate: 1_000_000 });
    expect(written.map(drawn)).toEqual([
      "工单列表.csv  [#######                    ]   25 %  500 kB of 2.00 MB  500 kB/s",
      "工单列表.csv  [#########################]  100 %  2.00 MB of 2.00 MB  1.00 MB/s",
    ]);
    bar.end(true);
    expect(written.at(-1)).toBe("\n");
    for (const width of [10, 20, 40, 60, 200]) {
      const narrow = terminal(width);
      narrow.bar.onProgress({ loaded: 1_500_000, total: 2_000_000, rate: 1e9 });
      expect(cells(drawn(narrow.written[0])), `${width}`).toBeLessThan(width);
    }
  });

  it("shows no part where nobody says how much there is, nor more than all", () => {
    const { bar, written } = terminal(80);
    bar.onProgress({ loaded: 0, total: undefined, rate: 0 });
    bar.onProgress({ loaded: 3, total: 2, rate: 3 });
    expect(written.map(drawn)).toEqual(["工单列表.csv  0 B  0 B/s", expect.stringContaining("100 %  3 B of 2 B")]);
  });

  it("is wiped after a failure, and is not there without a terminal", () => {
    const { bar, written } = terminal(80);
    bar.onProgress({ loaded: 1, total: 2, rate: 1 });
    bar.end(false);
    expect(written.at(-1)).toBe("\r\u001B[K");
    const pipe = terminal(80, false);
    pipe.bar.onProgress({ loaded: 1, total: 2, rate: 1 });
    pipe.bar.end(true);
    expect(pipe.written).toEqual([]);
  });

  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1000, "1.00 kB"],
    [999_499, "999 kB"],
    [999_500, "1.00 MB"],
    [12_345_678, "12.3 MB"],
    [5e15, "5.00e+3 TB"],
  ])("writes %i bytes as %s", (bytes, text) => expect(size(bytes)).toBe(text));
});

describe("text", () => {
  it("holds nothing that a terminal obeys", () => {
    expect(shown("a\u001B]0;x\u0007\tb\r\nc\rd\u202Ee\uD800")).toBe("a\\u001b]0;x\\u0007 b\nc\\u000dd\\u202ee\\ud800");
  });

  it("is wrapped at blanks, and where there are none, at the width in cells; paragraphs and lists keep their lines", () => {
    expect(wrap("one two three\nfour\n\n- a\n- b b b b b b", 9)).toEqual([
      "one two",
      "three",
      "four",
      "",
      "- a",
      "- b b b b",
      "b b",
    ]);
    expect(wrap("工单状态说明", 5)).toEqual(["工单", "状态", "说明"]);
    expect(wrap("", 5)).toEqual([]);
  });

  it("stands in columns; a long first one has a line of its own", () => {
    const long = "--a-very-long-name-of-a-flag";
    expect(
      columns(
        [
          ["--a", "one two three four five six"],
          [long, "seven"],
        ],
        54,
      ),
    ).toEqual([
      `  --a${" ".repeat(25)}one two three four five`,
      `${" ".repeat(30)}six`,
      `  ${long}`,
      `${" ".repeat(30)}seven`,
    ]);
  });
});

it.each([
  ["limt", ["limit", "list"], "limit"],
  ["lim", ["limit", "language"], "limit"],
  ["l", ["limit", "language"], undefined],
  ["something", ["limit"], undefined],
  ["lsit", ["list"], "list"],
])("%s of %j means %s", (text, names, meant) => expect(nearest(text, names)).toBe(meant));
