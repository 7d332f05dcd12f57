/** What is being done, on a terminal: one line that is gone at the end. In a pipe there is nobody to tell. */

/** The part of a stream that is written to. */
export interface Terminal {
  readonly isTTY?: boolean | undefined;
  readonly write: (text: string) => unknown;
}

/** Shows what is being done now, in the place of what was before; without a text, nothing. */
export function progressOn(terminal: Terminal): (text?: string) => void {
  if (!terminal.isTTY) return () => {};
  let isShown = false;
  return (text) => {
    if (isShown || text !== undefined) terminal.write(`\r\u001B[K${text === undefined ? "" : `${text} …`}`);
    isShown = text !== undefined;
  };
}
