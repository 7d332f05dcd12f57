/** Bad input, from end to end: each has its diagnostic, and what was there stays. */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { generate as pipeline } from "../../generator/pipeline.js";
import { compiledCli } from "../support/compiled.js";
import { accepted, type BadDocument, good, refused } from "./bad-documents.js";
import { folderOf } from "./load-folder.js";

interface Outcome {
  readonly exit: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

/** `preload` is a module that is run before the command. */
function specproof(cwd: string, args: readonly string[], preload?: string): Promise<Outcome> {
  const before = preload === undefined ? [] : ["--import", `data:text/javascript,${encodeURIComponent(preload)}`];
  return new Promise((resolve) => {
    execFile(process.execPath, [...before, compiledCli, ...args], { cwd }, (error, stdout, stderr) =>
      resolve({ exit: error ? error.code : 0, stdout, stderr }),
    );
  });
}

const generate = (cwd: string, ...args: readonly string[]): Promise<Outcome> =>
  specproof(cwd, ["generate", ...args, "--no-lint"]);

/** Every file below a folder, byte for byte. */
async function contentOf(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(paths.sort().map(async (path) => [path, await readFile(path, "latin1")] as const)));
}

const within = (content: ReadonlyMap<string, string>, folder: string): ReadonlyMap<string, string> =>
  new Map([...content].filter(([path]) => path.startsWith(`${folder}/`)));

/** What is said on stderr: a finding, its place, cause and fix. */
const findingsIn = (stderr: string): readonly string[] => stderr.split("\n\n").filter((block) => block.trim() !== "");

