/** How the values of a command line are read. */
import type { CliContentReader, CliReader } from "./cli-program.js";

const words: ReadonlyMap<string, string> = /*@__PURE__*/ new Map([
  ["integer", "an integer"],
  ["number", "a number"],
  ["json", "JSON"],
]);

/** What a reader takes, in a sentence. */
export const wordsOf = ({ label }: CliReader): string => words.get(label) ?? label;

/** As it is given. */
export const textFlag: CliReader = { label: "text", parse: (text) => text };

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

const number = (text: string): number | undefined => (NUMBER.test(text) ? Number(text) : undefined);

/** In decimal digits, with an exponent or without. */
export const numberFlag: CliReader = { label: "number", parse: number };

/** One that a number cannot hold is a bigint. */
export const integerFlag: CliReader = {
  label: "integer",
  parse(text) {
    if (!/^[+-]?\d+$/.test(text)) return undefined;
    const value = Number(text);
    return Number.isSafeInteger(value) ? value : BigInt(text.replace(/^\+/, ""));
  },
};

const truths: ReadonlyMap<string, boolean> = /*@__PURE__*/ new Map([
  ["true", true],
  ["false", false],
]);

/** A switch that is on or off; in a list, a word. */
export const booleanFlag: CliReader = { label: "true|false", parse: (text) => truths.get(text), isSwitch: true };

const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Whatever is neither one value nor a list of them. */
export const jsonFlag: CliReader = { label: "json", parse: json };

/** Of no one type: what is JSON is that, and anything else is text. */
export const anyFlag: CliReader = { label: "value", parse: (text) => json(text) ?? text };

/** Bytes of a form; on the command line `@file`, or a text. */
export const fileFlag: CliReader = { label: "@file", parse: (text) => text };

/** A body of JSON text. */
export const jsonContent: CliContentReader = { label: "json", parse: async (source) => json(await source.text()) };

/** A body of text. */
export const textContent: CliContentReader = { label: "text", parse: (source) => source.text() };

/** A body of bytes, which only a file or the standard input has. */
export const binaryContent: CliContentReader = {
  label: "@file",
  parse: async (source) => (source.file === undefined ? undefined : source.bytes()),
};
