/** The bytes of a file as text. */

/** A file that is no text. */
export class NotTextError extends Error {
  /** The first line that is none, from 1. */
  readonly line: number;
  constructor(line: number) {
    super("it is not text in UTF-8");
    this.line = line;
  }
}

/**
 * A byte order mark tells UTF-16 (YAML 1.2, 5.2); anything else is UTF-8. Line ends are made one character: columns count
 * on it.
 * @throws NotTextError
 */
export function textOf(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  try {
    return decode(bytes, encoding).replace(/\r\n?/g, "\n");
  } catch {
    throw new NotTextError(encoding === "utf-8" ? firstLineOfOthers(bytes) : 1);
  }
}

type Encoding = "utf-8" | "utf-16le" | "utf-16be";

function encodingOf([first, second]: Uint8Array): Encoding {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
}

function decode(bytes: Uint8Array, encoding: Encoding): string {
  return new TextDecoder(encoding, { fatal: true }).decode(bytes);
}

/** In UTF-8 the byte of a line feed is nothing else. */
function firstLineOfOthers(bytes: Uint8Array): number {
  let start = 0;
  for (let line = 1; ; line += 1) {
    const end = bytes.indexOf(0x0a, start);
    try {
      decode(bytes.subarray(start, end < 0 ? bytes.length : end), "utf-8");
    } catch {
      return line;
    }
    if (end < 0) return line;
    start = end + 1;
  }
}
