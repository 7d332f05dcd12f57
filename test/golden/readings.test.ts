/** Documents that are not as the specification has it: each oddity has a diagnostic, and none stops the client. */
import { rm } from "node:fs/promises";
import { expect, it } from "vitest";
import { generate } from "../../generator/pipeline.js";
import { specFolder } from "./packages.js";

/** The findings about schemas: line, pointer and message. */
async function readingsOf(name: string): Promise<readonly string[]> {
  const cwd = await specFolder();
  try {
    const [result] = await generate({ spec: `${name}.yaml`, out: "out", name, lint: false, cwd });
    expect(result?.outcome).toBe("written");
    return (result?.diagnostics ?? [])
      .filter(
        ({ code, message }) =>
          code.startsWith("spec-") || message.includes("left out") || /no keyword|counts for nothing/.test(message),
      )
      .map(({ line, pointer, message }) => `${line} ${pointer?.replace("#/components/schemas", "…")}: ${message}`);
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

it("a sloppy document of 3.1", async () => {
  expect(await readingsOf("sloppy")).toEqual([
    "8 #/paths/~1x/get/parameters/0/schema: `schema` is null: it is read as an empty object",
    '9 #/paths/~1x/get/parameters/1/schema/type: `type` is "int": it is read as "integer"',
    "13 #/paths/~1x/get/responses/202/content/application~1json/schema: `schema` is null: it is read as an empty object",
    "14 #/paths/~1x/get/responses/203/content/application~1json: `application/json` is null: it is read as an empty object",
    "20 …/X/required: `required` is a text: it is read as a list of one",
    '19 …/X/title: `title` is a number: it is read as "7"',
    "27 …/X/properties/nothing: `nothing` is null: it is read as an empty object",
    "28 …/X/properties/text: `text` is a text; a Schema Object belongs there: it is left out",
    "29 …/X/properties/number: `number` is a number; a Schema Object belongs there: it is left out",
    '30 …/X/properties/noType/type: `type` is left out: "any" is no type',
    '31 …/X/properties/otherType/type: `type` is "Integer": it is read as "integer"',
    '32 …/X/properties/file/type: `type` is "file": it is read as "string"',
    '33 …/X/properties/unquoted/type/1: `type` is null: it is read as "null"',
    '34 …/X/properties/emptyType/type: `type` is null: it is read as "null"',
    "35 …/X/properties/emptyEnum/enum: `enum` is an empty list: it is left out",
    "36 …/X/properties/noEnum/enum: `enum` is left out: it is a text, not a list",
    "37 …/X/properties/tuple/items: `items` is a list: it is read as `prefixItems`",
    "38 …/X/properties/noItems/items: `items` is null: it is left out",
    "39 …/X/properties/noProperties/properties: `properties` is null: it is left out",
    "40 …/X/properties/listOfProperties/properties: `properties` is a list; an object belongs there: it is left out",
    "41 …/X/properties/noAdditional/additionalProperties: `additionalProperties` is a text; a Schema Object belongs there: it is left out",
    "42 …/X/properties/noParts/allOf: `allOf` is an object: it is read as a list of one",
    '44 …/X/properties/twoTypes/type/1: `type` is left out: "whatever" is no type',
    "45 …/Y/required: `required` of a schema has what is no name: that is left out",
    "50 …/Nothing: `Nothing` is null: it is read as an empty object",
    ...[
      "10 #/paths/~1x/get/parameters/2/schema",
      "22 …/X/properties/nullable",
      "23 …/X/properties/nullableReference",
    ].map((place) => `${place}/nullable: \`nullable\` of a Schema Object is of OpenAPI 3.0: it is read as there`),
    "24 …/X/properties/nullableEnum/nullable: `nullable` of a Schema Object is of OpenAPI 3.0: it is read as there",
    "43 …/X/properties/unknownKeyword/maxLenght: `maxLenght` is no keyword of a Schema Object",
    "43 …/X/properties/unknownKeyword/exampel: `exampel` is no keyword of a Schema Object",
    "24 …/X/properties/nullableEnum/nullable: `nullable` stands beside an `enum` without null; null is allowed",
    "25 …/X/properties/enumWithNull/enum: `enum` has null, which `type` does not allow; null is allowed",
    "48 …/Q/allOf/0: this leads back to the schema that it is a part of; it is left out",
    "49 …/Self/oneOf/0: this leads back to the schema that it is a part of; it is left out",
  ]);
});

it("a sloppy document of 3.0", async () => {
  const type = "`type` of a Schema Object is in this form of OpenAPI 3.1: it is read as there";
  expect(await readingsOf("sloppy-3-0")).toEqual([
    `12 …/X/properties/typeNull/type: ${type}`,
    `13 …/X/properties/types/type: ${type}`,
    "16 …/X/properties/besideMore/required: `required` counts for nothing beside `$ref`",
    `19 …/X/properties/oneOfNull/oneOf/1/type: ${type}`,
    "20 …/X/properties/constant/const: `const` of a Schema Object is of OpenAPI 3.1: it is read as there",
    "15 …/X/properties/beside: `nullable` beside a `$ref` means nothing in OpenAPI 3.0; null is allowed all the same",
    "18 …/X/properties/enumNoNull/nullable: `nullable` stands beside an `enum` without null; null is allowed",
  ]);
});

it.each(["views", "discriminators", "schema-names"])("%s is as it should be", async (name) => {
  expect(await readingsOf(name)).toEqual([]);
});
