import { describe, expect, it } from "vitest";
import type { Json } from "../../generator/model.js";
import type { JsonObject } from "../../generator/openapi.js";
import { build, documentWith, parameter } from "./document.js";

/** What is told of a parameter `q`. */
function told(fields: JsonObject, components: JsonObject = {}): readonly string[] {
  const { model, diagnostics } = build(documentWith({ parameters: [parameter("q", fields)] }, { components }));
  // It is an input all the same.
  expect(model.operations[0]?.parameters).toHaveLength(1);
  return diagnostics.map(({ code, pointer, message }) => {
    expect(code).toBe("coverage-not-honoured");
    return `${pointer?.replace("#/paths/~1x/get/parameters/0/", "")}: ${message}`;
  });
}

const list = { type: "array", items: { type: "string" } };
const map = { type: "object", additionalProperties: { type: "string" } };

describe("a style that has no form of a value is told", () => {
  it.each<[style: string, explode: boolean | undefined, schema: Json, reason: string | undefined]>([
    ["deepObject", true, map, undefined],
    ["deepObject", undefined, map, undefined],
    ["deepObject", true, {}, undefined],
    ["deepObject", true, { oneOf: [map, list] }, undefined],
    ["deepObject", false, map, "with `explode: false`"],
    ["deepObject", true, list, "of a value of type array"],
    ["deepObject", true, { type: "string" }, "of a value of type string"],
    ["deepObject", true, { $ref: "#/components/schemas/List" }, "of a value of type array"],
    ["pipeDelimited", false, list, undefined],
    ["pipeDelimited", undefined, map, undefined],
    ["pipeDelimited", undefined, { type: "integer" }, "of a value of type integer"],
    ["spaceDelimited", undefined, { type: "string" }, "of a value of type string"],
    ["spaceDelimited", true, map, "with `explode: true`"],
    ["spaceDelimited", true, list, "with `explode: true`"],
    ["form", false, map, undefined],
  ])("%s, explode %s, %j", (style, explode, schema, reason) => {
    const components = { schemas: { List: { allOf: [list], minItems: 1 } } };
    const what = `style: parameter \`q\`: style \`${style}\` has no form ${reason}; it is sent in one all the same`;
    expect(told({ style, schema, ...(explode === undefined ? {} : { explode }) }, components)).toEqual(
      reason === undefined ? [] : [what],
    );
  });
});

it("`content` beside `schema` is told: it is not used", () => {
  const both = { schema: { type: "string" }, content: { "application/json": { schema: { type: "object" } } } };
  expect(told(both)).toEqual(["content: parameter `q`: `content` is not used beside `schema`"]);
  expect(told({ ...both, content: {} })).toEqual([]);
  const responses = { "200": { description: "d", headers: { H: both } } };
  expect(
    build(documentWith({ responses })).diagnostics.map(({ pointer, message }) => `${pointer}: ${message}`),
  ).toEqual(["#/paths/~1x/get/responses/200/headers/H/content: header `H`: `content` is not used beside `schema`"]);
});
