/** Paths that are not as the specification has them: what is sent all the same is what they mean. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { makePackages, type Package, type Packages, unchecked } from "./packages.js";
import { serve } from "./server.js";

let packages: Packages;
let paths: Package;

beforeAll(async () => {
  packages = await makePackages(["paths"], unchecked);
  paths = await packages.load("paths");
});
afterAll(() => packages?.remove());

it.each([
  [
    "a variable that stands there twice is filled twice",
    "twice",
    { id: "{id}$&" },
    "/twice/%7Bid%7D%24%26/of/%7Bid%7D%24%26",
  ],
  ["a parameter that differs in case fills its variable", "cased", { userId: 7 }, "/cased/7"],
  ["a parameter without a place is none", "placeless", {}, "/placeless"],
  [
    "a query of the path goes with that of the parameters",
    "listByQuery",
    { action: "List", x: "1" },
    "/q?x=1&Action=List",
  ],
  ["its variables, too", "getQActionGetIdId", { action: "Get", id: "a&b", x: "1" }, "/q?id=a%26b&x=1&Action=Get"],
  ["a fragment of the path is not sent", "fooBar", { x: "1" }, "/?x=1"],
])("%s", async (_, operation, input, target) => {
  const { baseUrl, seen } = await serve();
  await paths.call(paths.client({ baseUrl, retry: 0 }), operation, input);
  expect(seen.map((one) => one.target)).toEqual([target]);
});
