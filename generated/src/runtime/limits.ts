/** How much of an answer is kept where it is no data. In a module without imports, so that bundlers put the numbers in place. */

/** Of a body, by an error, in characters. */
export const KEPT = 65_536;

/** Of a message, by the message of an error, in characters. */
export const TOLD = 500;

/** Of a body that looks like JSON, to see whether it is an error envelope, in characters. */
export const HELD = 2 ** 20;
