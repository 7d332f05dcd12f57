/** The one encoder of text in comments: nothing that a document says can end the comment or become a tag. */
import { LINE_BREAKS } from "./literal.js";

/** The paragraphs of a doc comment, for the `docs` of a structure; undefined and blank ones are left out. */
export function docs(...paragraphs: readonly (string | undefined)[]): string[] {
  const text = paragraphs
    .map((paragraph) => paragraph?.trim())
    .filter((paragraph) => paragraph)
    .join("\n\n");
  if (text === "") return [];
  return [text.includes("\n") ? `\n${text}` : text];
}

/** A text with `\n` for every line break, and without characters that nobody sees. */
export function printable(text: string): string {
  return text.replace(LINE_BREAKS, "\n").replace(UNPRINTABLE, " ");
}

/**
 * A text of the document for use in `docs`: line breaks become `\n`; what ends a comment, or begins a tag (anywhere after
 * a blank, for TypeScript), is disarmed.
 */
export function prose(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  return printable(text)
    .replaceAll("*/", "*\\/")
    .replace(/(?<![^\s\u200B])@/g, "\\@");
}

/** A text of the document on one line. */
export function line(text: string | undefined): string | undefined {
  return prose(text)?.replace(/\s+/g, " ");
}

/** A short text of the document between backticks. */
export function code(text: string): string {
  return `\`${(line(text) ?? "").replaceAll("`", "'")}\``;
}

// Control characters, bidirectional overrides, lone surrogates: invisible, and misleading in a source file.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF](?<!\n)/gu;
