import { describe, expect, it } from "vitest";
import type { Json } from "../../generator/model.js";
import { build, documentOf, parameter } from "./document.js";

const content = (schema: Json) => ({ content: { "application/json": { schema } } });
const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** The modules of an operation that takes `parameters` and a body, and answers: their direction and name, and whether a leaf. */
function modulesOf(
  schemas: { readonly [name: string]: Json },
  body: Json,
  answer: Json,
  parameters: readonly Json[] = [],
) {
  const post = {
    operationId: "post",
    parameters,
    requestBody: content(body),
    responses: { "200": { description: "", ...content(answer) } },
  };
  const { model } = build(documentOf({ "/x": { post } }, { components: { schemas } }));
  return model.schemas;
}

const pair = (schema: Json) => ({ type: "object", properties: { a: schema, b: schema } });
const shown = (modules: ReturnType<typeof modulesOf>) =>
  modules.map(({ direction, wanted, isLeaf }) => `${direction} ${wanted}${isLeaf ? "" : " …"}`);

describe("modules of schemas", () => {
  it("are what inputs and answers are checked with, and what is mentioned more than once", () => {
    const schemas = {
      Twice: { type: "string", pattern: "^a" },
      Once: pair(reference("Twice")),
      Whole: { type: "object", properties: { once: reference("Once") } },
    };
    // In the module of its operation, the checks of an input would be in the bundle of any other, too.
    expect(shown(modulesOf(schemas, reference("Whole"), reference("Whole")))).toEqual([
      "request Whole …",
      "request Twice",
      "response Whole …",
      "response Twice",
    ]);
    expect(shown(modulesOf(schemas, { type: "string" }, reference("Twice")))).toEqual(["response Twice"]);
  });

  it("are what contains itself, however it is mentioned", () => {
    const schemas = {
      Node: { type: "object", properties: { next: reference("Other") } },
      Other: { type: "object", properties: { next: reference("Node") } },
    };
    expect(shown(modulesOf(schemas, reference("Node"), {}))).toEqual(["request Node …"]);
  });

  it("take null where the document does, whether a parameter has the same schema or not", () => {
    const schemas = { N: { type: ["string", "null"], pattern: "^a" } };
    const modules = modulesOf(schemas, pair(reference("N")), {}, [parameter("q", { schema: reference("N") })]);
    expect(modules.map(({ wanted, schema: { nullable } }) => [wanted, nullable])).toEqual([
      ["q", false],
      ["post body", false],
      ["N", true],
    ]);
  });
});
