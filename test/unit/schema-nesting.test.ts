/** Values that are nested as deep as a hostile answer may be: what would be asked again at each level has no end. */
import { beforeAll, describe, expect, it } from "vitest";
import type { Json } from "../../generator/model.js";
import { type CheckedSchemas, checkedSchemas } from "../support/schemas.js";

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const operator = (op: string): Json => ({
  type: "object",
  required: ["op", "left", "right"],
  properties: { op: { const: op }, left: ref("Expr"), right: ref("Expr") },
});
const components: { readonly [name: string]: Json } = {
  Expr: { oneOf: [...["Add", "Sub", "Mul", "Div"].map(ref), { type: "number" }] },
  Add: operator("+"),
  Sub: operator("-"),
  Mul: operator("*"),
  Div: operator("/"),
  // What tells them apart comes last.
  Any: { anyOf: [ref("First"), ref("Second"), { type: "integer" }] },
  First: { type: "object", properties: { arg: ref("Any"), op: { const: "a" } }, required: ["op"] },
  Second: { type: "object", properties: { arg: ref("Any"), op: { const: "b" } }, required: ["op"] },
  // Two questions a level, each of which goes all the way down.
  Negated: { not: { required: ["arg"], properties: { arg: { not: ref("Negated") } } }, anyOf: [ref("Asked"), {}] },
  Asked: { properties: { arg: { not: { allOf: [ref("Negated"), { not: ref("Negated") }] } } }, minProperties: 1 },
  Chosen: {
    properties: { arg: ref("Chosen") },
    // biome-ignore lint/suspicious/noThenProperty: the keyword is called so.
    ...{ if: { properties: { arg: ref("Chosen") } }, then: {}, else: false },
  },
  Holds: { type: "array", items: ref("Holds"), contains: { anyOf: [ref("Holds"), { type: "null" }] }, minContains: 0 },
  // Each part says it.
  Twice: { type: "object", allOf: [{ properties: { arg: ref("Twice") } }, { properties: { arg: ref("Twice") } }] },
  Pet: { oneOf: [ref("Cat"), ref("Dog")], discriminator: { propertyName: "kind" } },
  Cat: { type: "object", properties: { mate: ref("Pet"), kind: { type: "string" } } },
  Dog: { type: "object", properties: { mate: ref("Pet"), kind: { type: "string" } }, required: ["mate"] },
  List: {
    type: "object",
    required: ["head"],
    properties: { head: { type: "integer" }, tail: { oneOf: [ref("List"), { type: "null" }] } },
  },
  Json: {
    oneOf: [
      ...["string", "number", "boolean", "null"].map((type) => ({ type })),
      { type: "array", items: ref("Json") },
      { type: "object", additionalProperties: ref("Json") },
    ],
  },
};
const names = Object.keys(components);

let checked: CheckedSchemas;
beforeAll(async () => {
  checked = await checkedSchemas(
    names.map((name) => ({ allOf: [ref(name)] })),
    { components },
  );
});

const broken = (name: string, value: unknown): readonly string[] =>
  checked.check(names.indexOf(name), value).map(({ pointer, rule }) => `${pointer} ${rule}`);

/** A value within as many others as it is deep. */
const nested = (depth: number, innermost: unknown, around: (inner: unknown) => unknown): unknown => {
  let value = innermost;
  for (let level = 0; level < depth; level += 1) value = around(value);
  return value;
};

const DEPTH = 200;

describe("a value that is nested deep", () => {
  it.each<readonly [title: string, schema: string, innermost: unknown, around: (inner: unknown) => unknown]>([
    ["one of several, told apart at once", "Expr", 1, (left) => ({ op: "+", left, right: 1 })],
    ["one of several, told apart at last", "Expr", 1, (right) => ({ left: 1, right, op: "/" })],
    ["any of several", "Any", 1, (arg) => ({ arg, op: "b" })],
    ["one condition a level", "Chosen", 1, (arg) => ({ arg })],
    ["an item that is looked for", "Holds", [], (inner) => [inner]],
    ["several that a discriminator does not name", "Pet", {}, (mate) => ({ mate, kind: "none" })],
  ])("passes where it is right: %s", (_, schema, innermost, around) => {
    expect(broken(schema, nested(DEPTH, innermost, around))).toEqual(schema === "Pet" ? ["/kind discriminator"] : []);
  });

  it("is told where it is wrong, as far down as one schema alone is right", () => {
    expect(
      broken(
        "Expr",
        nested(DEPTH, "1", (left) => ({ op: "+", left, right: 1 })),
      ),
    ).toEqual([" oneOf"]);
    expect(
      broken(
        "Expr",
        nested(DEPTH, "1", (left) => ({ left, right: 1, op: "?" })),
      ),
    ).toEqual([" oneOf"]);
    expect(
      broken(
        "Any",
        nested(DEPTH, "1", (arg) => ({ arg, op: "b" })),
      ),
    ).toEqual([" anyOf"]);
    expect(
      broken(
        "List",
        nested(DEPTH, { head: "1" }, (tail) => ({ head: 1, tail })),
      ),
    ).toEqual([`${"/tail".repeat(DEPTH)}/head type`]);
    expect(
      broken(
        "Chosen",
        nested(DEPTH, 1, (arg) => ({ arg })),
      ),
    ).toEqual([]);
  });

  it("has an end where it is asked for what it is not", () => {
    expect(
      broken(
        "Negated",
        nested(DEPTH, {}, (arg) => ({ arg })),
      ).length,
    ).toBeLessThan(3);
  });

  it("is told at each place, where one part is in two", () => {
    const part = [undefined];
    expect(broken("Json", { a: part, b: [part] })).toEqual(["/a/0 oneOf", "/b/0/0 oneOf"]);
  });

  it("is told once at a place, where two schemas refer to one", () => {
    expect(
      broken(
        "Twice",
        nested(DEPTH, { arg: [] }, (arg) => ({ arg })),
      ),
    ).toEqual([`${"/arg".repeat(DEPTH + 1)} type`]);
    expect(
      broken(
        "Twice",
        nested(DEPTH, {}, (arg) => ({ arg })),
      ),
    ).toEqual([]);
  });

  it("passes up to as many levels as a list may have members", () => {
    expect(
      broken(
        "List",
        nested(900, null, (tail) => ({ head: 1, tail })),
      ),
    ).toEqual([]);
    expect(
      broken(
        "List",
        nested(900, { head: "1" }, (tail) => ({ head: 1, tail })),
      ),
    ).toEqual([`${"/tail".repeat(900)}/head type`]);
  });

  it.each([1_500, 20_000])("is refused as a whole where it goes too deep: %i levels", (depth) => {
    for (const [schema, around] of [
      ["List", (tail: unknown) => ({ head: 1, tail })],
      ["Json", (inner: unknown) => [inner]],
      ["Json", (a: unknown) => ({ a })],
      ["Expr", (left: unknown) => ({ op: "+", left, right: 1 })],
      ["Chosen", (arg: unknown) => ({ arg })],
      ["Twice", (arg: unknown) => ({ arg })],
      ["Negated", (arg: unknown) => ({ arg })],
    ] as const) {
      const rules = new Set(checked.check(names.indexOf(schema), nested(depth, null, around)).map(({ rule }) => rule));
      expect({ schema, rules: [...rules] }).toEqual({ schema, rules: ["depth"] });
    }
  });
});
