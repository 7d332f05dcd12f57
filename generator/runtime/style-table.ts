/**
 * The rows of the style table (OpenAPI 3.1, Style Examples) that plain texts and lists of them in `style.ts` leave out:
 * objects, values of any type, other delimiters, JSON, cookies.
 */
import type { Report, Style } from "./descriptor.js";
import { isHeaderValue } from "./header-value.js";
import { jsonText } from "./json.js";
import { deeper, isObject } from "./json-value.js";
import { encode, form, isGiven, putSegment, segment, simple } from "./style.js";

type Encode = (text: string) => string;
type Pair = readonly [name: string, text: string];

/** Whether a value holds others; a Date is text. */
const isNested = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !(value instanceof Date);

/** Whether the members of a value are all that there is of it: not of a Map, a Blob, a URL. */
const isOpen = (value: object): boolean => Array.isArray(value) || isObject(value);

const textOf = (value: unknown): string => (value instanceof Date ? (value.toJSON() ?? "") : `${value}`);

/**
 * RFC 6570, 3.2.3: reserved characters and triplets pass. Not those that end a query or a value, or are read as a blank:
 * they could not arrive as what they are.
 */
const reserved: Encode = (text) =>
  text.replace(/(%[\da-f]{2}|[:/?[\]@!$'()*,;=]+)|[\s\S]/giu, (part, pass) => pass ?? encode(part));

/** The members of a flat value: those of an object with their names; undefined, after a report, where there is no telling. */
function members(value: unknown, report: Report): readonly Pair[] | undefined {
  if (isNested(value) && !isOpen(value)) {
    report("", "style", MEMBERS, value);
    return undefined;
  }
  const all = Object.entries(isNested(value) ? value : [value]).filter(([, member]) => isGiven(member));
  if (all.some(([, member]) => isNested(member))) {
    report("", "style", "a value that is not nested", value);
    return undefined;
  }
  return all.map(([name, member]) => [name, textOf(member)]);
}

const MEMBERS = "one value, a list or a plain object";

/** How a style writes a value: what stands before it, what joins its members, and how it is given its name. */
interface Row {
  readonly prefix: string;
  /** Between exploded members. */
  readonly joint: string;
  /** Between those that are not. */
  readonly delimiter: string;
  readonly assign: (name: string, text: string) => string;
}

const nameless: Row["assign"] = (_, text) => text;
const assigned: Row["assign"] = (name, text) => `${name}=${text}`;
/** RFC 6570, 3.2.7: nothing follows the name of an empty value. */
const assignedIfAny: Row["assign"] = (name, text) => (text ? `${name}=${text}` : name);

/**
 * The text of a flat value; undefined, after a report, where it is nested, or where what stands between its members is in
 * one of them: it would arrive as two.
 */
function expand(
  { prefix, joint, delimiter, assign }: Row,
  { name, explode }: { readonly name: string; readonly explode: boolean },
  value: unknown,
  encodeText: Encode,
  report: Report,
): string | undefined {
  const encodeName = encodeText === reserved ? encode : encodeText;
  const isObject = isNested(value) && !Array.isArray(value);
  const separator = explode ? joint : delimiter;
  let isWhole = true;
  const pairs = members(value, report)?.map(([member, text]): Pair => {
    const pair: Pair = [encodeName(member), encodeText(text)];
    const isSplit =
      pair[1].includes(separator) || (isObject && (pair[0].includes(separator) || (explode && pair[0].includes("="))));
    if (isNested(value) && isSplit) {
      isWhole = false;
      report(deeper("", member), "style", `no \`${decodeURIComponent(separator)}\`, which parts members`, text);
    }
    return pair;
  });
  if (!pairs || !isWhole) return undefined;
  const key = encodeName(name);
  const named = assign === nameless ? assigned : assign;
  if (!explode || pairs.length === 0) {
    return (
      prefix + assign(key, pairs.map(([member, text]) => (isObject ? member + delimiter : "") + text).join(delimiter))
    );
  }
  return prefix + pairs.map(([member, text]) => (isObject ? named(member, text) : assign(key, text))).join(joint);
}

/** What is left out where it stands in a list of parameters: an array or object without members. */
const isEmpty = (value: unknown): boolean =>
  isNested(value) && isOpen(value) && Object.values(value).filter(isGiven).length === 0;

const query =
  (delimiter: string, explodes: boolean, encodeText: Encode): Style =>
  ({ name, explode = explodes }, value, report, parts) => {
    if (isEmpty(value)) return;
    const row = { prefix: "", joint: "&", delimiter, assign: assigned };
    const text = expand(row, { name, explode }, value, encodeText, report);
    if (text !== undefined) parts.query.push(text);
  };

/** Query, `form`, of any flat value: `R=100&G=200` exploded, else `color=R,100,G,200`. */
export const formAny: Style = /*@__PURE__*/ query(",", true, encode);
/** The same with `allowReserved`. */
export const formReserved: Style = /*@__PURE__*/ query(",", true, reserved);
/** Query, `spaceDelimited`: `color=blue%20black`. */
export const spaceDelimited: Style = /*@__PURE__*/ query("%20", false, encode);
/** Query, `pipeDelimited`: `color=blue%7Cblack`. */
export const pipeDelimited: Style = /*@__PURE__*/ query("%7C", false, encode);

/** Query, `deepObject`: `color%5BR%5D=100`; deeper levels and items go on in brackets, which the specification leaves open. */
export const deepObject: Style = ({ name }, value, report, parts) => {
  const write = (key: string, pointer: string, member: unknown): void => {
    if (!isNested(member)) {
      if (isGiven(member)) parts.query.push(`${key}=${encode(textOf(member))}`);
    } else if (!isOpen(member)) report(pointer, "style", MEMBERS, member);
    else {
      for (const [inner, item] of Object.entries(member)) {
        const place = deeper(pointer, inner);
        if (/[[\]]/.test(inner)) report(place, "style", "no `[` and no `]`, which part names", inner);
        else write(`${key}%5B${encode(inner)}%5D`, place, item);
      }
    }
  };
  write(encode(name), "", value);
};

const path =
  (prefix: string, joint: string, assign: Row["assign"]): Style =>
  ({ name, explode = false }, value, report, parts) => {
    const text = expand({ prefix, joint, delimiter: ",", assign }, { name, explode }, value, encode, report);
    if (text !== undefined) putSegment(name, text, value, report, parts);
  };

/** Path, `simple`, of any flat value: `R=100,G=200` exploded, else `R,100,G,200`. */
export const segmentAny: Style = /*@__PURE__*/ path("", ",", nameless);
/** Path, `label`: `.blue.black` exploded, else `.blue,black`. */
export const label: Style = /*@__PURE__*/ path(".", ".", nameless);
/** Path, `matrix`: `;color=blue;color=black` exploded, else `;color=blue,black`. */
export const matrix: Style = /*@__PURE__*/ path(";", ";", assignedIfAny);

/** Header, `simple`, of any flat value: nothing is percent-encoded. */
export const simpleAny: Style = ({ name, explode = false }, value, report, { headers }) => {
  if (isEmpty(value)) return;
  const row = { prefix: "", joint: ",", delimiter: ",", assign: nameless };
  const text = expand(row, { name, explode }, value, (part) => part, report);
  if (text === undefined) return;
  if (isHeaderValue(text)) headers.set(name, text);
  else report("", "header-value", "ISO-8859-1", value);
};

/** Cookie, `form` (RFC 6265, 4.2.1): percent-encoded; exploded members are cookies of their own. */
export const cookie: Style = ({ name, explode = true }, value, report, { headers }) => {
  if (isEmpty(value)) return;
  const row = { prefix: "", joint: "; ", delimiter: ",", assign: assigned };
  const text = expand(row, { name, explode }, value, encode, report);
  const before = headers.get("cookie");
  if (text !== undefined) headers.set("cookie", before ? `${before}; ${text}` : text);
};

/** A value as its JSON text, which `style` then writes as it writes any text. */
const asJson =
  (style: Style): Style =>
  (parameter, value, report, parts) => {
    const text = jsonText(value, report);
    if (text !== undefined) style(parameter, text, report, parts);
  };

/** Query, `content` of JSON (OpenAPI 3.1, 4.8.12.2.2): `color=%7B%22R%22%3A100%7D`. */
export const jsonQuery: Style = /*@__PURE__*/ asJson(form);
/** Path, `content` of JSON: percent-encoded. */
export const jsonSegment: Style = /*@__PURE__*/ asJson(segment);
/** Header, `content` of JSON: as it is. */
export const jsonHeader: Style = /*@__PURE__*/ asJson(simple);
/** Cookie, `content` of JSON: percent-encoded. */
export const jsonCookie: Style = /*@__PURE__*/ asJson(cookie);
