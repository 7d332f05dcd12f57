/** What is written comes back through parsers that others wrote: qs, cookie, and the platform's own of forms. */
import { parse as parseCookie } from "cookie";
import fc from "fast-check";
import qs from "qs";
import { expect, it } from "vitest";
import type { Parts, Style } from "../../generator/runtime/descriptor.js";
import { urlencodedBody } from "../../generator/runtime/form-body.js";
import { form, segment } from "../../generator/runtime/style.js";
import {
  cookie,
  deepObject,
  formAny,
  formReserved,
  jsonQuery,
  label,
  matrix,
  pipeDelimited,
  segmentAny,
  simpleAny,
  spaceDelimited,
} from "../../generator/runtime/style-table.js";

/** Characters that mean something somewhere, among any others that have a form in UTF-8. */
const unit = fc.oneof(
  fc.constantFrom(..."&=+ %,;#/?'\"[]|.~\\é😀"),
  fc.string({ unit: "binary", minLength: 1, maxLength: 1 }),
);
const text = fc.string({ unit, maxLength: 12 });
/** Brackets in a name are the style's own, as dots are for some parsers. */
const name = fc.string({ unit, minLength: 1, maxLength: 8 }).filter((key) => !/[[\]]/.test(key));
const list = fc.array(text, { minLength: 1, maxLength: 5 });
const flat = fc.dictionary(name, text, { minKeys: 1, maxKeys: 4, noNullPrototype: false });

function write(style: Style, value: unknown, explode?: boolean): Parts {
  const parts: Parts = { path: "/{key}", query: [], headers: new Headers() };
  const refuse = (pointer: string, rule: string) => expect.unreachable(`${pointer} ${rule}`);
  style({ name: "key", ...(explode === undefined ? {} : { explode }) }, value, refuse, parts);
  return parts;
}

const queryOf = (style: Style, value: unknown, explode?: boolean): string =>
  write(style, value, explode).query.join("&");

const options = {
  plainObjects: true,
  allowPrototypes: true,
  depth: 20,
  arrayLimit: 100,
  ignoreQueryPrefix: false,
} as const;
const parsed = (query: string, more: qs.IParseOptions = {}): unknown =>
  JSON.parse(JSON.stringify(qs.parse(query, { ...options, ...more })));

const holds = <T>(values: fc.Arbitrary<T>, check: (value: T) => void): void =>
  fc.assert(
    fc.property(values, (value) => {
      check(value);
    }),
    { seed: 7, numRuns: 300 },
  );

it("form, exploded: a text and a list", () => {
  holds(list, (value) => {
    for (const style of [form, formAny])
      expect([parsed(queryOf(style, value))]).toEqual([{ key: value.length > 1 ? value : value[0] }]);
  });
});

it("form, joined by commas", () => {
  holds(fc.array(text, { minLength: 2, maxLength: 5 }), (value) => {
    for (const style of [form, formAny])
      expect(parsed(queryOf(style, value, false), { comma: true })).toEqual({ key: value });
  });
});

it("form, exploded: the members of an object", () => {
  holds(flat, (value) =>
    expect(Object.entries(parsed(queryOf(formAny, value)) as object)).toEqual(Object.entries(value)),
  );
});

it("form with reserved characters", () => {
  const unreserved = text.filter((value) => !value.includes("%"));
  holds(unreserved, (value) => expect(new URLSearchParams(queryOf(formReserved, value)).get("key")).toBe(value));
});

it("deepObject, nested", () => {
  const { tree } = fc.letrec((tie) => ({
    tree: fc.dictionary(name, fc.oneof({ depthSize: "small" }, text, tie("tree")), {
      minKeys: 1,
      maxKeys: 3,
      noNullPrototype: false,
    }),
  }));
  holds(tree, (value) =>
    expect(parsed(queryOf(deepObject, value))).toEqual({ key: JSON.parse(JSON.stringify(value)) }),
  );
});

it("JSON in a query", () => {
  holds(
    fc.jsonValue().filter((value) => value !== null),
    (value) =>
      expect(JSON.parse(String(qs.parse(queryOf(jsonQuery, value)).key))).toEqual(JSON.parse(JSON.stringify(value))),
  );
});

