import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import {
  catalogue,
  type Diagnostic,
  formatDiagnostic,
  hasErrors,
  StageError,
  strictly,
} from "../../generator/diagnostics.js";

const generator = fileURLToPath(new URL("../../generator", import.meta.url));
const finding: Diagnostic = { code: "lint", severity: "error", message: "operation-summary: it has none" };

describe("the catalogue", () => {
  it("has no code that nothing gives", () => {
    const sources = readdirSync(generator, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts") && path !== "diagnostics.ts" && !path.startsWith("runtime"))
      .map((path) => readFileSync(join(generator, path), "utf8"))
      .join("\n");
    expect(Object.keys(catalogue).filter((code) => !sources.includes(`"${code}"`))).toEqual([]);
  });

  it("says of each code what it is, why, and what to do, in sentences", () => {
    for (const [code, { title, cause, fix }] of Object.entries(catalogue)) {
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(title, code).toMatch(/^\S.*[^.]$/);
      expect(cause, code).toMatch(/^\S.*\.$/);
      expect(fix, code).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe("a finding for people", () => {
  it("has its place, cause and fix", () => {
    const place = { file: "spec/a.yaml", line: 3, column: 5, pointer: "#/paths/~1x/get" };
    expect(formatDiagnostic({ ...finding, ...place })).toBe(
      [
        "error lint: operation-summary: it has none",
        "  at     spec/a.yaml:3:5  #/paths/~1x/get",
        `  cause  ${catalogue.lint.cause}`,
        `  fix    ${catalogue.lint.fix}`,
      ].join("\n"),
    );
  });

  it("leaves out what is not known, and prefers its own cause and fix", () => {
    expect(formatDiagnostic({ ...finding, severity: "info", cause: "Because.", fix: "So." })).toBe(
      "info lint: operation-summary: it has none\n  cause  Because.\n  fix    So.",
    );
    expect(formatDiagnostic({ ...finding, file: "a.yaml" })).toContain("\n  at     a.yaml\n");
    expect(formatDiagnostic({ ...finding, pointer: "#" })).toContain("\n  at     #\n");
  });
});

describe("what stops a run", () => {
  it("is an error; with --strict, what is not honoured is one", () => {
    const warning: Diagnostic = { ...finding, severity: "warning" };
    const left: readonly Diagnostic[] = [
      { ...warning, code: "construct-unsupported" },
      { ...warning, code: "coverage-not-honoured", severity: "info" },
    ];
    expect(hasErrors([warning, ...left])).toBe(false);
    expect(hasErrors([warning, finding])).toBe(true);
    expect(strictly(warning)).toBe(warning);
    expect(left.map(strictly).map(({ severity }) => severity)).toEqual(["error", "error"]);
  });

  it("an error of a stage says all it carries", () => {
    expect(new StageError([finding, { ...finding, message: "and more" }])).toMatchObject({
      name: "StageError",
      message: "operation-summary: it has none\nand more",
    });
  });
});
