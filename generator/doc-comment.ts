/** How a doc comment is laid out: by the printer around a declaration, and by emitters around a constant. */

/** One of the `docs` of a structure as a comment of its own lines. */
export function docComment(text: string): string {
  return text.includes("\n") ? `/**${text.replaceAll("\n", "\n * ")}\n */\n` : `/** ${text} */\n`;
}
