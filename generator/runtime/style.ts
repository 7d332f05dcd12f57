import type { Style } from "./descriptor.js";

const isGiven = (value: unknown) => value !== undefined && value !== null;

/** Percent-encodes all but RFC 3986's unreserved characters; half an emoji, which has no UTF-8, is U+FFFD. */
const encode = (value: unknown): string =>
  encodeURIComponent(`${value}`.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const list = (value: unknown): unknown[] => [value].flat().filter(isGiven);

/** Query (OpenAPI, Style Values, `form`): `a=1&a=2` exploded, else `a=1,2`. An array without items is left out. */
export const form: Style = ({ name, explode }, value) => {
  const items = list(value).map(encode);
  const key = `${encode(name)}=`;
  return items.length ? key + items.join(explode ? `&${key}` : ",") : undefined;
};

/** Path and header (OpenAPI, Style Values, `simple`): `1,2`; a header is not percent-encoded. */
export const simple: Style = (parameter, value) => {
  const items = list(value).map(parameter.in === "path" ? encode : String);
  return items.length ? items.join(",") : undefined;
};
