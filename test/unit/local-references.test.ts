import { describe, expect, it } from "vitest";
import { isSelfContained } from "../../generator/local-references.js";

const schemas = { A: { type: "string" }, B: { $ref: "#/components/schemas/A" } };
const documentWith = (extra: object) => ({ openapi: "3.1.0", components: { schemas }, ...extra });

describe("a document that refers to nothing but itself", () => {
  it.each([
    ["one reference", { x: { $ref: "#/components/schemas/A" } }],
    ["a reference to a reference", { x: { $ref: "#/components/schemas/B" } }],
    ["a reference into a list", { list: [{ a: 1 }], x: { $ref: "#/list/0" } }],
    ["an escaped key", { "a/b~c": {}, x: { $ref: "#/a~1b~0c" } }],
    ["a mapping", { x: { discriminator: { propertyName: "p", mapping: { a: "#/components/schemas/A" } } } }],
    ["an object that contains itself", { x: { properties: { x: { $ref: "#/x" } } } }],
  ])("is one: %s", (_, extra) => {
    expect(isSelfContained(documentWith(extra))).toBe(true);
  });

  it.each([
    ["nothing there", { x: { $ref: "#/components/schemas/C" } }],
    ["what every object has", { x: { $ref: "#/components/constructor" } }],
    ["the whole", { x: { $ref: "#/" } }],
    ["a text", { x: { $ref: "#/openapi" } }],
    ["another file", { x: { $ref: "other.yaml" } }],
    ["another file, deep in a list", { x: [[{ $ref: "other.yaml#/a" }]] }],
    ["itself", { x: { $ref: "#/x" } }],
    ["a circle", { x: { $ref: "#/y" }, y: { $ref: "#/x" } }],
    ["a reference that is no text", { x: { $ref: 7 } }],
    ["an anchor", { x: { $ref: "#a" } }],
    ["an encoded pointer", { "a b": {}, x: { $ref: "#/a%20b" } }],
    ["a named schema in a mapping", { x: { discriminator: { propertyName: "p", mapping: { a: "A" } } } }],
    ["a file in a mapping", { x: { discriminator: { propertyName: "p", mapping: { a: "other.yaml" } } } }],
    ["an example elsewhere", { x: { externalValue: "picture.png" } }],
    ["an identifier", { x: { $id: "https://example.com/a" } }],
  ])("may not be one: %s", (_, extra) => {
    expect(isSelfContained(documentWith(extra))).toBe(false);
  });
});
