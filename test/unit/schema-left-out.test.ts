/** What a side leaves out (what is read only or written only, what has a default), where a schema asks whether it is there. */
import { describe, expect, it } from "vitest";
import type { Json } from "../../generator/model.js";
import { checkedSchemas } from "../support/schemas.js";

type Case = readonly [value: unknown, ...broken: readonly string[]];

const text = { type: "string" };
// biome-ignore lint/suspicious/noThenProperty: the keyword is called so.
const branches = (condition: Json, met: Json): Json => ({ if: condition, then: met });
const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const components: { readonly [name: string]: Json } = {
  Stored: {
    type: "object",
    required: ["id"],
    properties: { id: { type: "string", readOnly: true }, inner: ref("Stored"), other: ref("Other") },
  },
  Other: { type: "object", required: ["key"], properties: { key: { type: "string", readOnly: true } } },
  Secret: { type: "object", required: ["pw"], properties: { pw: { type: "string", writeOnly: true } } },
};

const requests: readonly (readonly [schema: Json, ...cases: readonly Case[]])[] = [
  [
    {
      type: "object",
      required: ["name"],
      properties: { id: { ...text, readOnly: true }, name: text },
      not: { required: ["id"] },
    },
    [{ name: "x" }],
    [{ name: "x", id: "1" }, " not"],
    [{}, "/name required"],
  ],
  [
    {
      properties: { mode: { ...text, default: "basic" }, key: text },
      ...(branches({ required: ["mode"] }, { required: ["key"] }) as object),
    },
    [{}],
    [{ mode: "x", key: "y" }],
    [{ mode: "x" }, "/key required"],
  ],
  // The branch is chosen by what is there, the rest is asked for as ever.
  [
    {
      properties: { mode: { ...text, default: "basic" }, key: text },
      ...(branches({ not: { required: ["mode"] } }, { required: ["mode", "key"] }) as object),
    },
    [{ key: "y" }],
    [{ mode: "x" }],
    [{}, "/key required"],
  ],
  [
    {
      properties: { a: { ...text, default: "q" }, b: text },
      oneOf: [
        { required: ["a"], not: { required: ["b"] } },
        { required: ["b"], not: { required: ["a"] } },
      ],
    },
    [{ a: "1" }],
    [{ b: "1" }],
    [{}],
    [{ a: "1", b: "2" }, " oneOf"],
  ],
  [
    { properties: { a: { ...text, default: "q" }, b: text }, oneOf: [{ required: ["a"] }, { required: ["b"] }] },
    [{ a: "1" }],
    [{ b: "1" }],
  ],
  [
    {
      properties: { k: { ...text, readOnly: true }, v: text },
      anyOf: [{ required: ["v"] }, { not: { required: ["k"] } }],
    },
    [{}],
    [{ v: "1", k: "2" }],
    [{ k: "2" }, "/v required"],
  ],
  // What is excluded from what is excluded is asked for, and so may be left out.
  [
    { properties: { k: { ...text, readOnly: true }, v: text }, not: { not: { required: ["k", "v"] } } },
    [{ v: "1" }],
    [{ k: "1" }, " not"],
  ],
  // By way of modules, of the value and of others.
  [{ not: ref("Stored") }, [{}], [{ id: "1" }, " not"]],
  [{ not: { required: ["x"], properties: { x: ref("Stored") } } }, [{ x: {} }], [{ x: { id: "1" } }, " not"]],
  [
    { not: ref("Stored") },
    [{ id: "1", other: {} }],
    [{ id: "1", inner: 5 }],
    [{ id: "1", other: { key: "1" } }, " not"],
    [{ id: "1", inner: { id: "1" } }, " not"],
  ],
  [{ allOf: [ref("Stored"), { not: ref("Other") }] }, [{}], [{ key: "1" }, " not"]],
];

const responses: typeof requests = [
  [
    { type: "object", properties: { pw: { ...text, writeOnly: true }, n: text }, not: { required: ["pw"] } },
    [{ n: "x" }],
    [{ pw: "x" }, " not"],
  ],
  [branches(ref("Secret"), { required: ["n"] }), [{}], [{ pw: "x", n: "y" }], [{ pw: "x" }, "/n required"]],
];

describe.each([
  ["request", requests],
  ["response", responses],
] as const)("what a %s leaves out is not taken for there", (direction, rows) => {
  it.each(rows.map(([schema, ...cases]) => ({ schema, text: JSON.stringify(schema), cases })))(
    "$text",
    async ({ schema, cases }) => {
      const { check } = await checkedSchemas([schema, ...Object.keys(components).map(ref)], { components, direction });
      for (const [value, ...broken] of cases) {
        const found = check(0, value).map(({ pointer, rule }) => `${pointer} ${rule}`);
        expect({ value, broken: found.sort() }).toEqual({ value, broken });
      }
    },
  );
});
