import { describe, expect, it } from "vitest";
import { coverageFile } from "../../generator/coverage.js";
import { type Diagnostic, distinct, formatGroup, groupsOf } from "../../generator/diagnostics.js";

const lost = (pointer: string, message: string, more: Partial<Diagnostic> = {}): Diagnostic => ({
  code: "coverage-not-honoured",
  severity: "info",
  message,
  file: "api/openapi.yaml",
  line: 1,
  pointer,
  ...more,
});

describe("findings", () => {
  it("are put together by what they say, in the order of the first of each", () => {
    const groups = groupsOf([
      lost("#/a", "one"),
      lost("#/b", "two"),
      lost("#/c", "one"),
      lost("#/d", "one", { severity: "error" }),
      lost("#/e", "parameter `x` is lost", { construct: "a parameter is lost" }),
      lost("#/f", "parameter `y` is lost", { construct: "a parameter is lost" }),
      lost("#/g", "parameter `z` is found", { construct: "a parameter is found" }),
    ]);
    expect(groups.map(({ title, severity, members }) => [title, severity, members.length])).toEqual([
      ["one", "info", 2],
      ["two", "info", 1],
      ["one", "error", 1],
      ["a parameter is lost", "info", 2],
      ["parameter `z` is found", "info", 1],
    ]);
  });

  it("show their first places, with what each says beyond the others", () => {
    const same = groupsOf(["#/a", "#/b", "#/c", "#/d", "#/e"].map((pointer) => lost(pointer, "one")));
    expect(same.map(formatGroup)).toEqual([
      [
        "info coverage-not-honoured: one (5 times)",
        "  at     api/openapi.yaml:1  #/a",
        "         api/openapi.yaml:1  #/b",
        "         api/openapi.yaml:1  #/c",
        "         and 2 more",
        "  cause  The document uses a keyword that is documented in the types but neither sent nor checked.",
        "  fix    Nothing, if the server checks it.",
      ].join("\n"),
    ]);
    const construct = "a parameter is lost";
    const named = groupsOf(["x", "y"].map((name) => lost(`#/${name}`, `\`${name}\` is lost`, { construct })));
    expect(named.map((group) => formatGroup(group).split("\n").slice(0, 3))).toEqual([
      [
        "info coverage-not-honoured: a parameter is lost (2 times)",
        "  at     api/openapi.yaml:1  #/x  `x` is lost",
        "         api/openapi.yaml:1  #/y  `y` is lost",
      ],
    ]);
  });

  it("are told once where several ways lead to one place", () => {
    expect(distinct([lost("#/a", "one"), lost("#/a", "one"), lost("#/b", "one")])).toHaveLength(2);
  });
});

describe("coverage.json", () => {
  it("has every place of what is not honoured, without lines, and nothing else", () => {
    const file = coverageFile(
      [
        lost("#/a", "one"),
        lost("#/b", "one", { line: 7, file: "api/sub/pet.yaml" }),
        lost("#/c", "two of them", {
          construct: "two",
          code: "construct-unsupported",
          severity: "warning",
          file: "https://a.test/x.yaml",
        }),
        lost("#/d", "a name", { code: "name-changed" }),
        lost("#/e", "a rule", { code: "lint" }),
      ],
      "api/openapi.yaml",
    );
    expect(file.path).toBe("coverage.json");
    expect(JSON.parse(file.text)).toEqual({
      notHonoured: [
        { code: "coverage-not-honoured", construct: "one", places: ["#/a", "sub/pet.yaml#/b"] },
        { code: "construct-unsupported", construct: "two", places: ["https://a.test/x.yaml#/c"] },
      ],
    });
    expect(file.text.endsWith("\n")).toBe(true);
  });

  it("is there, and empty, where everything is honoured", () => {
    expect(coverageFile([], "x.yaml").text).toBe('{\n  "notHonoured": []\n}\n');
  });
});
