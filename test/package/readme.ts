/** One fenced block of a Markdown text. */
export interface Block {
  readonly language: string;
  readonly text: string;
  /** Line of its first line of text, from 1. */
  readonly line: number;
}

/** Fenced code blocks (CommonMark, section 4.5), as far as this repository writes them: three backticks, no indent. */
export function blocksOf(markdown: string): readonly Block[] {
  const lines = markdown.split("\n");
  const fences = lines.flatMap((line, index) => (line.startsWith("```") ? [index] : []));
  return fences.flatMap((open, index) => {
    const close = fences[index + 1];
    if (index % 2 === 1 || close === undefined) return [];
    const text = lines.slice(open + 1, close).join("\n");
    return [{ language: lines[open]?.slice(3).trim() ?? "", text, line: open + 2 }];
  });
}

/** The commands of a shell block, without comments. */
export function commandsOf({ text }: Block): readonly string[] {
  return text.split("\n").flatMap((line) => line.replace(/\s+# .*$/, "").trim() || []);
}
