import { expect, it } from "vitest";
import { checkedSchemas } from "../support/schemas.js";

it("a bound that lost digits is told, unless its format has all of them", async () => {
  const long = 2 ** 63;
  const { notes } = await checkedSchemas([
    { type: "integer", minimum: -long, maximum: long, exclusiveMaximum: 5 },
    { type: "integer", format: "int64", minimum: -long, maximum: long },
    { type: "number", maximum: 1e300 },
  ]);
  const place = "#/paths/~1s0/get/parameters/0/content/application~1json/schema";
  const message = "an integer has more digits than a number of JavaScript: the last of them are not compared";
  expect(notes).toEqual([`${place}/minimum: ${message}`, `${place}/maximum: ${message}`]);
});
