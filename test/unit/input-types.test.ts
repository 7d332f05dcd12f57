import { expect, it } from "vitest";
import { moduleImports } from "../../generator/emit/module.js";
import { inputType } from "../../generator/emit/types.js";
import { documentWith, firstOperation, parameter } from "./document.js";

const components = {
  schemas: {
    Ids: { type: "array", items: { type: "string" } },
    Endless: { type: "array", items: { $ref: "#/components/schemas/Endless" } },
  },
};
const ref = { $ref: "#/components/schemas/Ids" };

it.each([
  [{ type: "array" }, true],
  [{ type: ["array", "null"] }, true],
  [{ type: ["string", "array"] }, true],
  [ref, true],
  [{ $ref: "#/components/schemas/Endless" }, true],
  [{ ...ref, maxItems: 3 }, true],
  [{ oneOf: [{ type: "string" }, ref] }, true],
  // Of what may be anything, `Readonly` would be an object.
  [{ anyOf: [{}, ref] }, false],
  [{}, false],
  [{ type: "string" }, false],
])("an input takes a readonly array where it takes one: %j", (schema, isReadonly) => {
  const operation = firstOperation(documentWith({ parameters: [parameter("a", { schema })] }, { components }));
  const [input] = operation.parameters;
  if (!input) throw new Error("there is no parameter");
  const type = 'NonNullable<P["query"]>["a"]';
  expect(inputType(operation, input, "P", moduleImports("operations/x"))).toBe(isReadonly ? `Readonly<${type}>` : type);
});
