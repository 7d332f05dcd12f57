import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { commentsOf, nodesOf, parse, root, type Source, sourcesOf } from "./sources.js";

const generator = sourcesOf("generator");
const runtime = generator.filter(({ path }) => path.startsWith("generator/runtime/"));
const pipeline = generator.filter((source) => !runtime.includes(source));
const generated = sourcesOf("generated");
const tests = sourcesOf("test");
const all = [...generator, ...generated, ...tests];

const stages = [
  ...[
    "load",
    "mend",
    "survey",
    "lint",
    "normalize",
    "build-model",
    "names",
    "bindings",
    "read-bindings",
    "compare-bindings",
  ],
  ...["emit", "print", "check-statements", "check", "write", "docs"],
];

/** What a package and its reference say alike: a text of the document as code, and the samples of an operation. */
const shared = ["generator/emit/literal.ts", "generator/docs/samples.ts"];

/** The pipelines, and what starts them. */
const joins = [
  "pipeline",
  "run-job",
  "docs-pipeline",
  "compiler-pipeline",
  "compiler-worker",
  "lint-worker",
  "index",
  "cli",
].map((name) => `generator/${name}.ts`);

/** The command lines, and what they import before all else. */
const programs = ["generator/cli.ts", "generator/short-run.ts", "generator/runtime/cli.ts"];

/** The stage that a file of the generator is, or belongs to as part of its folder. */
function stageOf(path: string): string | undefined {
  const [, name] = /^generator\/([^/.]+)/.exec(path) ?? [];
  return stages.find((stage) => stage === name);
}

/** `from -> to` for each import that breaks a rule: an empty list is the rule kept. */
function arrows(sources: readonly Source[], broken: (from: string, to: string, typeOnly: boolean) => boolean) {
  return sources.flatMap(({ path, imports }) =>
    imports
      .filter(({ target, typeOnly }) => broken(path, target, typeOnly))
      .map(({ target }) => `${path} -> ${target}`),
  );
}

function importersOf(library: string, sources: readonly Source[]): readonly string[] {
  const from = sources.filter(({ imports }) =>
    imports.some(({ target }) => target === library || target.startsWith(`${library}/`)),
  );
  return from.map(({ path }) => path);
}

