import { createContext, runInContext } from "node:vm";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { patternCost } from "../../generator/pattern.js";

/** Of GitHub's, OpenAI's, DigitalOcean's and Kubernetes' documents, and of common handbooks. */
const linear: readonly string[] = [
  "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$",
  "^sha256:[a-f0-9]{64}$",
  "^[A-Za-z0-9.\\-_]+$",
  "^ssh-(rsa|dss|ed25519) |^ecdsa-sha2-nistp(256|384|521) ",
  "^([0-9a-fA-F]{40}(?:[0-9a-fA-F]{24})?)$",
  "^refs/(heads|tags|pull)/.*$",
  "^pkg",
  "^\\d+\\.\\d+\\.\\d+$",
  "^([01]\\d|2[0-3]):?([0-5]\\d)$",
  "[a-zA-Z]+",
  "\\d{4}",
  "^.{1,2048}$",
  "^(?=.*[A-Z])(?=.*\\d).{8,}$",
  "^(?!-)[a-z-]{1,63}$",
  "^[a-z0-9]+(-[a-z0-9]+)*$",
  "^[\\w.]+@[\\w.]+\\.[a-z]+$",
  "^\\p{L}+$",
  "^[^\\p{L}]+$",
  "^(([a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9\\-]*[a-zA-Z0-9])\\.)*([A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9\\-]*[A-Za-z0-9])$",
  "^(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}$",
  "^(?<year>\\d{4})-\\u{1F600}\\uD83D\\uDE00\\x41\\cA[\\b\\-\\]]$",
  "^(.|\\n)*$",
  "^$|^[a-z]$",
  "",
];

/** Slow for long texts. */
const bounded: readonly (readonly [pattern: string, length: number])[] = [
  ["^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$", 256],
  ["^arn:aws:[a-z]+:.*:.*$", 256],
  ["^(.*)(.*)(.*)$", 256],
  [".+@.+", 256],
  ["foo.*bar", 2048],
  ["[a-z]+\\d", 2048],
  // Of an outage of Stack Overflow.
  ["\\s+$", 2048],
];

const notProven: readonly string[] = [
  // Known attacks: OWASP's, and those of advisories.
  "^(a+)+$",
  "([a-zA-Z]+)*$",
  "^(a|aa)+$",
  "^(a|a?)+$",
  "(.*a){20}",
  "^(([a-z])+.)+[A-Z]([a-z])+$",
  "^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$",
  "(x+x+)+y",
  "^(\\w+\\s?)*$",
  // Of an outage of Cloudflare.
  "(?:(?:\"|'|\\]|\\}|\\\\|\\d|(?:nan|infinity|true|false|null|undefined|symbol|math)|`|-|\\+)+[)]*;?((?:\\s|-|~|!|\\{\\}|\\|\\||\\+)*.*(?:.*=.*)))",
  "^(?:a?){50}a{50}$",
  `^${"a?".repeat(40)}${"a".repeat(40)}$`,
  "^(a{1,1000}){1,1000}$",
  "^(?:.|\\s)*$",
  "^(?:\\p{L}+)+$",
  "^(?:[^\\p{L}]|[^\\p{N}])*$",
  // Within what is read ahead.
  "^(?=(a+)+$)a",
  "^(?:(?=a*b)a)*$",
  "^(?:(?=(?:a|b|c|d|e|f|g|h|i)z)a)*$",
  // What is not looked into.
  "(\\d+)\\1",
  "(?<=a+)b",
  "^a{4000}$",
  `^${"(?:".repeat(9)}${"){99}".repeat(9)}$`,
  "a".repeat(5_000),
];

const invalid: readonly string[] = ["(", "[\\-", "\\8", "a{2,1}", "\\y", "(?<n>a)(?<n>b)", "{"];

const kindOf = (pattern: string): string => patternCost(pattern).kind;

describe("a pattern", () => {
  it.each(linear)("%j takes linear time", (pattern) => expect(kindOf(pattern)).toBe("linear"));
  it.each(bounded)("%j takes little time up to %i", (pattern, length) => {
    expect(patternCost(pattern)).toEqual({ kind: "bounded", length });
  });
  it.each(notProven)("%j is refused", (pattern) => {
    expect(patternCost(pattern)).toEqual({
      kind: "refused",
      reason: "it is not proven that no text makes it slow",
    });
  });
  it.each(invalid)("%j is no pattern", (pattern) => {
    expect(patternCost(pattern)).toMatchObject({ kind: "refused", reason: expect.stringContaining("ECMA-262") });
  });

  it("that is accepted ends on texts that are made to slow it down", () => {
    const pieces = ["a", "0", "a0", "-", "a.", "a@", "/", " ", "Aa1", "é", "\u{1F600}", "ab-", "25", "=", "foo"];
    const engine = createContext({});
    const ends = ["", "\n", "!", "\0", " x"];
    for (const [pattern, length] of [...linear.map((one) => [one, 100_000] as const), ...bounded]) {
      for (const piece of pieces) {
        for (const end of ends) {
          const text = piece.repeat(length).slice(0, length - end.length) + end;
          // An engine that is slow is stopped here, and the test with it.
          Object.assign(engine, { pattern, text });
          runInContext("new RegExp(pattern, 'u').test(text)", engine, { timeout: 2_000 });
        }
      }
    }
  });
});

