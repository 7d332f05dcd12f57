/** The verdict of a package on any schema and any value, beside that of a validator of JSON Schema 2020-12. */
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../../generator/model.js";
import { checkedSchemas } from "../support/schemas.js";

const names = ["a", "b", "constructor", "x/y"];
const name = fc.constantFrom(...names);
const scalar: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom("", "a", "bb", "ccc", "😀", "2024-02-29", "1.2.3.4", "AB"),
  fc.integer({ min: -3, max: 12 }),
  fc.constantFrom(0.5, 1.5, 0.3, 1e20),
  fc.boolean(),
  fc.constant(null),
);

const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    scalar,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(name, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

const size = fc.integer({ min: 0, max: 3 });
const type = fc.constantFrom("string", "integer", "number", "boolean", "array", "object", "null");
const list = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: 1, maxLength: 3 });

const { schema } = fc.letrec<{ schema: Json }>((tie) => {
  const inner = tie("schema");
  return {
    schema: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.constantFrom<Json>({}, true, false),
      fc.record({ type }),
      fc.record({ type: fc.constant("string"), minLength: size, maxLength: size }, { requiredKeys: ["type"] }),
      fc.record({ pattern: fc.constantFrom("^a", "b+$", "^[A-Z]{2}$", "^(a|b)*$", "\\d") }),
      fc.record({ type: fc.constant("string"), format: fc.constantFrom("date", "ipv4", "uuid", "unknown") }),
      fc.record(
        { minimum: size, maximum: size, exclusiveMinimum: size, multipleOf: fc.constantFrom(2, 0.5, 0.1) },
        { requiredKeys: [] },
      ),
      fc.record({
        enum: fc.uniqueArray(value, { minLength: 1, maxLength: 4, selector: (item) => JSON.stringify(item) }),
      }),
      fc.record({ const: value }),
      fc.record(
        { type: fc.uniqueArray(type, { minLength: 1, maxLength: 3 }), minLength: size, minItems: size },
        { requiredKeys: ["type"] },
      ),
      fc.record(
        { type: fc.constant("array"), items: inner, minItems: size, maxItems: size, uniqueItems: fc.boolean() },
        { requiredKeys: [] },
      ),
      fc.record({ prefixItems: list(inner), items: inner }, { requiredKeys: ["prefixItems"] }),
      // Apart from `prefixItems`: under `not`, ajv takes an empty array for one that contains whatever is wanted.
      fc.record({ contains: inner, minContains: size, maxContains: size }, { requiredKeys: ["contains"] }),
      fc.record(
        {
          type: fc.constant("object"),
          properties: fc.dictionary(name, inner, { maxKeys: 3, noNullPrototype: true }),
          required: fc.uniqueArray(name, { maxLength: 2 }),
          additionalProperties: inner,
          patternProperties: fc.dictionary(fc.constantFrom("^a", "b"), inner, { maxKeys: 1, noNullPrototype: true }),
          propertyNames: fc.record({ maxLength: size }),
          minProperties: size,
          maxProperties: size,
          dependentRequired: fc.dictionary(name, fc.uniqueArray(name, { maxLength: 2 }), {
            maxKeys: 1,
            noNullPrototype: true,
          }),
          dependentSchemas: fc.dictionary(name, inner, { maxKeys: 1, noNullPrototype: true }),
        },
        { requiredKeys: [] },
      ),
      fc.record({ allOf: list(inner) }),
      fc.record({ anyOf: list(inner) }),
      fc.record({ oneOf: list(inner) }),
      fc.record({ not: inner }),
      // biome-ignore lint/suspicious/noThenProperty: the keyword is called so.
      fc.record({ if: inner, then: inner, else: inner }, { requiredKeys: ["if"] }),
      fc.record({ type, anyOf: list(inner), allOf: list(inner) }),
    ),
  };
});

const SCHEMAS = 400;
const VALUES = 25;

describe("the verdict on any schema and any value", () => {
  it("is that of ajv", async () => {
    const ajv = new Ajv2020({
      strict: false,
      ownProperties: true,
      allErrors: true,
      unicodeRegExp: true,
      multipleOfPrecision: 9,
      logger: false,
    });
    (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
    const schemas = fc.sample(schema, { numRuns: SCHEMAS, seed: 1 });
    const { check } = await checkedSchemas(schemas);
    const differing: string[] = [];
    const verdicts = { good: 0, bad: 0 };
    for (const [index, one] of schemas.entries()) {
      const validate = ajv.compile(one as boolean | Record<string, unknown>);
      for (const given of fc.sample(value, { numRuns: VALUES, seed: index })) {
        const isGood = validate(given);
        verdicts[isGood ? "good" : "bad"] += 1;
        const broken = check(index, given).map(({ pointer, rule }) => `${pointer} ${rule}`);
        if (isGood !== (broken.length === 0)) {
          differing.push(`${JSON.stringify(one)} of ${JSON.stringify(given)}: ajv ${isGood}, ${broken}`);
        }
      }
    }
    expect(differing).toEqual([]);
    // Both verdicts were often given.
    expect(Math.min(verdicts.good, verdicts.bad)).toBeGreaterThan(1_000);
  });
});
