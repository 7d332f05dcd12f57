import type { Parts, Report, Style } from "./descriptor.js";
import { isHeaderValue } from "./header-value.js";
import { percent } from "./percent.js";

/** Null stands for nothing, too: no style writes it. */
export const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

/** Percent-encodes all but RFC 3986's unreserved characters; half an emoji, which has no UTF-8, is U+FFFD. */
export const encode = (value: unknown): string => {
  const text = `${value}`;
  return /\W/.test(text) ? percent(encodeURIComponent(text.toWellFormed()), /[!'()*]/g) : text;
};

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]).filter(isGiven);

/** Query (OpenAPI, Style Values, `form`): `a=1&a=2` exploded, else `a=1,2`. An array without items is left out. */
export const form: Style = ({ name, explode = true }, value, _, { query }) => {
  const items = list(value).map(encode);
  const key = `${encode(name)}=`;
  if (items.length) query.push(key + items.join(explode ? `&${key}` : ","));
};

/** Header (OpenAPI, Style Values, `simple`): `1,2`; nothing is percent-encoded. An array without items is left out. */
export const simple: Style<Pick<Parts, "headers">> = ({ name }, value, report, { headers }) => {
  const items = list(value);
  const text = items.join(",");
  try {
    if (isHeaderValue(text)) return items.length ? headers.set(name, text) : headers.delete(name);
  } catch {
    // A name that no header has.
  }
  report("", "header-value", "ISO-8859-1", value);
};

/** Puts the text of a path parameter in its place; what a URL would resolve away (nothing, dots) is refused. */
export const putSegment = (name: string, text: string, value: unknown, report: Report, parts: Parts): void => {
  if (/^\.{0,2}$/.test(text)) report("", "path-segment", "neither empty nor dots", value);
  // Not a text: a `$` in one would be read.
  parts.path = parts.path.replaceAll(`{${name}}`, () => text);
};

/** Path (OpenAPI, Style Values, `simple`): `1,2`. */
export const segment: Style = ({ name }, value, report, parts) =>
  putSegment(name, list(value).map(encode).join(","), value, report, parts);