/** An expression, as text and as what a backtracking engine does with it. */
interface Sample {
  readonly text: string;
  /** Calls `then` for each way to read from `at`, until one is good; `tick` for each character it looks at. */
  readonly match: Match;
}
type Match = (word: string, at: number, tick: () => void, then: (at: number) => boolean) => boolean;

const sequence =
  (items: readonly Match[]): Match =>
  (word, at, tick, then) => {
    const from = (index: number, place: number): boolean => {
      const item = items[index];
      return item ? item(word, place, tick, (next) => from(index + 1, next)) : then(place);
    };
    return from(0, at);
  };
const repeat =
  (item: Match, min: number, max: number): Match =>
  (word, at, tick, then) => {
    const more = (done: number, place: number): boolean =>
      (done < max && item(word, place, tick, (next) => (done < min || next > place) && more(done + 1, next))) ||
      (done >= min && then(place));
    return more(0, at);
  };
const letter = (letters: string): Sample => ({
  text: letters.length > 1 ? `[${letters}]` : letters,
  match: (word, at, tick, then) => {
    tick();
    return letters.includes(word.charAt(at) || "?") && then(at + 1);
  },
});
const edge = (text: "^" | "$"): Sample => ({
  text,
  match: (word, at, _, then) => at === (text === "^" ? 0 : word.length) && then(at),
});

const samples = fc.letrec<{ sample: Sample; atom: Sample; list: Sample; choice: Sample; loop: Sample }>((tie) => ({
  atom: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom("a", "b", "c", "ab", "bc", "abc").map(letter) },
    { weight: 1, arbitrary: fc.constantFrom("^", "$").map((text) => edge(text as "^" | "$")) },
  ),
  list: fc.array(tie("sample"), { maxLength: 3 }).map((items) => ({
    text: items.map(({ text }) => text).join(""),
    match: sequence(items.map(({ match }) => match)),
  })),
  choice: fc.array(tie("sample"), { minLength: 1, maxLength: 3 }).map((items) => ({
    text: `(?:${items.map(({ text }) => text).join("|")})`,
    match: (word, at, tick, then) => items.some((item) => item.match(word, at, tick, then)),
  })),
  loop: fc
    .tuple(tie("sample"), fc.constantFrom(["*", 0, Infinity], ["+", 1, Infinity], ["?", 0, 1], ["{2,3}", 2, 3]))
    .map(([{ text, match }, [suffix, min, max]]) => ({
      text: `(?:${text})${suffix}`,
      match: repeat(match, Number(min), Number(max)),
    })),
  sample: fc.oneof({ depthSize: "small", withCrossShrink: true }, tie("atom"), tie("loop"), tie("list"), tie("choice")),
})).sample;

/** How often a search looks at a character; it gives up after `most`. */
function stepsOf({ match }: Sample, word: string, most: number): number {
  let steps = 0;
  class Enough extends Error {}
  const tick = (): void => {
    steps += 1;
    if (steps > most) throw new Enough();
  };
  try {
    for (let at = 0; at <= word.length; at += 1) if (match(word, at, tick, () => true)) break;
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  return steps;
}

describe("the cost that is told of a pattern", () => {
  const words = fc.tuple(
    fc.stringMatching(/^[abc]{0,3}$/),
    fc.stringMatching(/^[abc]{1,4}$/),
    fc.stringMatching(/^[abc]{0,3}$/),
  );

  it("is kept by a backtracking engine that counts its steps", () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(samples, fc.array(words, { minLength: 3, maxLength: 3 }), (sample, all) => {
        const cost = patternCost(sample.text);
        kinds.add(cost.kind);
        if (cost.kind === "refused") return;
        for (const [before, middle, after] of all) {
          const length = cost.kind === "bounded" ? cost.length : 600;
          const word = (size: number) => before + middle.repeat(size / middle.length) + after;
          const most = 10_000_000;
          if (cost.kind === "bounded") expect(stepsOf(sample, word(length - 6), most)).toBeLessThan(most);
          else {
            const [half, full] = [stepsOf(sample, word(length / 2), most), stepsOf(sample, word(length), most)];
            expect(full).toBeLessThan(2.5 * half + 200);
          }
        }
      }),
      { seed: 7, numRuns: 600 },
    );
    expect([...kinds].sort()).toEqual(["bounded", "linear", "refused"]);
  });

  it("is that of the pattern as the engine reads it", () => {
    fc.assert(
      fc.property(samples, fc.stringMatching(/^[abc]{0,8}$/), ({ text, match }, word) => {
        const found = [...`${word}.`].some((_, at) =>
          match(
            word,
            at,
            () => {},
            () => true,
          ),
        );
        expect(new RegExp(text, "u").test(word)).toBe(found);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
