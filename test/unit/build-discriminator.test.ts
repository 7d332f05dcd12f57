import { expect, it } from "vitest";
import type { Json } from "../../generator/model.js";
import type { JsonObject } from "../../generator/openapi.js";
import { checkedSchemas } from "../support/schemas.js";

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const pet = (kind: Json, more: JsonObject = {}): JsonObject => ({ type: "object", properties: { kind, ...more } });
const schemas = { Dog: pet({ type: "string" }), Bird: pet({ type: "string" }), Cat: {}, Hound: ref("Dog") };

/** What is told of schemas, by their numbers. */
async function notesOf(...list: readonly Json[]): Promise<readonly string[]> {
  const { notes } = await checkedSchemas(list, { components: schemas });
  return notes.map((note) =>
    note.replace(/^#\/paths\/~1s(\d)\/get\/parameters\/0\/content\/application~1json\/schema/, "$1"),
  );
}

it("a value that leads to none of the schemas is told; an alias leads to one", async () => {
  const mapping = {
    puppy: "Dog",
    hound: "#/components/schemas/Hound",
    odd: "nowhere",
    cat: "#/components/schemas/Cat",
  };
  const schema = { oneOf: [ref("Dog"), ref("Bird")], discriminator: { propertyName: "kind", mapping } };
  expect(await notesOf(schema)).toEqual([
    "0/discriminator/mapping/odd: the value leads to none of the schemas to choose from",
    "0/discriminator/mapping/cat: the value leads to none of the schemas to choose from",
  ]);
});

it("a discriminator is told that has no property, or nothing to name a schema with", async () => {
  expect(
    await notesOf(
      { oneOf: [ref("Dog"), ref("Bird")], discriminator: {} },
      { anyOf: [{ type: "string" }, { type: "integer" }], discriminator: { propertyName: "kind" } },
      { oneOf: [ref("Dog"), {}], discriminator: { propertyName: "kind" } },
    ),
  ).toEqual([
    "0/discriminator: `discriminator` is not followed: it has no `propertyName`",
    "1/discriminator: `discriminator` is not followed: nothing names the schemas to choose from",
  ]);
});

it("a value of more than one schema is told, unless each of them has a value of its own", async () => {
  const [text, integer] = [{ x: { type: "string" } }, { x: { type: "integer" } }];
  const of = (...values: readonly string[]): Json => ({ enum: values });
  const discriminator = { propertyName: "kind" };
  expect(
    await notesOf(
      { oneOf: [pet(of("a"), text), pet(of("a", "b"), integer)], discriminator },
      { oneOf: [pet(of("a", "c"), text), pet(of("a", "b"), integer)], discriminator },
    ),
  ).toEqual(['0/discriminator: the value "a" names more than one schema: all of them are tried']);
});
