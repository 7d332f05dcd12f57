import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { appendFile, cp, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compiledCli } from "../support/compiled.js";
import { folderOf } from "./load-folder.js";

interface Outcome {
  readonly exit: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

function specproof(cwd: string, ...args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(process.execPath, [compiledCli, ...args], { cwd }, (error, stdout, stderr) =>
      resolve({ exit: error ? error.code : 0, stdout, stderr }),
    );
  });
}

const good = [
  "openapi: 3.1.0",
  'info: { title: Notes, version: "1" }',
  "paths:",
  "  /notes:",
  "    get:",
  "      operationId: listNotes",
  '      responses: { "204": { description: Done } }',
  "",
].join("\n");

describe("the command line", () => {
  it("misuse is one line on stderr, without a stack, and exit 2", async () => {
    const cwd = await folderOf({ "spec.yaml": good });
    const [none, flag, two] = await Promise.all([
      specproof(cwd),
      specproof(cwd, "generate", "spec.yaml", "--out", "out", "--bogus"),
      specproof(cwd, "generate", "spec.yaml", "other.yaml"),
    ]);
    expect([none, flag, two]).toEqual([
      { exit: 2, stdout: "", stderr: "specproof: a command is missing. See specproof --help.\n" },
      { exit: 2, stdout: "", stderr: "specproof: Unknown option '--bogus'. See specproof --help.\n" },
      { exit: 2, stdout: "", stderr: "specproof: one document at a time, not 2. See specproof --help.\n" },
    ]);
    expect(await readdir(cwd)).toEqual(["spec.yaml"]);
  });

  it("tells its commands and its version where it is asked for them", async () => {
    const cwd = await folderOf({});
    const { version } = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8"));
    const asked = ["--help", "-h", "help", "generate --help", "generate -h", "docs --help", "docs -h", "--version"];
    const [all, short, word, generate, briefly, docs, docsBriefly, told] = await Promise.all(
      asked.map((line) => specproof(cwd, ...line.split(" "))),
    );
    expect(told).toEqual({ exit: 0, stdout: `${version}\n`, stderr: "" });
    expect(all).toEqual({
      exit: 0,
      stdout: expect.stringMatching(/^usage: specproof [\s\S]* {2}docs \[spec\]/),
      stderr: "",
    });
    expect([short, word]).toEqual([all, all]);
    expect(generate).toEqual({ exit: 0, stdout: expect.stringMatching(/--check .*[\s\S]*-h, --help /), stderr: "" });
    expect(docs).toEqual({ exit: 0, stdout: expect.stringMatching(/--serve port .*[\s\S]*-h, --help /), stderr: "" });
    expect([briefly, docsBriefly]).toEqual([generate, docs]);
  });

  it("ends as ever where nobody reads what it says", async () => {
    const cwd = await folderOf({ "spec.yaml": good });
    const script = '{ "$0" "$@"; echo "exit $?" >&2; } | true';
    const said = await new Promise((resolve) => {
      const args = [compiledCli, "generate", "spec.yaml", "--out", "out", "--name", "notes"];
      execFile("sh", ["-c", script, process.execPath, ...args], { cwd }, (_error, _stdout, stderr) => resolve(stderr));
    });
    expect(said).not.toMatch(/EPIPE|\n {4}at /);
    expect(said).toMatch(/exit 0\n$/);
    expect(await readdir(cwd)).toEqual(["out", "spec.yaml"]);
  });

  it("finds in a large document, which is looked at in a thread of its own, what it finds in a small one", async () => {
    const settings = "extends: [minimal]\nrules: { operation-description: error, info-license: warn }\n";
    const documents = [10, 1_000_010].map((padding) => good.replace("Notes", `Notes ${"x".repeat(padding)}`));
    const found = documents.map(async (text) => {
      const cwd = await folderOf({ "spec.yaml": text, "redocly.yaml": settings });
      const { exit, stderr } = await specproof(cwd, "generate", "spec.yaml", "--out", "out", "--name", "notes");
      return { exit, stderr, files: await readdir(cwd) };
    });
    const [small, large] = await Promise.all(found);
    expect(large).toEqual(small);
    expect(small).toMatchObject({ exit: 1, files: ["redocly.yaml", "spec.yaml"] });
    expect(small?.stderr).toContain("error lint: operation-description");
    expect(small?.stderr).toContain("warning lint: info-license");
  });

  it("a bad document is code, file, line, pointer, cause and fix, without a stack, and exit 1", async () => {
    const bad = good.replace('{ "204": { description: Done } }', '{ "204": { $ref: "#/components/responses/Lost" } }');
    const cwd = await folderOf({ "spec.yaml": bad });
    const { exit, stdout, stderr } = await specproof(cwd, "generate", "spec.yaml", "--out", "out");
    expect(exit).toBe(1);
    expect(stderr).toBe(
      [
        "error ref-unresolved: `#/components/responses/Lost` names nothing.",
        "  at     spec.yaml:7:35  #/paths/~1notes/get/responses/204/$ref",
        "  cause  The target of a `$ref` does not exist or cannot be read.",
        "  fix    Correct the `$ref`, or add what it names.",
        "",
        "",
      ].join("\n"),
    );
    expect(stdout).toBe("spec: not generated (1 error); nothing was changed\n");
    expect(await readdir(cwd)).toEqual(["spec.yaml"]);
  });

  it("generate writes, --check agrees with 0, and with 1 after a changed byte", async () => {
    const cwd = await folderOf({ "spec.yaml": good });
    const generate = (out: string, ...flags: readonly string[]) =>
      specproof(cwd, "generate", "spec.yaml", "--out", out, "--name", "notes", "--no-lint", ...flags);
    const written = await generate("out");
    expect(written).toMatchObject({ exit: 0, stderr: "" });
    expect(written.stdout).toMatch(
      /^notes: \d+ files written to .*out\ncoverage: the client honours everything that the document says\n$/,
    );

    await cp(join(cwd, "out"), join(cwd, "edited"), { recursive: true });
    await appendFile(join(cwd, "edited/src/index.ts"), " ");
    const [agreed, edited] = await Promise.all([generate("out", "--check"), generate("edited", "--check")]);
    expect(agreed).toMatchObject({ exit: 0, stderr: "" });
    expect(agreed.stdout).toMatch(/^notes: \d+ files are up to date\ncoverage: /);
    expect(edited).toEqual({
      exit: 1,
      stdout: "notes: not up to date (1 file). Generate it again, and commit the result.\n",
      stderr: [
        "error output-differs: src/index.ts differs",
        "  at     edited/src/index.ts",
        "  cause  It was edited by hand.",
        "  fix    Generate it again, and commit the result.",
        "",
        "",
      ].join("\n"),
    });
  });

  it("generate ends with what is not honoured, by construct, and with --strict fails for all of it", async () => {
    const parameters = ["a", "b", "c", "d"].map((name) => `{ name: ${name}, in: cookie, schema: { type: string } }`);
    const text = good.replace("operationId: listNotes", `operationId: listNotes\n      parameters: [${parameters}]`);
    const cwd = await folderOf({ "spec.yaml": `${text.replace("listNotes", "delete")}` });
    const args = ["generate", "spec.yaml", "--out", "out", "--no-lint"];
    const { exit, stdout, stderr } = await specproof(cwd, ...args);
    expect(exit).toBe(0);
    expect(stderr).toMatch(/^warning name-changed: .*\n {2}at {5}spec.yaml:5:5 {2}#\/paths\/~1notes\/get\n/);
    const place = (index: number) => expect.stringMatching(`^ {4}spec\\.yaml:7:\\d+ {2}#/.*/parameters/${index}$`);
    expect(stdout.split("\n").slice(1)).toEqual([
      "coverage: 1 construct of the document not honoured, at 4 places; coverage.json has them all, --strict fails on them",
      "  a cookie parameter is sent outside of browsers only: they refuse the header",
      place(0),
      place(1),
      place(2),
      "    and 1 more",
      "",
    ]);

    const strict = await specproof(cwd, ...args, "--strict");
    expect(strict.exit).toBe(1);
    expect(strict.stderr).toContain("error coverage-not-honoured: a cookie parameter is sent");
    expect(strict.stdout).toBe("spec: not generated (4 errors); nothing was changed\n");
  });

  it("docs tells what is not honoured, and no flag that it does not have; what the package is called it is told", async () => {
    const parameter = "parameters: [{ name: a, in: cookie, schema: { type: string } }]";
    const text = good.replace("operationId: listNotes", `operationId: listNotes\n      ${parameter}`);
    const cwd = await folderOf({ "事.yaml": text });
    const { exit, stderr } = await specproof(cwd, "docs", "事.yaml", "--out", "out", "--name", "my-notes");
    expect(exit).toBe(0);
    expect(stderr).toMatch(/^info coverage-not-honoured: cookie parameter .*\n.*\n.*\n {2}fix {4}Nothing, .*\n\n$/);
    expect(stderr).not.toContain("--strict");
    expect(await readFile(join(cwd, "out/index.html"), "utf8")).toContain('from \\"my-notes\\"');
  });
});

const script = "/usr/bin/script";

// A pseudo-terminal is what only a system can give: here, by a tool of util-linux.
describe.skipIf(!existsSync(script))("a terminal", () => {
  it.each([
    ["generate --name notes --no-lint", "notes: reading the document", "notes: \\d+ files written"],
    ["docs --name notes", "notes: writing the page", "reference written to .*index.html"],
  ])("is shown what `%s` does, which is gone at the end; a pipe is not", async (line, step, end) => {
    const cwd = await folderOf({ "spec.yaml": good });
    const [command = "", ...flags] = line.split(" ");
    const args = [compiledCli, command, "spec.yaml", "--out", "out", ...flags];
    const words = [process.execPath, ...args].map((word) => `'${word}'`).join(" ");
    const shown = await new Promise<string>((resolve) => {
      const child = execFile(script, ["-qec", words, "/dev/null"], { cwd }, (_error, stdout) => resolve(stdout));
      child.stdin?.end();
    });
    // Each step takes the place of the one before.
    const [nothing, first, ...steps] = shown.split("\r\u001B[K");
    expect([nothing, first]).toEqual(["", "starting …"]);
    expect(steps).toContain(`${step} …`);
    expect(steps.at(-1)).toMatch(new RegExp(`^${end}`));
    expect(await specproof(cwd, ...args.slice(1))).toMatchObject({ exit: 0, stderr: "" });
  });
});
