/** An object that JSON writes with its members: no array, Date, Map, Blob. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  Object.prototype.toString.call(value) === "[object Object]";

/** The members that JSON writes. */
export const membersOf = (value: Readonly<Record<string, unknown>>): (readonly [string, unknown])[] =>
  Object.entries(value).filter(([, member]) => member !== undefined);

/** A JSON Pointer one token longer (RFC 6901, 3). */
export const deeper = (pointer: string, key: string): string =>
  `${pointer}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;

/** One text for all values that are equal (JSON Schema 2020-12, core, 4.2.2): members in any order, 1 and 1.0 and 1n. */
export const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical)}]`;
  if (isObject(value)) {
    const members = membersOf(value).map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`);
    return `{${members.sort()}}`;
  }
  return typeof value === "bigint" ? `${value}` : `${JSON.stringify(value)}`;
};
