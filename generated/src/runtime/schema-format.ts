/**
 * The values of `format` that have a short, sharp definition (JSON Schema 2020-12, validation, 7.3; OpenAPI 3.1, 4.4). What
 * is in doubt passes: a client is not to refuse what a service takes.
 */
import type { TypeCheck } from "./schema-descriptor.js";

const format =
  (name: string, fits: (text: string) => boolean): TypeCheck =>
  (value, _, pointer, report) => {
    if (typeof value === "string" && !fits(value)) report(pointer, "format", name, value);
  };

const matching = (name: string, expression: RegExp): TypeCheck => format(name, (text) => expression.test(text));

/** RFC 4122, 3. */
export const uuidFormat: TypeCheck = /*@__PURE__*/ matching("uuid", /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i);

/** RFC 2673, 3.2. */
export const ipv4Format: TypeCheck = /*@__PURE__*/ matching(
  "ipv4",
  /^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(\.(?!$)|$)){4}$/,
);
/** RFC 4291, 2.2, as a URL has it between brackets. */
export const ipv6Format: TypeCheck = /*@__PURE__*/ format(
  "ipv6",
  (text) => /^[\da-f:.]+$/i.test(text) && URL.canParse(`http://[${text}]`),
);

/** Something, an at sign, and a domain: RFC 5321 allows nearly anything in quotes before the sign. */
export const emailFormat: TypeCheck = /*@__PURE__*/ matching("email", /^.+@[^\s@]+$/);

/** A scheme, and none of the characters that no part of a URI has (RFC 3986, 3); letters of any language pass. */
export const uriFormat: TypeCheck = /*@__PURE__*/ matching("uri", /^[a-z][a-z\d+.-]*:[^\s<>"{}|\\^`]*$/i);

/** RFC 6570, 2: expressions in braces among what a URI may hold. */
export const uriTemplateFormat: TypeCheck = /*@__PURE__*/ format("uri-template", (text) =>
  /^[^\s<>"{}|\\^`]*$/.test(text.replace(/\{[^\s{}]+\}/g, "")),
);

/**
 * Base64 (RFC 4648, 4) as `atob` takes it: in lines or not, its end filled up or not; and with the two characters that it has
 * in URLs (5), for services write either.
 */
export const byteFormat: TypeCheck = /*@__PURE__*/ format("byte", (text) => {
  const digits = text.replace(/\s+/g, "");
  const bare = digits.length % 4 ? digits : digits.replace(/==?$/, "");
  return bare.length % 4 !== 1 && !/[^\w+/-]/.test(bare);
});

/** Of a whole number, bigint or not. */
const width =
  (name: string, bits: number): TypeCheck =>
  (value, _, pointer, report) => {
    const most = 2 ** (bits - 1);
    const isWhole = Number.isInteger(value) || typeof value === "bigint";
    const number = value as number | bigint;
    if (isWhole && (number >= most || number < -most)) report(pointer, "format", name, value);
  };

/** Integers of 32 bits, with their sign. */
export const int32Format: TypeCheck = /*@__PURE__*/ width("int32", 32);
/** Integers of 64 bits, with their sign: beyond 2^53 as bigints. */
export const int64Format: TypeCheck = /*@__PURE__*/ width("int64", 64);