it("a path, by the platform's URL", () => {
  const visible = text.filter((value) => !/^\.{0,2}$/.test(value));
  holds(visible, (value) => {
    for (const style of [segment, segmentAny]) {
      const { pathname } = new URL(write(style, value).path, "http://localhost");
      expect(decodeURIComponent(pathname.slice(1))).toBe(value);
    }
  });
});

const textOfKey = ({ query }: Parts): string => new URLSearchParams(query.join("&")).get("key") ?? "";
const afterName = (text: string): string => decodeURIComponent(text.replace(/^key=/, ""));

/** How a server reads a list, and what it takes for its separator, where a style has no way to write that of an item. */
const separated: readonly (readonly [
  string,
  Style,
  boolean,
  string | undefined,
  (parts: Parts) => readonly string[],
])[] = [
  ["spaceDelimited", spaceDelimited, false, " ", (parts) => textOfKey(parts).split(" ")],
  ["pipeDelimited", pipeDelimited, false, "|", (parts) => textOfKey(parts).split("|")],
  ["form with reserved characters", formReserved, false, ",", (parts) => textOfKey(parts).split(",")],
  ["simple in a header", simpleAny, false, ",", ({ headers }) => (headers.get("key") ?? "").split(",")],
  ["label", label, false, undefined, ({ path }) => path.slice(2).split(",").map(decodeURIComponent)],
  ["label, exploded", label, true, ".", ({ path }) => path.slice(2).split(".").map(decodeURIComponent)],
  ["matrix", matrix, false, undefined, ({ path }) => path.slice(6).split(",").map(decodeURIComponent)],
  ["matrix, exploded", matrix, true, undefined, ({ path }) => path.slice(2).split(";").map(afterName)],
];

it.each(separated)("%s: a list comes back, or each item that holds its separator is refused", (...row) => {
  const [, style, explode, separator, read] = row;
  const item = fc.string({ unit: fc.constantFrom(..."ab,|. ;=é"), minLength: 2, maxLength: 6 });
  let refused = 0;
  holds(
    fc.array(
      item.filter((one) => one === one.trim()),
      { minLength: 1, maxLength: 4 },
    ),
    (value) => {
      const pointers: string[] = [];
      const parts: Parts = { path: "/{key}", query: [], headers: new Headers() };
      style({ name: "key", explode }, value, (pointer) => pointers.push(pointer), parts);
      const guilty = [...value.entries()].filter(([, one]) => separator !== undefined && one.includes(separator));
      expect(pointers).toEqual(guilty.map(([index]) => `/${index}`));
      if (guilty.length > 0) refused += 1;
      else expect(read(parts)).toEqual(value);
    },
  );
  expect(refused > 20).toBe(separator !== undefined);
  expect(refused).toBeLessThan(280);
});

it("the members of an object in a header come back, or are refused", () => {
  const pair = fc.tuple(fc.constantFrom("a", "b,c", "d=e"), fc.constantFrom("1", "2=3", "4,5"));
  holds(fc.array(pair, { minLength: 1, maxLength: 2 }), (pairs) => {
    for (const explode of [true, false]) {
      const value = Object.fromEntries(pairs);
      const pointers: string[] = [];
      const parts: Parts = { path: "", query: [], headers: new Headers() };
      simpleAny({ name: "key", explode }, value, (pointer) => pointers.push(pointer), parts);
      const isWhole = ([name, member]: readonly string[]) =>
        !`${name}${member}`.includes(",") && !(explode && name?.includes("="));
      expect(pointers).toEqual(
        Object.entries(value)
          .filter((entry) => !isWhole(entry))
          .map(([name]) => `/${name}`),
      );
      if (pointers.length > 0) continue;
      const written = (parts.headers.get("key") ?? "").split(",");
      const read = explode
        ? written.map((one) => [one.replace(/=.*/, ""), one.replace(/^[^=]*=/, "")])
        : written.flatMap((name, index) => (index % 2 ? [] : [[name, written[index + 1]]]));
      expect(read).toEqual(Object.entries(value));
    }
  });
});

it("a cookie", () => {
  holds(text, (value) => expect(parseCookie(write(cookie, value).headers.get("cookie") ?? "").key).toBe(value));
});

it("a form as a body", () => {
  holds(flat, (value) => {
    const { body } = write(urlencodedBody, value);
    expect([...new URLSearchParams(String(body))]).toEqual(Object.entries(value));
  });
});
