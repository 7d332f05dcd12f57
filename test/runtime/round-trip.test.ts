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
  segmentAny,
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

it("a cookie", () => {
  holds(text, (value) => expect(parseCookie(write(cookie, value).headers.get("cookie") ?? "").key).toBe(value));
});

it("a form as a body", () => {
  holds(flat, (value) => {
    const { body } = write(urlencodedBody, value);
    expect([...new URLSearchParams(String(body))]).toEqual(Object.entries(value));
  });
});
