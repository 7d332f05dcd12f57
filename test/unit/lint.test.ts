import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseYaml, stringifyYaml } from "@redocly/openapi-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadProjectConfig } from "../../generator/config.js";
import type { Diagnostic } from "../../generator/diagnostics.js";
import { lintSpec } from "../../generator/lint.js";
import { loadSpec } from "../../generator/load.js";
import { type Break, breaks, type Tree } from "./lint-rules.js";

const repository = fileURLToPath(new URL("../../", import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "specproof-lint-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a rule of redocly.yaml that is broken is reported", () => {
  test.each(breaks)("$name: $rule", async (broken) => {
    const project = await copyWith(broken);
    expect(await lintInProcess(project)).toEqual(
      broken.pointers.map((pointer) => expect.objectContaining({ rule: broken.rule, severity: "error", pointer })),
    );
  });

  test("by the command and in process alike", async () => {
    const project = await copyWith(...breaks);
    const { exitCode, problems } = await lintByCommand(project);
    expect(exitCode).toBe(1);
    expect(problems).toEqual(await lintInProcess(project));
    expect(new Set(problems.map(({ rule }) => rule))).toEqual(new Set(breaks.map(({ rule }) => rule)));
  });
});

test("the document breaks no rule, says the command and says the lint in process", async () => {
  const project = await copyWith();
  expect(await lintByCommand(project)).toEqual({
    exitCode: 0,
    totals: { errors: 0, warnings: 0, ignored: 0 },
    problems: [],
  });
  expect(await lintInProcess(project)).toEqual([]);
});

test("a finding has code, place and the rule in its message", async () => {
  const project = await copyWith(...breaks.filter(({ rule }) => rule === "rule/array-max-items"));
  expect(await findingsOf(project)).toEqual([
    {
      code: "lint",
      severity: "error",
      message: "rule/array-max-items: An array needs maxItems.",
      construct: "rule/array-max-items",
      file: "spec/openapi.yaml",
      line: expect.any(Number),
      column: expect.any(Number),
      pointer: "#/components/parameters/TenantSourceIdList/schema/maxItems",
    },
  ]);
});

test("a problem in another file is placed in that file", async () => {
  const project = await copyWith();
  await writeFile(join(project, "spec/examples/service-tickets.yaml"), 'summary: A file\nvalue: text\nvalues: ""\n');
  expect(await findingsOf(project)).toEqual([
    expect.objectContaining({ file: "spec/examples/service-tickets.yaml", line: 3, column: 1, pointer: "#/values" }),
  ]);
});

test("a suggestion of Redocly's is the fix", async () => {
  const project = await copyWith({ ...anyBreak, apply: (document) => Object.assign(document, { component: {} }) });
  expect(await findingsOf(project)).toEqual([
    expect.objectContaining({ message: expect.stringMatching(/^struct: /), fix: "Did you mean components?" }),
  ]);
});

test("what the ignore file lists is not reported", async () => {
  const project = await copyWith(...breaks.filter(({ rule }) => rule === "rule/array-max-items"));
  const pointer = "#/components/parameters/TenantSourceIdList/schema/maxItems";
  const ignored = { "spec/openapi.yaml": { "rule/array-max-items": [pointer] } };
  await writeFile(join(project, ".redocly.lint-ignore.yaml"), stringifyYaml(ignored));
  expect(await findingsOf(project)).toEqual([]);
});

const anyBreak: Break = { name: "", rule: "", pointers: [], apply: () => {} };

interface Problem {
  readonly rule: string;
  readonly message: string;
  readonly severity: string;
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly pointer: string | undefined;
}

/** A copy of the specification with the rules, changed; its path. */
async function copyWith(...changes: readonly Break[]): Promise<string> {
  const project = await mkdtemp(join(folder, "copy-"));
  await cp(join(repository, "spec"), join(project, "spec"), { recursive: true });
  await cp(join(repository, "redocly.yaml"), join(project, "redocly.yaml"));
  const file = join(project, "spec/openapi.yaml");
  const document = parseYaml(await readFile(file, "utf8")) as Tree;
  for (const { apply } of changes) apply(document);
  await writeFile(file, stringifyYaml(document));
  return project;
}

async function findingsOf(project: string): Promise<readonly Diagnostic[]> {
  const spec = await loadSpec("spec/openapi.yaml", { cwd: project });
  const { rulesFor, diagnostics } = await loadProjectConfig("", project);
  expect(diagnostics).toEqual([]);
  return lintSpec(spec, await rulesFor(spec.path));
}

async function lintInProcess(project: string): Promise<readonly Problem[]> {
  return (await findingsOf(project)).map(({ message, severity, file, line, column, pointer }) => {
    const [rule = "", ...text] = message.split(": ");
    return { rule, message: text.join(": "), severity, file, line, column, pointer };
  });
}

interface Report {
  readonly totals: unknown;
  readonly problems: readonly {
    readonly ruleId: string;
    readonly message: string;
    readonly severity: "error" | "warn";
    readonly location: readonly {
      readonly source: { readonly ref: string };
      readonly pointer: string;
      readonly start: { readonly line: number; readonly col: number };
    }[];
  }[];
}

async function lintByCommand(project: string) {
  const command = join(repository, "node_modules/.bin/redocly");
  const env = { ...process.env, REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
  const { exitCode, output } = await new Promise<{ exitCode: number; output: string }>((resolve) => {
    execFile(command, ["lint", "--format", "json"], { cwd: project, env }, (error, output) => {
      resolve({ exitCode: typeof error?.code === "number" ? error.code : 0, output });
    });
  });
  const { totals, problems } = JSON.parse(output) as Report;
  const found = problems.map(({ ruleId, message, severity, location: [location] }): Problem => {
    const { line, col } = location?.start ?? {};
    const file = location?.source.ref;
    return { rule: ruleId, message, severity, file, line, column: col, pointer: location?.pointer };
  });
  return { exitCode, totals, problems: found.sort((a, b) => (key(a) < key(b) ? -1 : 1)) };
}

function key({ file, line, column, rule }: Problem): string {
  return [file, String(line).padStart(6, "0"), String(column).padStart(6, "0"), rule].join(" ");
}
