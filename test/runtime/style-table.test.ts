import { describe, expect, it } from "vitest";
import type { Parts, Style } from "../../generator/runtime/descriptor.js";
import * as table from "../../generator/runtime/style-table.js";

const list = ["blue", "black", "brown"];
const object = { R: 100, G: 200, B: 150 };

/** What `style` makes of `color`, wherever it puts it; undefined where it is left out. */
function written(style: Style, explode: boolean, value: unknown): string | undefined {
  const parts: Parts = { path: "{color}", query: [], headers: new Headers() };
  const broken: string[] = [];
  style({ name: "color", explode }, value, (_, rule) => broken.push(rule), parts);
  const path = parts.path === "{color}" ? undefined : parts.path;
  const found = path ?? parts.query.join("&") ?? "";
  return broken[0] ?? (found || (parts.headers.get("color") ?? parts.headers.get("cookie") ?? undefined));
}

/** OpenAPI 3.1.1, 4.8.12.5, Style Examples: style, explode, then `color` as `""`, text, array and object. */
const rows = [
  ["matrix", table.matrix, false, ";color", ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"],
  ["matrix", table.matrix, true, ";color", ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"],
  // A segment of one dot is resolved away.
  ["label", table.label, false, "path-segment", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"],
  ["label", table.label, true, "path-segment", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"],
  // So is an empty one.
  ["simple in path", table.segmentAny, false, "path-segment", "blue", "blue,black,brown", "R,100,G,200,B,150"],
  ["simple in path", table.segmentAny, true, "path-segment", "blue", "blue,black,brown", "R=100,G=200,B=150"],
  ["simple in header", table.simpleAny, false, "", "blue", "blue,black,brown", "R,100,G,200,B,150"],
  ["simple in header", table.simpleAny, true, "", "blue", "blue,black,brown", "R=100,G=200,B=150"],
  ["form", table.formAny, false, "color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"],
  ["form", table.formAny, true, "color=", "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"],
  ["form in cookie", table.cookie, false, "color=", "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"],
  [
    "form in cookie",
    table.cookie,
    true,
    "color=",
    "color=blue",
    "color=blue; color=black; color=brown",
    "R=100; G=200; B=150",
  ],
] as const;

describe("the style table of the specification", () => {
  it.each(rows)("%s", (_, style, explode, empty, text, array, members) => {
    const values = ["", "blue", list, object].map((value) => written(style, explode, value));
    expect(values).toEqual([empty, text, array, members]);
  });

  it.each([
    ["spaceDelimited", table.spaceDelimited, "color=blue%20black%20brown", "color=R%20100%20G%20200%20B%20150"],
    ["pipeDelimited", table.pipeDelimited, "color=blue%7Cblack%7Cbrown", "color=R%7C100%7CG%7C200%7CB%7C150"],
  ] as const)("%s", (_, style, array, members) => {
    expect([list, object].map((value) => written(style, false, value))).toEqual([array, members]);
  });

  it("deepObject", () => {
    expect(written(table.deepObject, true, object)).toBe("color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150");
  });
});

describe("a value without members", () => {
  it.each([[[]], [{}], [[undefined, null]]])("%j is left out, or but its name is there", (value) => {
    const styles = [table.formAny, table.deepObject, table.simpleAny, table.cookie, table.matrix, table.label];
    const texts = styles.map((style) => written(style, true, value));
    expect(texts).toEqual([undefined, undefined, undefined, undefined, ";color", "path-segment"]);
  });
});

it("an empty member is the name alone in a matrix (RFC 6570, 3.2.7), and a name with nothing elsewhere", () => {
  const styles = [table.matrix, table.label, table.segmentAny, table.formAny];
  expect(styles.map((style) => written(style, true, { k: "v", e: "" }))).toEqual([
    ";k=v;e",
    ".k=v.e=",
    "k=v,e=",
    "k=v&e=",
  ]);
});

it("a text that is no list may hold what stands between items", () => {
  expect(written(table.spaceDelimited, false, "a b")).toBe("color=a%20b");
  expect(written(table.label, true, "a.b")).toBe(".a.b");
  expect(written(table.simpleAny, false, "a,b")).toBe("a,b");
});

it("numbers keep their precision, dates are ISO 8601", () => {
  const values = [2n ** 70n, Number.MAX_SAFE_INTEGER, 0.1, true, new Date(0)];
  expect(values.map((value) => written(table.formAny, true, value))).toEqual([
    "color=1180591620717411303424",
    "color=9007199254740991",
    "color=0.1",
    "color=true",
    "color=1970-01-01T00%3A00%3A00.000Z",
  ]);
});

it("JSON is encoded for its place", () => {
  expect(written(table.jsonQuery, true, { a: [1] })).toBe("color=%7B%22a%22%3A%5B1%5D%7D");
  expect(written(table.jsonSegment, false, { a: 1 })).toBe("%7B%22a%22%3A1%7D");
  expect(written(table.jsonHeader, false, { a: 1 })).toBe('{"a":1}');
  expect(written(table.jsonHeader, false, { a: "中" })).toBe("header-value");
  expect(written(table.jsonCookie, true, "a b")).toBe("color=%22a%20b%22");
});

it("with allowReserved, what would end the value is encoded all the same", () => {
  expect(written(table.formReserved, true, "a:/?[]@!$'()*,;=%2F% #&+é😀")).toBe(
    "color=a:/?[]@!$'()*,;=%2F%25%20%23%26%2B%C3%A9%F0%9F%98%80",
  );
});
