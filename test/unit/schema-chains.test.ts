import { describe, expect, it } from "vitest";
import type { Json } from "../../generator/model.js";
import { checkedSchemas } from "../support/schemas.js";

const LENGTH = 1_000;

/** Schemas of which each refers to the next, in one way or another; the last one is a text. */
function chain(link: (next: Json) => Json): { readonly [name: string]: Json } {
  return Object.fromEntries(
    Array.from({ length: LENGTH }, (_, index): [string, Json] => [
      `S${index}`,
      index === LENGTH - 1 ? { type: "string" } : link({ $ref: `#/components/schemas/S${index + 1}` }),
    ]),
  );
}

const first: Json = { $ref: "#/components/schemas/S0" };

describe("a chain of schemas as long as a document", () => {
  it("is read to its end, where a value of each is within that of the one before", async () => {
    const components = chain((next) => ({ type: "object", properties: { next } }));
    const { check, notes } = await checkedSchemas([first], { components });
    const nested = (depth: number): unknown => (depth === 0 ? 5 : { next: nested(depth - 1) });
    expect(check(0, nested(150)).map(({ pointer, rule }) => `${pointer} ${rule}`)).toEqual([
      `${"/next".repeat(150)} type`,
    ]);
    expect(notes).toEqual([]);
  });

  it.each(["allOf", "anyOf", "oneOf"])(
    "is told where it is too long, if all are of one value by way of %s",
    async (keyword) => {
      const { check, notes } = await checkedSchemas([first], {
        components: chain((next) => ({ [keyword]: [next, {}] })),
      });
      expect(check(0, 5)).toEqual([]);
      expect(notes).toEqual([
        expect.stringMatching(/^#\/components\/schemas\/S\d+\/\w+\/0: it is a part of a part, and so on, too often/),
        expect.stringMatching(/^#\/components\/schemas\/S\d+\/\w+\/1: it is a part of a part, and so on, too often/),
      ]);
    },
  );
});
