import { describe, expect, it } from "vitest";
import type { Json } from "../../generator/model.js";
import type { JsonObject } from "../../generator/openapi.js";
import { build, documentWith } from "./document.js";
import { mended } from "./mended.js";

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const fault = { type: "object", required: ["no"], properties: { no: {}, why: {} }, "x-error": { code: "no" } };

/** The error schema of a body with this schema, and what is told. */
function told(schema: Json, schemas: JsonObject) {
  const responses = { default: { content: { "application/json": { schema } } } };
  const { model, diagnostics } = build(documentWith({ responses }, { components: { schemas } }));
  return {
    errorSchema: model.operations[0]?.responses[0]?.content[0]?.errorSchema,
    notes: diagnostics.map(({ code, pointer, message }) => {
      expect(code).toBe("coverage-not-honoured");
      return `${pointer}: ${message}`;
    }),
  };
}

describe("the properties of an error are told", () => {
  it.each<[way: string, schema: Json, schemas?: JsonObject]>([
    ["by a reference", ref("Fault")],
    ["by the only schema of all", { allOf: [ref("Fault")], description: "d" }],
    ["by one of all", { allOf: [{ properties: { more: {} } }, ref("Fault")] }],
    ["by an alias", ref("Alias"), { Alias: ref("Fault") }],
    ["by a component that has more", ref("More"), { More: { allOf: [ref("Fault"), { properties: { more: {} } }] } }],
  ])("%s", (_, schema, schemas) => {
    expect(told(schema, { Fault: fault, ...schemas })).toEqual({ errorSchema: "Fault", notes: [] });
  });

  it("by none of a circle", () => {
    const schemas = { A: { allOf: [ref("B")] }, B: { allOf: [ref("A")] } };
    expect(told(ref("A"), schemas).errorSchema).toBeUndefined();
  });

  it("by none of several to choose from, which is told", () => {
    expect(told({ oneOf: [ref("Plain"), ref("Fault")] }, { Plain: {}, Fault: fault })).toEqual({
      errorSchema: undefined,
      notes: [
        "#/paths/~1x/get/responses/default/content/application~1json/schema: `x-error` of `Fault` is not used: the schema is one of several to choose from",
      ],
    });
  });
});

describe("what nobody can use of `x-error` is told", () => {
  const place = "#/components/schemas/Fault/x-error";
  const of = (error: Json, more: JsonObject = {}, schemas: JsonObject = {}) =>
    told(ref("Fault"), { Fault: { ...fault, "x-error": error, ...more }, ...schemas }).notes;

  it("another value than an object", () => {
    const message = `${place}: \`x-error\` is not used: it is to be an object of \`code\`, \`message\` and \`requestId\``;
    for (const value of [true, null, "no", []]) expect(of(value)).toEqual([message]);
  });

  it("a member that is none, and the name of a property that is none", () => {
    expect(of({ code: "nosuch", message: 5, mesage: "why" })).toEqual([
      `${place}/code: \`code\` of \`x-error\` is no property of the schema`,
      `${place}/message: \`message\` of \`x-error\` is not used: it is to be the name of a property`,
      `${place}/mesage: \`mesage\` is no member of \`x-error\`, which are \`code\`, \`message\` and \`requestId\``,
    ]);
  });

  it("but no property that may be there", () => {
    const error = { code: "other" };
    expect(of(error, { additionalProperties: true })).toEqual([]);
    expect(of(error, { patternProperties: { "^o": {} } })).toEqual([]);
    expect(of(error, { properties: {} })).toEqual([]);
    expect(of(error, { allOf: [ref("Base")] }, { Base: { properties: { other: {} } } })).toEqual([]);
    expect(of(error, { additionalProperties: false })).toHaveLength(1);
  });
});

it("the mark of an envelope is read as what it spells, and else told", () => {
  const media = (mark: Json) =>
    mended({ components: { responses: { R: { content: { "a/b": { "x-error-envelope": mark } } } } } }).findings;
  const place = "#/components/responses/R/content/a~1b/x-error-envelope";
  expect(media(true)).toEqual([]);
  expect(media("true")).toEqual([`spec-mended ${place}: \`x-error-envelope\` is a text: it is read as true`]);
  expect(media(2)).toEqual([
    `construct-unsupported ${place}: \`x-error-envelope\` is left out: it is a number, not true or false`,
  ]);
});
