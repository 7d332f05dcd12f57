import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { ProjectConfig } from "../../generator/config.js";
import { type Diagnostic, StageError } from "../../generator/diagnostics.js";
import type { ProjectEntry } from "../../generator/document.js";
import { resolveJobs } from "../../generator/jobs.js";
import type { GenerateOptions, Job } from "../../generator/options.js";

const cwd = resolve("/project");
const entry = (name: string, fields: Partial<ProjectEntry> = {}): ProjectEntry => ({
  name,
  root: resolve(cwd, `${name}.yaml`),
  out: resolve(cwd, `out-${name}`),
  package: `${name}-client`,
  version: "1.2.3",
  ...fields,
});

function jobsOf(options: GenerateOptions, entries: readonly ProjectEntry[], diagnostics: readonly Diagnostic[] = []) {
  const config: Pick<ProjectConfig, "entries" | "diagnostics"> = { entries, diagnostics };
  return resolveJobs({ cwd, ...options }, config);
}

function refusalOf(...args: Parameters<typeof jobsOf>): Diagnostic | undefined {
  try {
    jobsOf(...args);
  } catch (error) {
    if (error instanceof StageError) return error.diagnostics[0];
    throw error;
  }
  throw new Error("it was accepted");
}

describe("the jobs of a command", () => {
  const a: Job = { spec: resolve(cwd, "a.yaml"), out: resolve(cwd, "out-a"), package: "a-client", version: "1.2.3" };
  const b: Job = { spec: resolve(cwd, "b.yaml"), out: resolve(cwd, "out-b"), package: "b-client", version: "1.2.3" };

  it("are all entries of redocly.yaml, in order, or those of the document named", () => {
    const entries = [entry("b"), entry("a")];
    expect(jobsOf({}, entries)).toEqual([b, a]);
    expect(jobsOf({ spec: "./x/../a.yaml" }, entries)).toEqual([a]);
  });

  it("flags win over the entry", () => {
    expect(jobsOf({ spec: "a.yaml", out: "elsewhere", name: "@scope/other" }, [entry("a"), entry("b")])).toEqual([
      { ...a, out: resolve(cwd, "elsewhere"), package: "@scope/other" },
    ]);
    expect(jobsOf({ out: "elsewhere" }, [entry("a")])).toEqual([{ ...a, out: resolve(cwd, "elsewhere") }]);
  });

  it.each([
    ["My API (v2).openapi.yaml", "my-api-v2-.openapi"],
    ["dir/petstore.json", "petstore"],
    ["._hidden_.yml", "hidden"],
  ])("the name of a document without an entry, %s, makes that of its package", (spec, name) => {
    expect(jobsOf({ spec, out: "out" }, [entry("a")])).toEqual([
      { spec: resolve(cwd, spec), out: resolve(cwd, "out"), package: name, version: "0.0.0" },
    ]);
  });

  it.each<readonly [string, GenerateOptions, readonly ProjectEntry[], string]>([
    ["nothing to do", {}, [], "there is no document to work on: redocly.yaml has no entry with `x-specproof`"],
    [
      "one folder for several",
      { out: "x" },
      [entry("a"), entry("b")],
      "`--out` and `--name` need one document, and redocly.yaml has several",
    ],
    [
      "one name for several",
      { name: "x" },
      [entry("a"), entry("b")],
      "`--out` and `--name` need one document, and redocly.yaml has several",
    ],
    ["no folder", { spec: "x.yaml" }, [entry("a")], "no output folder is given"],
    ["no name", { spec: "名.yaml", out: "x" }, [], "`` cannot be the name of a package"],
    ["a bad name", { spec: "x.yaml", out: "x", name: "../evil" }, [], "`../evil` cannot be the name of a package"],
    [
      "a bad name for an entry",
      { spec: "a.yaml", name: "UPPER" },
      [entry("a")],
      "`UPPER` cannot be the name of a package",
    ],
    [
      "a long name",
      { spec: "x.yaml", out: "x", name: "x".repeat(215) },
      [],
      `\`${"x".repeat(215)}\` cannot be the name of a package`,
    ],
  ])("%s is refused, with a cure", (_, options, entries, message) => {
    const refusal = refusalOf(options, entries);
    expect(refusal).toMatchObject({ code: "config-invalid", severity: "error", message });
    expect(refusal?.fix).toMatch(/\.$/);
  });

  it("an error in redocly.yaml stops, a warning does not", () => {
    const finding: Diagnostic = { code: "config-invalid", severity: "error", message: "Entry `b` has no `out`." };
    expect(refusalOf({}, [entry("a")], [finding])).toBe(finding);
    expect(jobsOf({}, [entry("a")], [{ ...finding, severity: "warning" }])).toEqual([a]);
  });
});
