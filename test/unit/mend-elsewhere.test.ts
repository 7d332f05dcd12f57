import { describe, expect, it } from "vitest";
import type { Json } from "../../generator/model.js";
import type { JsonObject } from "../../generator/openapi.js";
import { mended } from "./mended.js";

const text = { type: "string" };
const page = { name: "page", in: "query", schema: text };
const get = (operation: JsonObject): JsonObject => ({ "/a": { get: { responses: {}, ...operation } } });
const told = (pointer: string): string =>
  `spec-mended ${pointer}: \`${pointer.split("/").pop()}\` is a reference, which has no place there: it is read as what that leads to`;

describe("a reference in place of a map, a list or an object is read as what it leads to", () => {
  it.each<[what: string, part: JsonObject, read: object, pointer: string]>([
    [
      "properties",
      {
        components: {
          schemas: { A: { properties: { $ref: "#/components/schemas/S/properties" } }, S: { properties: { a: text } } },
        },
      },
      { components: { schemas: { A: { properties: { a: text } } } } },
      "#/components/schemas/A/properties",
    ],
    [
      "parameters",
      { paths: get({ parameters: { $ref: "#/x-parameters" } }), "x-parameters": [page] },
      { paths: get({ parameters: [page] }) },
      "#/paths/~1a/get/parameters",
    ],
    [
      "responses",
      { paths: get({ responses: { $ref: "#/x-responses" } }), "x-responses": { "200": { description: "ok" } } },
      { paths: get({ responses: { "200": { description: "ok" } } }) },
      "#/paths/~1a/get/responses",
    ],
    [
      "an operation, by way of another",
      { paths: { "/a": { get: { $ref: "#/x-a" } } }, "x-a": { $ref: "#/x-b" }, "x-b": { responses: {} } },
      { paths: { "/a": { get: { responses: {} } } } },
      "#/paths/~1a/get",
    ],
    [
      "a list of choices",
      { components: { schemas: { A: { oneOf: { $ref: "#/x-choices" } } } }, "x-choices": [text] },
      { components: { schemas: { A: { oneOf: [text] } } } },
      "#/components/schemas/A/oneOf",
    ],
  ])("%s", (_, part, read, pointer) => {
    const { document, findings } = mended(part);
    expect(document).toMatchObject(read);
    expect(findings).toEqual([told(pointer)]);
  });

  it("and what is told of that has the place where it was written", () => {
    const { findings } = mended({
      paths: get({ parameters: { $ref: "#/x-parameters" } }),
      "x-parameters": [{ ...page, schema: { type: "int", items: [{ type: "int" }] } }],
    });
    expect(findings.map((finding) => finding.split(": ")[0])).toEqual([
      "spec-mended #/paths/~1a/get/parameters",
      "spec-mended #/x-parameters/0/schema/type",
      "spec-mended #/x-parameters/0/schema/items",
      "spec-mended #/x-parameters/0/schema/items/0/type",
    ]);
  });
});

const schemas = (properties: Json): JsonObject => ({
  components: { schemas: { A: { properties }, S: { properties: { a: text }, required: ["a"] } } },
});

describe("no such reference", () => {
  it("is a property of that name", () => {
    expect(mended(schemas({ $ref: text }))).toMatchObject({ isSame: true, findings: [] });
  });

  it.each([
    ["to what is of another kind, by its place", "#/components/schemas/S"],
    ["to what is of another kind", "#/x-other"],
    ["to nothing", "#/x-nothing"],
    ["in a circle", "#/x-circle"],
  ])("is one %s", (_, $ref) => {
    const part = { ...schemas({ $ref }), "x-other": { type: "object" }, "x-circle": { $ref: "#/x-circle" } };
    expect(mended(part).findings).toEqual([
      "construct-unsupported #/components/schemas/A/properties/$ref: `$ref` is a text; a Schema Object belongs there: it is left out",
    ]);
  });

  it("is one of several keys", () => {
    expect(mended(schemas({ $ref: "#/components/schemas/S/properties", b: text })).findings).toHaveLength(1);
  });

  it("is a text of a map of texts", () => {
    const schemaOf = (name: string) => ({
      discriminator: { propertyName: "k", mapping: { $ref: `#/${name}` } },
    });
    const { document, findings } = mended({ components: { schemas: { A: schemaOf("x-m") } }, "x-m": { a: "b" } });
    expect(document).toMatchObject({ components: { schemas: { A: schemaOf("components/schemas/x-m") } } });
    expect(findings).toEqual([]);
  });
});

it("what contains itself comes to an end, and what doubles each time, too", () => {
  const self = { properties: { inner: { properties: { $ref: "#/components/schemas/A/properties" } } } };
  const { findings } = mended({ components: { schemas: { A: self } } });
  expect(findings.map((finding) => finding.split(" ")[0])).toEqual(["spec-mended", "construct-unsupported"]);
  const level = (index: number): Json => {
    const next = { properties: { $ref: `#/x-${index + 1}` } };
    return { a: next, b: next };
  };
  const levels = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`x-${index}`, level(index)]));
  const doubling = mended({ ...levels, "x-40": {}, components: { schemas: { A: { properties: { $ref: "#/x-0" } } } } });
  expect(doubling.findings.length).toBeLessThan(50_000);
});
