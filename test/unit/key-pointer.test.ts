import { expect, it } from "vitest";
import { loadSpec } from "../../generator/load.js";
import { folderOf, head } from "./load-folder.js";

it.each([
  ["at the top", "info: {}\n", "#/info"],
  ["below others", "x-a:\n  b:\n    c: 1\n    d: { e: [1] }\n    c: 2\n  z: 1\n", "#/x-a/b/c"],
  ["behind what is deeper", "x-a:\n  b:\n    c: { d: 1 }\n  b: 2\n", "#/x-a/b"],
  ["in an entry of a list", "x-a:\n  - { name: one }\n  - name: two\n    name: three\n", "#/x-a/1/name"],
  ["with quotation marks, and what a pointer escapes", 'x-a:\n  "/b: ~": 1\n  "/b: ~": 2\n', "#/x-a/~1b: ~0"],
  ["written as a number", "x-a:\n  200: 1\n  200: 2\n", "#/x-a/200"],
  ["behind a number that others stand before", "x-a:\n  b: 1\n  200:\n    c: 1\n    c: 2\n", "#/x-a/200/c"],
  ["in brackets, where nobody can tell", "x-a: { b: 1, b: 2 }\n", "#"],
])("a key that stands twice has a pointer: %s", async (_, text, pointer) => {
  const cwd = await folderOf({ "spec.yaml": `${head}${text}` });
  await expect(loadSpec("spec.yaml", { cwd })).rejects.toMatchObject({
    diagnostics: [{ code: "spec-syntax", message: "The key stands twice in one object.", pointer }],
  });
});
