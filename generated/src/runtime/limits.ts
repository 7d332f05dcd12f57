/** In a module without imports, so that bundlers put the numbers in place. */

/** Milliseconds between bytes of a file, where the call does not say. */
export const IDLE = 30_000;

/** Milliseconds between two calls of a listener of progress: never ten in a second, with the one at the end. */
export const TELL = 125;

/** Of a body, by an error, in characters. */
export const KEPT = 65_536;

/** Of a body, by an error before credentials are taken out, in characters: one that begins in what is kept may end here. */
export const READ = 100_000;

/** Of a message, with what a service says in it, in characters. */
export const TOLD = 999;

/** Of a body that looks like JSON, to see whether it is an error envelope, in characters. */
export const HELD = 2 ** 20;
