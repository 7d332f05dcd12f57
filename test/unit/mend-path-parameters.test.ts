import { describe, expect, it } from "vitest";
import type { Json } from "../../generator/model.js";
import { mended } from "./mended.js";

const responses = { "200": { description: "ok" } };
const of = (name: string, location: string, more: object = {}) => ({
  name,
  in: location,
  schema: { type: "string" },
  ...more,
});

/** The parameters that a path has then, as `name location` and what else was changed, with the findings. */
function pathOf(path: string, own: readonly Json[], shared?: readonly Json[], components: Json = {}) {
  const item = { get: { responses, parameters: own }, ...(shared ? { parameters: shared } : {}) };
  const { document, findings } = mended({ paths: { [path]: item }, components });
  const after = (document.paths as Record<string, typeof item>)[path];
  return { shared: after?.parameters, own: after?.get.parameters, findings };
}

const sloppy = (pointer: string, message: string) => `spec-mended #/paths/${pointer}: ${message}`;

describe("a parameter that differs from a variable in case", () => {
  const message = "parameter `userid` of the path is read as `userId`, as the path writes it";
  const written = of("userid", "path", { required: true });
  const meant = { ...written, name: "userId" };

  it("is the one that fills it: of the operation, of the path item, of a component", () => {
    const place = "~1x~1{userId}";
    expect(pathOf("/x/{userId}", [written])).toEqual({
      own: [meant],
      findings: [sloppy(`${place}/get/parameters/0`, message)],
    });
    const reference = { $ref: "#/components/parameters/U" };
    expect(pathOf("/x/{userId}", [], [reference], { parameters: { U: written } })).toEqual({
      shared: [meant],
      own: [],
      findings: [sloppy(`${place}/parameters/0`, message)],
    });
  });

  it("is another one where the variable is filled", () => {
    const both = [{ ...written, name: "userId" }, written];
    expect(pathOf("/x/{userId}", both)).toEqual({ own: both, findings: [] });
    expect(pathOf("/x/{userId}", [written], [meant])).toEqual({ own: [written], shared: [meant], findings: [] });
  });
});

describe("a query that is written into a path", () => {
  const told = (path: string) =>
    sloppy(path.replaceAll("/", "~1"), `path \`${path}\` has a query: its pairs are read as parameters`);

  it("gives parameters of one value each, but for those that the document has", () => {
    const path = "/q?Action=Li%20st&Version=1&wsdl";
    const version = of("Version", "query");
    expect(pathOf(path, [version])).toEqual({
      own: [
        version,
        of("Action", "query", { required: true, schema: { type: "string", enum: ["Li st"] } }),
        of("wsdl", "query", { required: true, schema: { type: "string", enum: [""] } }),
      ],
      findings: [told(path)],
    });
  });

  it("has variables, which are parameters of the query", () => {
    const path = "/q?id={ID}&to={to}";
    const list = { schema: { type: "array" } };
    expect(pathOf(path, [of("id", "path", { required: true, style: "simple", ...list })])).toEqual({
      own: [
        of("id", "query", { required: true, style: "form", explode: false, ...list }),
        of("to", "query", { required: true }),
      ],
      findings: [
        told(path),
        sloppy(
          "~1q?id={ID}&to={to}/get/parameters/0",
          "parameter `id` stands in the query of the path: it is read as `id` of the query",
        ),
        sloppy("~1q?id={ID}&to={to}/get", "`{to}` of the path is no parameter: it is read as one, of any text"),
      ],
    });
    expect(pathOf("/q?id={id}", [of("id", "query")]).own).toEqual([of("id", "query")]);
  });

  it.each(["/q?a=1&a=2", "/q?a=x{b}", "/q?{a}=b", "/q?{a}"])("%s is left out: it may mean anything", (path) => {
    const what = "gets no functions: its query is not made of pairs with a text or a variable each";
    const { own, findings } = pathOf(path, []);
    const place = path.replaceAll("/", "~1");
    expect([own, findings]).toEqual([undefined, [`construct-unsupported #/paths/${place}: path \`${path}\` ${what}`]]);
  });
});

it("a fragment of a path is told, and has no variables", () => {
  const path = "/#Target={x}?a=b";
  expect(pathOf(path, [])).toEqual({
    own: [],
    findings: [
      sloppy("~1#Target={x}?a=b", `path \`${path}\` has a fragment, which is never sent: it is read as \`/\``),
    ],
  });
});

describe("a path that a URL makes another one of", () => {
  const what =
    "is not sent as it stands: a URL resolves segments of dots, takes backslashes for slashes and drops breaks";

  it.each(["/../up", "/a/./b", "/a/%2E.", "/a\\b", "/a\tb", "/a "])("%j is told", (path) => {
    const sent = new URL(`https://a.test/v1${path}`).pathname;
    expect(sent.replaceAll("%20", " ")).not.toBe(`/v1${path}`);
    const token = path.replaceAll("/", "~1");
    expect(pathOf(path, []).findings).toEqual([sloppy(token, `path \`${path}\` ${what}`)]);
  });

  it.each(["/a..b", "/.well-known/x", "//other.test/x", "/a b", "/..."])("%j is none", (path) => {
    expect(new URL(`https://a.test/v1${path}`).pathname.replaceAll("%20", " ")).toBe(`/v1${path}`);
    expect(pathOf(path, []).findings).toEqual([]);
  });
});
