import { createRequire } from "node:module";
import { expect, it } from "vitest";
import { shortcut } from "../../generator/bindings/pointers.js";

const require = createRequire(import.meta.url);
const path = require.resolve("openapi-typescript/dist/lib/utils.cjs");
// As it is, whoever has shortened it for this process.
delete require.cache[path];
const { createRef } = require(path);

it("the shortcut to a pointer leads where openapi-typescript's own way leads", () => {
  const short = shortcut(createRef);
  const names = ["a", "/a/{b}", "a~b", "~1", "0", "", "#/a", "a#/b", "é", "100%25", "a b"];
  for (const first of ["paths", "components"]) {
    for (const second of names) {
      const above = createRef([first, second]);
      expect(short([first, second])).toBe(above);
      for (const third of [...names, 7, undefined, null]) {
        expect(short([above, third]), `${above} ${third}`).toBe(createRef([above, third]));
        expect(short([above, "get", third]), `${above} ${third}`).toBe(createRef([above, "get", third]));
      }
    }
  }
  // What cannot be decoded is for the one who asks to see to.
  expect(() => short(["#/paths/100%", "get"])).toThrow(URIError);
});
