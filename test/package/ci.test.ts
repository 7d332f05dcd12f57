import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { parseYaml } from "@redocly/openapi-core";
import { describe, expect, it } from "vitest";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = join(root, ".github/workflows");
const names = (await readdir(folder)).sort();
const texts = new Map(
  await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), "utf8")] as const)),
);

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}
interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: { readonly node: readonly number[] } };
  readonly steps?: readonly { readonly run?: string; readonly uses?: string }[];
}
const workflow = (name: string): Workflow => parseYaml(texts.get(name) ?? "") as Workflow;

describe.each(names)("the workflow %s", (name) => {
  it("takes actions by their commit, with the version in a comment", () => {
    const used = [...(texts.get(name) ?? "").matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map(([, text]) => text ?? "");
    expect(used.length).toBeGreaterThan(0);
    const loose = used.filter((text) => !/^(\.\/\S+|[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/.test(text));
    expect(loose).toEqual([]);
  });

  it("may only read, and knows no secret", () => {
    expect(workflow(name).permissions).toEqual({ contents: "read" });
    expect(texts.get(name)).not.toContain("secrets.");
  });
});

describe("the workflows", () => {
  it("run what is run here, on each Node that is supported", () => {
    const { test } = workflow("ci.yml").jobs;
    expect(test?.strategy?.matrix.node).toEqual([20, 22, 24]);
    expect(test?.steps?.at(-1)?.run).toBe("bash .ci/run");
  });

  it("publish as who they are, after the tests, with provenance", () => {
    const { publish } = workflow("release.yml").jobs;
    expect(publish).toMatchObject({ needs: "ci", permissions: { contents: "read", "id-token": "write" } });
    expect(publish?.steps?.at(-1)?.run).toBe("npm publish --provenance --access public");
  });
});

describe(".ci/run", () => {
  it("is a script that bash understands and may be run as it is", async () => {
    await run("bash", ["-n", join(root, ".ci/run")]);
    const { stdout } = await run("git", ["ls-files", "--stage", ".ci/run"], { cwd: root });
    expect(stdout).toMatch(/^100755 /);
  });

  it("names what was skipped, and ends with what passed and failed", async () => {
    const folder = await mkdtemp(join(tmpdir(), "specproof-ci-"));
    const write = async (path: string, text: string): Promise<void> => {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text, { mode: 0o755 });
    };
    const states = ["passed", "passed", "failed", "skipped"];
    const assertionResults = states.map((status, index) => ({ status, fullName: `test ${index}` }));
    await write("report.json", JSON.stringify({ testResults: [{ assertionResults }] }));
    await write(".ci/run", await readFile(join(root, ".ci/run"), "utf8"));
    // Each suite leaves the same report; every other tool is content.
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell reads it.
    const npm = 'for arg; do case "$arg" in --outputFile.json=*) cp report.json "${arg#*=}"; exit 1;; esac; done';
    await write("bin/npm", `#!/bin/sh\n${npm}\n`);
    for (const tool of ["npx", "chromium"]) await write(`bin/${tool}`, "#!/bin/sh\n");
    const env = { ...process.env, PATH: `${join(folder, "bin")}:${process.env.PATH}` };
    const failure = await run("bash", [join(folder, ".ci/run")], { env }).catch((error: unknown) => error);
    const { code, stdout } = failure as { readonly code: number; readonly stdout: string };
    await rm(folder, { recursive: true });
    expect(code).toBe(1);
    expect(stdout).toContain("\n── test: 2 passed, 1 failed, 1 skipped\n   skipped: test 3\n");
    // Seven suites, without the documents beside the repository, and five checks.
    expect(stdout).toMatch(/\n7 skipped, and so not proven: [^\n]*\n\n19 passed, 7 failed\n$/);
  });

  it("runs the README's command of the tests", async () => {
    const [readme, script] = await Promise.all(
      ["README.md", ".ci/run"].map((path) => readFile(join(root, path), "utf8")),
    );
    expect(readme).toContain("npm ci && npm test ");
    expect(script).toMatch(/npm ci$[\s\S]*^suite test$/m);
  });
});
