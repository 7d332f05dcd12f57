import { expect, it } from "vitest";
import { makeBindings } from "../../generator/bindings.js";
import { normalize } from "../../generator/normalize.js";

const bindings = (schema: object): string =>
  makeBindings(
    normalize({ openapi: "3.1.0", info: {}, paths: {}, components: { schemas: { A: schema } } } as never),
    "a.yaml",
  ).text;

it("comments have the tags that openapi-typescript writes, and none of the document", () => {
  const text = bindings({
    type: "object",
    title: "@internal one",
    description: "@deprecated use\n@see {@link https://evil.test}\nmail a@b.test, or @them",
    properties: {
      a: { type: "string", deprecated: true, description: "first\n * @internal", default: "@private", enum: ["a @b"] },
      b: { const: "@x", title: "@deprecated\n@alpha" },
      c: { type: "string", title: "@deprecated", examples: ["@override", { d: 1 }] },
    },
  });
  const tags = [...text.matchAll(/(?<!\S)@\w+/g)].map(([tag]) => tag);
  const own = ["description", "deprecated", "description", "default", "enum", "constant", "example", "example"];
  const literals = ["b", "x"];
  expect(tags.filter((tag) => !literals.includes(tag.slice(1))).sort()).toEqual(own.map((tag) => `@${tag}`).sort());
  for (const shown of ["\\@internal one", "\\@deprecated use", "\\@see {@link", "a@b.test, or \\@them", "\\@private"]) {
    expect(text).toContain(shown);
  }
  expect(text).toContain('a?: "a @b";');
});

it("characters that nobody sees are escapes, which mean the same in a string", () => {
  const odd = "\u202e\u2066\u2028\u200f\ufeff\u0000\u001b\ud800";
  const text = bindings({ type: "string", description: `safe${odd}`, enum: [`a${odd}`] });
  expect(text).toMatch(/^[\t\n -~]*$/);
  const [, literal = ""] = /A: ("a.*");/.exec(text) ?? [];
  expect(new Function(`return ${literal}`)()).toBe(`a${odd}`);
});
