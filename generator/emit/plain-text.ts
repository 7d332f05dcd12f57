/** Text of the document as a terminal shows it: without control characters, and without the markup that only a page needs. */
import { printable } from "./comment.js";

/** With its paragraphs; undefined where it says nothing. */
export function plainText(text: string | undefined): string | undefined {
  const plain = printable(text ?? "")
    .replace(/\[([^\][]*)\]\([^()\s]*\)/g, "$1")
    .replace(/\*\*([^*]+)\*\*/g, "$1")
    .trim();
  return plain || undefined;
}

/** On one line. */
export function plainLine(text: string | undefined): string | undefined {
  return plainText(text)?.replace(/\s+/g, " ");
}

/** What says most in little room. */
export function firstParagraph(text: string | undefined): string | undefined {
  const [first] = plainText(text)?.split(/\n\s*\n/, 1) ?? [];
  return first?.replace(/\s+/g, " ");
}
