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
      .filter(({ code, message }) => code === "schema-read-as" || message.includes("no keyword"))
      .map(({ line, pointer, message }) => `${line} ${pointer?.replace("#/components/schemas", "…")}: ${message}`);
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

it("a sloppy document of 3.1", async () => {
  expect(await readingsOf("sloppy")).toEqual([
    "8 #/paths/~1x/get/parameters/0/schema: there is no schema here; anything is allowed, here and at 7 more",
    "9 #/paths/~1x/get/parameters/1/schema/type: this type is written as other languages have it; what it means is taken, here and at 2 more",
    "10 #/paths/~1x/get/parameters/2/schema/nullable: `nullable` is of OpenAPI 3.0; it is read as the type `null`, here and at 3 more",
    "14 #/paths/~1x/get/responses/203/content/application~1json: this is no object; it is taken for an empty one, here and at 2 more",
    "20 …/X/required: this is no list; it is left out, here and at 2 more",
    "24 …/X/properties/nullableEnum/nullable: `nullable` stands beside an `enum` without null; null is allowed",
    "25 …/X/properties/enumWithNull/enum: `enum` has null, which `type` does not allow; null is allowed",
    "30 …/X/properties/noType/type: this is no type of JSON Schema; anything is allowed, here and at 1 more",
    "35 …/X/properties/emptyEnum/enum: no value is in `enum`; it is left out",
    "37 …/X/properties/tuple/items: `items` is a list; it is read as `prefixItems`",
    "48 …/Q/allOf/0: this leads back to the schema that it is a part of; it is left out, here and at 1 more",
    "43 …/X/properties/unknownKeyword/maxLenght: `maxLenght` is no keyword of a schema; it is ignored",
    "43 …/X/properties/unknownKeyword/exampel: `exampel` is no keyword of a schema; it is ignored",
  ]);
});

it("a sloppy document of 3.0", async () => {
  expect(await readingsOf("sloppy-3-0")).toEqual([
    "12 …/X/properties/typeNull/type: the type `null` is of OpenAPI 3.1; it is read as `nullable`, here and at 2 more",
    "15 …/X/properties/beside: `nullable` beside a `$ref` means nothing in OpenAPI 3.0; null is allowed all the same",
    "16 …/X/properties/besideMore: what stands beside a `$ref` means nothing in OpenAPI 3.0; it is left out",
    "18 …/X/properties/enumNoNull/nullable: `nullable` stands beside an `enum` without null; null is allowed",
  ]);
});

it.each(["views", "discriminators", "schema-names"])("%s is as it should be", async (name) => {
  expect(await readingsOf(name)).toEqual([]);
});