describe("one run over documents of every kind", () => {
  const documents = { ...refused, ...accepted };
  const fileOf = (name: string): string => `docs/${name}${documents[name]?.extension ?? ".yaml"}`;
  let cwd: string;
  let outcome: Outcome;
  let before: ReadonlyMap<string, string>;
  let after: ReadonlyMap<string, string>;

  beforeAll(async () => {
    cwd = await realpath(await mkdtemp(join(tmpdir(), "specproof-bad-")));
    await mkdir(join(cwd, "docs"));
    await writeFile(join(cwd, "good.yaml"), good);
    await generate(cwd, "good.yaml", "--out", "good");
    const apis: [string, object][] = [];
    for (const [name, { content }] of Object.entries(documents)) {
      const root = fileOf(name);
      if (content === null) await mkdir(join(cwd, root));
      else if (content !== undefined) await writeFile(join(cwd, root), content);
      // A package of an earlier day is there.
      await cp(join(cwd, "good"), join(cwd, "out", name), { recursive: true });
      apis.push([name, { root, "x-specproof": { out: `out/${name}`, package: name, version: "1.0.0" } }]);
    }
    await writeFile(join(cwd, "redocly.yaml"), JSON.stringify({ apis: Object.fromEntries(apis) }));
    before = await contentOf(cwd);
    outcome = await generate(cwd);
    after = await contentOf(cwd);
  });
  afterAll(() => rm(cwd, { recursive: true, force: true }));

  /** The verdict, and the first two lines of each finding. */
  function toldOf(name: string): { readonly verdict: string; readonly findings: readonly string[] } {
    const place = `  at     ${fileOf(name)}`;
    const found = findingsIn(outcome.stderr).filter((block) => /^ {2}at .*$/m.exec(block)?.[0].split(":")[0] === place);
    for (const block of found) expect(block).toMatch(/\n {2}cause {2}[A-Z`].*\.\n {2}fix {4}[A-Z].*\.$/);
    return {
      verdict: outcome.stdout.split("\n").find((line) => line.startsWith(`${name}: `)) ?? "",
      findings: found.map((block) => block.split("\n").slice(0, 2).join("\n")),
    };
  }
  const expected = (severity: string, name: string, { says }: BadDocument): readonly string[] =>
    says.map(([finding, place]) => {
      const [code = "", ...message] = finding.split(" ");
      return `${severity} ${code}: ${message.join(" ")}\n  at     ${fileOf(name)}${place === "" ? "" : `:${place}`}`;
    });

  it.each(Object.entries(refused))("%s is refused, and its old package stays", (name, document) => {
    expect(toldOf(name)).toEqual({
      verdict: `${name}: not generated (1 error); nothing was changed`,
      findings: expected("error", name, document),
    });
    const folder = join(cwd, "out", name);
    expect(within(after, folder).size).toBeGreaterThan(40);
    expect(within(after, folder)).toEqual(within(before, folder));
  });

  it.each(Object.entries(accepted))("%s gives a package", (name, document) => {
    const { verdict, findings } = toldOf(name);
    expect(verdict).toMatch(/: \d+ files written to /);
    expect(findings).toEqual(expected("warning", name, document));
    expect(after.get(join(cwd, "out", name, "package.json"))).toContain(`"name": "${name}"`);
  });

  it.each(["bom", "crlf", "utf-16"])("%s is read as what it says", (name) => {
    for (const path of ["openapi.json", "src/bindings.ts", "src/operations/untagged.ts"]) {
      const plain = after.get(join(cwd, "good", path))?.replace("good.yaml", `${name}.yaml`);
      expect(after.get(join(cwd, "out", name, path)), path).toBe(plain);
    }
  });

  it("ends with 1, tells of nothing else, and shows no stack", () => {
    const all = Object.values(documents).flatMap(({ says }) => says);
    expect(outcome.exit).toBe(1);
    expect(findingsIn(outcome.stderr)).toHaveLength(all.length);
    expect(outcome.stderr).not.toMatch(/^ {4}at |node:internal|\.ts:\d|\.js:\d/m);
    expect(outcome.stderr).not.toContain(cwd);
  });

  it("leaves nothing beside the folders", async () => {
    expect((await readdir(cwd)).sort()).toEqual(["docs", "good", "good.yaml", "out", "redocly.yaml"]);
    expect((await readdir(join(cwd, "out"))).sort()).toEqual(Object.keys(documents).sort());
  });
});

describe("an output folder that is none", () => {
  const files = { "home/spec.yaml": good, "home/dist/deep.yaml": good, "mine/notes.txt": "mine", "a-file": "mine" };
  const folder = async (): Promise<string> => {
    const cwd = await folderOf(files);
    await symlink(join(cwd, "home"), join(cwd, "link"));
    return cwd;
  };
  const swallows = "cannot be the output folder: it would replace the document";

  it.each<readonly [string, spec: string, out: string, finding: string]>([
    ["the document's folder", "home/spec.yaml", "home", `output-holds-document home ${swallows}`],
    ["its parent", "home/spec.yaml", ".", `output-holds-document . ${swallows}`],
    ["a parent whose `dist` is kept", "home/dist/deep.yaml", "home", `output-holds-document home ${swallows}`],
    ["the document", "home/spec.yaml", "home/spec.yaml", `output-holds-document home/spec.yaml ${swallows}`],
    ["a symbolic link to its folder", "home/spec.yaml", "link", `output-holds-document link ${swallows}`],
    ["a symbolic link on its way", "link/spec.yaml", "home", `output-holds-document home ${swallows}`],
    ["a folder of others", "home/spec.yaml", "mine", "output-foreign mine holds files of others: notes.txt"],
    ["a file", "home/spec.yaml", "a-file", "output-unwritable a-file cannot be read: ENOTDIR"],
    ["below a file", "home/spec.yaml", "a-file/out", "output-unwritable a-file/out cannot be read: ENOTDIR"],
  ])("%s: nothing is changed", async (_, spec, out, finding) => {
    const cwd = await folder();
    const before = await contentOf(cwd);
    const [result] = await pipeline({ spec, out, name: "notes", lint: false, cwd });
    expect(result?.outcome).toBe("failed");
    expect(result?.diagnostics.map(({ code, message, file }) => [`${code} ${message}`, file])).toEqual([
      [expect.stringMatching(`^${finding}`), out],
    ]);
    expect(await contentOf(cwd)).toEqual(before);
    expect((await readdir(cwd)).sort()).toEqual(["a-file", "home", "link", "mine"]);
  });

  it.each([
    ["output-holds-document", "/"],
    ["output-foreign", "mine"],
  ])("is %s by its name, too: %s", async (code, out) => {
    const cwd = await folder();
    const before = await contentOf(cwd);
    const { exit, stdout, stderr } = await generate(cwd, "home/spec.yaml", "--out", out, "--name", "notes");
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: "notes: not generated (1 error); nothing was changed\n" });
    expect(stderr).toMatch(new RegExp(`^error ${code}: .*\n {2}at {5}\\S+\n {2}cause {2}.*\\.\n {2}fix {4}.*\\.\n\n$`));
    expect(await contentOf(cwd)).toEqual(before);
  });
});

describe("what a terminal obeys is shown and not sent", () => {
  /** Colours, a title of the window, a cleared screen, letters from right to left, a line of its own. */
  const hostile = "\u001b[31m\u001b]0;t\u0007\u009b2J\u202eX\u2028\nerror forged: x";
  const escaped = JSON.stringify(hostile).replace(
    /[\u2028\u009b\u202e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  const expectShown = ({ stdout, stderr }: Outcome): void => {
    expect(stdout + stderr).toContain("\\u001b[31m");
    expect(stdout + stderr).not.toMatch(/(?!\n)[\p{Cc}\p{Zl}\p{Bidi_Control}]/u);
    expect(stdout + stderr).not.toMatch(/^error forged/m);
  };

  it("of a document that gives a package", async () => {
    const text = [
      ...[
        "openapi: 3.1.0",
        `info: { title: ${escaped}, version: "1" }`,
        "paths:",
        `  ${escaped.replace('"', '"/{a}')}:`,
      ],
      ...["    get:", "      operationId: delete", `      ${escaped}: 1`, `      tags: [${escaped}]`],
      `      parameters: [{ name: ${escaped}, in: cookie, schema: { type: ${escaped} } }]`,
      ...[`      responses: { ${escaped}: { description: x } }`, `      security: [{ ${escaped}: [] }]`],
      ...[`servers: [{ url: ${escaped} }]`, `components: { schemas: { ${escaped}: 7 } }`, ""],
    ].join("\n");
    const cwd = await folderOf({ "spec.yaml": text });
    const outcome = await specproof(cwd, ["generate", "spec.yaml", "--out", "out"]);
    expect(outcome.exit).toBe(0);
    expectShown(outcome);
    for (const code of ["lint", "name-changed", "spec-mended"]) expect(outcome.stderr).toContain(`warning ${code}: `);
    expect(outcome.stdout).toContain("\ncoverage: 7 constructs");
  });

  it("of documents that are refused", async () => {
    const texts = {
      reference: good.replace("{ description: Done }", `{ $ref: ${escaped} }`),
      version: good.replace("3.1.0", escaped),
      kind: good.replace("/notes:", `/notes: 7\n  ${escaped.replace('"', '"/')}: 7\n  /a:`),
    };
    const api = (name: string) => ({
      root: `${name}.yaml`,
      "x-specproof": { out: `out/${name}`, package: name, version: "1.0.0" },
    });
    const names = Object.keys(texts);
    const cwd = await folderOf({
      ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [`${name}.yaml`, text])),
      "redocly.yaml": JSON.stringify({ apis: Object.fromEntries(names.map((name) => [name, api(name)])) }),
    });
    const outcome = await generate(cwd);
    expect(outcome.exit).toBe(1);
    expectShown(outcome);
    expect(outcome.stderr.match(/\\u001b\[31m/g)?.length).toBeGreaterThanOrEqual(names.length);
    expect((await readdir(cwd)).sort()).toEqual(["kind.yaml", "redocly.yaml", "reference.yaml", "version.yaml"]);
  });
});

describe("references", () => {
  const spec = good.replace("{ description: Done }", '{ $ref: "../there/answer.yaml" }');

  it("lead where --allow-ref says, and nowhere else", async () => {
    const cwd = await folderOf({ "here/spec.yaml": spec, "there/answer.yaml": "description: Done\n", "other/x": "" });
    const args = ["here/spec.yaml", "--out", "out"];
    expect(await generate(cwd, ...args)).toMatchObject({
      exit: 1,
      stderr: expect.stringMatching(/^error ref-outside: /),
    });
    expect(await generate(cwd, ...args, "--allow-ref", "other")).toMatchObject({ exit: 1 });
    expect(await readdir(cwd)).toEqual(["here", "other", "there"]);
    expect(await generate(cwd, ...args, "--allow-ref", "there")).toMatchObject({ exit: 0, stderr: "" });
  });
});

it("a sloppy document gives a package; each oddity is told with its place, and stops nothing", async () => {
  const schema = "type: integer, nullable: true, maxLenght: 3, example: text";
  const text = [
    good.replace("get:", `get:\n      parameters: [{ name: q, in: query, schema: { ${schema} } }]`),
    "  /others/{id}:",
    "    get: { operationId: listNotes, responses: { default: { content: { application/json: { schema: null } } } } }",
    "",
  ].join("\n");
  const cwd = await folderOf({ "spec.yaml": text });
  const { exit, stdout, stderr } = await specproof(cwd, ["generate", "spec.yaml", "--out", "out"]);
  expect({ exit, stdout }).toEqual({ exit: 0, stdout: expect.stringContaining("files written to") });
  expect(stderr).not.toMatch(/^error /m);
  for (const [finding, place] of [
    ["spec-mended: `nullable` of a Schema Object is of OpenAPI 3.0: it is read as there", "6:67"],
    ["spec-mended: `schema` is null: it is read as an empty object", "11:91"],
    ["spec-mended: `{id}` of the path is no parameter: it is read as one, of any text", "11:5"],
    ["name-changed: operation `listNotes` is named `listNotes2`, because `listNotes` is taken", "11:5"],
  ]) {
    expect(stderr).toContain(`warning ${finding}\n  at     spec.yaml:${place}  #/paths/`);
  }
  expect(stderr).toMatch(/ {2}at {5}spec\.yaml:6:\d+ {2}#\/paths\/~1notes\/get\/parameters\/0\/schema\/example\n/);
  expect(stdout).toMatch(/\n {2}`maxLenght` is no keyword of a Schema Object\n {4}spec\.yaml:6:\d+ {2}#\/paths/);
});

it("what the client does not honour fails with --strict, and then nothing is written", async () => {
  const text = good.replace(
    "get:",
    "get:\n      parameters: [{ name: a, in: cookie, schema: {} }]\n      maxLenght: 1",
  );
  const cwd = await folderOf({ "spec.yaml": text });
  const strict = await generate(cwd, "spec.yaml", "--out", "out", "--strict");
  expect(strict).toMatchObject({ exit: 1, stdout: "spec: not generated (2 errors); nothing was changed\n" });
  expect(strict.stderr.match(/^error coverage-not-honoured: /gm)).toHaveLength(2);
  expect(await readdir(cwd)).toEqual(["spec.yaml"]);

  const { exit, stdout } = await generate(cwd, "spec.yaml", "--out", "out");
  expect(exit).toBe(0);
  expect(stdout).toMatch(
    /\ncoverage: 2 constructs of the document not honoured, at 2 places; coverage\.json has them all, --strict fails on them\n/,
  );
  expect(JSON.parse(await readFile(join(cwd, "out/coverage.json"), "utf8"))).toEqual({
    notHonoured: [
      {
        code: "coverage-not-honoured",
        construct: "`maxLenght` is no keyword of an Operation Object",
        places: ["#/paths/~1notes/get/maxLenght"],
      },
      {
        code: "coverage-not-honoured",
        construct: "a cookie parameter is sent outside of browsers only: they refuse the header",
        places: ["#/paths/~1notes/get/parameters/0"],
      },
    ],
  });
});

it("a fault of the tool is a finding like any other", async () => {
  const cwd = await folderOf({ "spec.yaml": good });
  const preload = `
    const now = Date.now;
    Date.now = () => { if (new Error().stack.includes("generateAnew")) throw new Error("no \\u001b[31mclock"); return now(); };`;
  const found = await specproof(cwd, ["generate", "spec.yaml", "--out", "out"], preload);
  expect(found).toMatchObject({ exit: 1, stdout: "" });
  expect(found.stderr).toMatch(
    /^error tool-fault: no \\u001b\[31mclock\n {2}cause {2}It met .* specproof, at .*\.\n {2}fix {4}Nothing was changed\. .*\n\n$/,
  );
  expect(await readdir(cwd)).toEqual(["spec.yaml"]);
});
