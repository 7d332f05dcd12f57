import { expect, it } from "vitest";
import type { JsonObject } from "../../generator/openapi.js";
import { build, documentOf, done, parameter } from "./document.js";

/** The inputs of the one operation, with `code pointer: message` of each finding. */
function inputsOf(path: string, parameters: readonly JsonObject[]) {
  const { model, diagnostics } = build(documentOf({ [path]: { get: { parameters, responses: done } } }));
  return {
    inputs: model.operations[0]?.parameters.map(({ name, in: location, schema }) => [location, name, schema.type]),
    findings: diagnostics.map(({ code, pointer, message }) => `${code} ${pointer?.split("/").at(-1)}: ${message}`),
  };
}

const header = (name: string, more: JsonObject = {}) => parameter(name, { in: "header", ...more });

it("a parameter of the path that the path has no place for is left out, and told", () => {
  const place = (name: string) => parameter(name, { in: "path", required: true });
  expect(inputsOf("/x/{id}", [place("id"), place("gone")])).toEqual({
    inputs: [["path", "id", "string"]],
    findings: [
      "construct-unsupported 1: parameter `gone` of a path is left out: the path has no variable of this name",
    ],
  });
});

it("headers that the connection writes are no inputs", () => {
  expect(inputsOf("/x", [header("Host", { required: true }), header("content-length"), header("X-Host")])).toEqual({
    inputs: [["header", "X-Host", "string"]],
    findings: ["Host", "content-length"].map(
      (name, index) =>
        `coverage-not-honoured ${index}: header parameter \`${name}\` is no input: the connection writes it`,
    ),
  });
});

it("headers that the specification ignores are told where they are required", () => {
  expect(inputsOf("/x", [header("Accept", { required: true }), header("Authorization")])).toEqual({
    inputs: [],
    findings: [
      "coverage-not-honoured 0: header parameter `Accept` is ignored, as the specification asks, though it is `required`",
    ],
  });
});

it("a header that cannot have its name is left out", () => {
  expect(inputsOf("/x", [header("bad name"), header("good-name")])).toEqual({
    inputs: [["header", "good-name", "string"]],
    findings: ["construct-unsupported 0: parameter `bad name` is left out: no header can have its name"],
  });
});

it("of two parameters of one name and place in a list, the first one is left out, and told", () => {
  const repeated = [parameter("a"), parameter("a", { schema: { type: "integer" } }), header("A"), header("a")];
  const what = "is left out: another one further down the list has its name and place";
  expect(inputsOf("/x", repeated)).toEqual({
    inputs: [
      ["query", "a", "integer"],
      ["header", "a", "string"],
    ],
    findings: [`construct-unsupported 0: parameter \`a\` ${what}`, `construct-unsupported 2: parameter \`A\` ${what}`],
  });
});

it("an operation by TRACE gets no function", () => {
  const { model, diagnostics } = build(documentOf({ "/x": { trace: { responses: done }, get: { responses: done } } }));
  expect(model.operations.map(({ method }) => method)).toEqual(["get"]);
  expect(diagnostics.map(({ code, pointer, message }) => [code, pointer, message])).toEqual([
    [
      "construct-unsupported",
      "#/paths/~1x/trace",
      "operation `trace /x` gets no function: `fetch` refuses the method TRACE",
    ],
  ]);
});

it("parameters without a name are each told as such", () => {
  const nameless = { in: "query", schema: {} };
  const what = "a parameter without `name`, or whose `in` is not path, query, header or cookie";
  expect(inputsOf("/x", [nameless, parameter("a"), nameless])).toMatchObject({
    inputs: [["query", "a", "string"]],
    findings: [0, 2].map((index) => `construct-unsupported ${index}: ${what}`),
  });
});
