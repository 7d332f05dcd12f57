/** A command line that cannot be done as it is: nothing was sent. Its message is sentences for a person. */
export class UsageError extends Error {
  override get name(): "UsageError" {
    return "UsageError";
  }
}

/** Of some names, the one that a mistyped one, or the beginning of one, is likely to mean. */
export function nearest(text: string, names: readonly string[]): string | undefined {
  const longer = names.filter((name) => name.startsWith(text));
  if (longer.length === 1) return longer[0];
  const most = Math.max(text.length > 3 ? 2 : 1, Math.floor(text.length / 3));
  let best: string | undefined;
  let least = most + 1;
  for (const name of names) {
    const steps = Math.abs(name.length - text.length) < least ? distance(text, name) : least;
    if (steps < least) [best, least] = [name, steps];
  }
  return best;
}

/** Edits that make one text of another (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [line, character] of [...from].entries()) {
    const next = [line + 1];
    for (let index = 0; index < to.length; index += 1) {
      const replaced = (row[index] ?? 0) + (character === to[index] ? 0 : 1);
      next.push(Math.min(replaced, (row[index + 1] ?? 0) + 1, (next[index] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
