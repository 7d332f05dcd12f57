/** A property of the object itself: names come from documents and servers, and `constructor` may be one. */
export const own = (record: unknown, name: string): unknown =>
  Object.hasOwn(Object(record), name) ? (record as Readonly<Record<string, unknown>>)[name] : undefined;
