/** Frozen, and without a prototype: a key may be any text of a document or of a server, and `constructor` finds nothing. */
export const table = <const T extends object>(entries: T): Readonly<T> =>
  Object.freeze(Object.setPrototypeOf(entries, null));