describe("the arrows of the design", () => {
  it("a stage takes no code from another stage", () => {
    const broken = arrows(generator, (from, to, typeOnly) => {
      const [here, there] = [stageOf(from), stageOf(to)];
      return here !== undefined && there !== undefined && here !== there && !typeOnly && !shared.includes(to);
    });
    expect(broken).toEqual([]);
  });

  it("only the pipelines and what starts them join stages: no helper carries one stage into another", () => {
    const broken = arrows(pipeline, (from, to, typeOnly) => {
      return stageOf(from) === undefined && stageOf(to) !== undefined && !typeOnly && !joins.includes(from);
    });
    expect(broken).toEqual([]);
  });

  it("each stage of the design is there, and each file that may do what others may not", () => {
    const found = new Set(generator.map(({ path }) => stageOf(path)));
    expect(stages.filter((stage) => !found.has(stage))).toEqual([]);
    const paths = new Set(generator.map(({ path }) => path));
    expect([...shared, ...joins, ...programs].filter((path) => !paths.has(path))).toEqual([]);
  });

  it("only bindings imports openapi-typescript", () => {
    expect(importersOf("openapi-typescript", generator)).toEqual(["generator/bindings.ts"]);
  });

  it("only what reads the bindings, and what writes the helpers, imports ts-morph", () => {
    expect(importersOf("ts-morph", generator)).toEqual([
      "generator/morph.ts",
      // Types alone.
      "generator/read-bindings.ts",
      "generator/structures.ts",
    ]);
  });

  it("only the transport imports openapi-fetch", () => {
    expect(importersOf("openapi-fetch", generator)).toEqual(["generator/runtime/transport.ts"]);
  });

  it("the runtime imports nothing outside its folder, Node's modules only in node.ts and the command line", () => {
    const broken = arrows(runtime, (from, to) => {
      if (to.startsWith("generator/runtime/")) return false;
      if (to === "openapi-fetch") return from !== "generator/runtime/transport.ts";
      return !(to.startsWith("node:") && /\/(node|cli(-\w+)?)\.ts$/.test(from));
    });
    expect(broken).toEqual([]);
  });

  it("nothing but the command line imports the command line", () => {
    const isOfIt = (path: string): boolean => /\/src\/(cli\.ts|commands\/)|\/runtime\/cli[.-]/.test(path);
    expect(arrows([...runtime, ...generated], (from, to) => isOfIt(to) && !isOfIt(from))).toEqual([]);
    expect(generated.some(({ path }) => isOfIt(path))).toBe(true);
  });

  it("the generator knows nothing of service tickets, not even in a comment", () => {
    expect(generator.filter(({ text }) => /ticket|huawei/i.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it("the generator takes no code from the runtime, which it only copies", () => {
    const broken = arrows(pipeline, (_, to, typeOnly) => to.startsWith("generator/runtime/") && !typeOnly);
    expect(broken).toEqual([]);
  });

  it("the generator imports what its package.json asks for, and no tool of the tests", () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Record<string, object>;
    const known = Object.keys(dependencies ?? {});
    const broken = arrows(generator, (_, to) => {
      const isOurs = to.startsWith("generator/") || to.startsWith("node:");
      return !isOurs && !known.some((name) => to === name || to.startsWith(`${name}/`));
    });
    expect(broken).toEqual([]);
  });

  it("only the command lines, and what they import before all else, use process", () => {
    const broken = generator
      .filter(({ path }) => !programs.includes(path))
      .flatMap((source) => [
        ...nodesOf(source, isProcess),
        ...source.imports.filter(({ target }) => target === "node:process").map(() => source.path),
      ]);
    expect(broken).toEqual([]);
  });

  it("nothing imports test", () => {
    const broken = arrows([...generator, ...generated], (_, to) => to.startsWith("test/") || to.startsWith("../"));
    expect(broken).toEqual([]);
  });
});

describe("the copy of the runtime", () => {
  const list = (folder: string) => readdirSync(join(root, folder)).sort();

  it("has the same files, byte for byte", () => {
    expect(list("generated/src/runtime")).toEqual(list("generator/runtime"));
    for (const file of list("generator/runtime")) {
      const copy = readFileSync(join(root, "generated/src/runtime", file));
      expect(copy.equals(readFileSync(join(root, "generator/runtime", file))), file).toBe(true);
    }
  });
});

describe("the text of the sources", () => {
  it("a file stays below 400 lines, a test below 600", () => {
    const limit = (path: string): number => (path.startsWith("test/") ? 600 : 400);
    const long = [...generator, ...tests].filter(({ path, lines }) => lines >= limit(path));
    expect(long.map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
  });

  it("nowhere is the type any", () => {
    expect(all.flatMap((source) => nodesOf(source, ({ kind }) => kind === ts.SyntaxKind.AnyKeyword))).toEqual([]);
  });

  it("nowhere is the non-null operator", () => {
    expect([...generator, ...tests].flatMap((source) => nodesOf(source, ts.isNonNullExpression))).toEqual([]);
  });

  it("nowhere is a comment that silences the compiler without saying which error", () => {
    const silenced = all.filter((source) => commentsOf(source).some((text) => /@ts-(ignore|nocheck)\b/.test(text)));
    expect(silenced.map(({ path }) => path)).toEqual([]);
  });

  it("no module re-exports everything of another", () => {
    const isStar = (node: ts.Node): boolean => ts.isExportDeclaration(node) && node.exportClause === undefined;
    expect([...generator, ...generated].flatMap((source) => nodesOf(source, isStar))).toEqual([]);
  });

  it("a relative import names a file, as Node wants it", () => {
    const bare = all.flatMap(({ path, imports }) =>
      imports
        .filter(({ target }) => /^(generator|generated|test)\//.test(target) && !/\.(ts|json)$/.test(target))
        .map(({ target }) => `${path} -> ${target}`),
    );
    expect(bare).toEqual([]);
  });
});

describe("the scan itself", () => {
  it("sees imports, types and words where they are, and not in strings or comments", () => {
    const source = parse(
      "generator/load.ts",
      [
        'import type { A } from "./lint.js";',
        'import { type B } from "./names.js";',
        'import { c } from "./print.js";',
        'export { d } from "./write.js";',
        'const e = await import("ts-morph");',
        "const text = \"import { f } from 'openapi-fetch'; process.exit(); x as any\";",
        "// process.exit(1) as any",
        "const g = h as any; process.exit(i!); j.process();",
      ].join("\n"),
    );
    expect(source.imports).toEqual([
      { target: "generator/lint.ts", typeOnly: true },
      { target: "generator/names.ts", typeOnly: true },
      { target: "generator/print.ts", typeOnly: false },
      { target: "generator/write.ts", typeOnly: false },
      { target: "ts-morph", typeOnly: false },
    ]);
    expect(nodesOf(source, isProcess)).toEqual(["generator/load.ts:8"]);
    expect(nodesOf(source, ({ kind }) => kind === ts.SyntaxKind.AnyKeyword)).toEqual(["generator/load.ts:8"]);
    expect(commentsOf(source)).toEqual(["// process.exit(1) as any"]);
  });
});

/** The global `process`, not a property of that name. */
function isProcess(node: ts.Node): boolean {
  if (!ts.isIdentifier(node) || node.text !== "process") return false;
  const { parent } = node;
  const isName =
    ts.isPropertyAccessExpression(parent) || ts.isPropertySignature(parent) || ts.isPropertyAssignment(parent);
  return !(isName && parent.name === node);
}
