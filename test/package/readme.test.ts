import { execFile } from "node:child_process";
import { access, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { parseYaml } from "@redocly/openapi-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commands, type Flag, flags } from "../../generator/options.js";
import { type UnpackedPackage, unpackedPackage } from "../support/package.js";
import { compile } from "../types/compile.js";
import { type Block, blocksOf, commandsOf } from "./readme.js";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../", import.meta.url));
const read = (path: string): Promise<string> => readFile(join(root, path), "utf8");
const readme = await read("README.md");
const blocks = blocksOf(readme);
const of = (language: string): readonly Block[] => blocks.filter((block) => block.language === language);

/** Commands that are not run here, and what runs them. */
const runElsewhere: Readonly<Record<string, string>> = {
  "npm ci && npm start": "test/demo/start.test.ts",
  "npm ci && npm test": ".ci/run",
  "SERVICE_TICKET_TOKEN=… npm start -- --endpoint https://osm.eu-west-101.myhuaweicloud.eu --status processing --out f":
    "test/demo/start.test.ts",
};

let folder: string;
let unpacked: UnpackedPackage;
beforeAll(async () => {
  unpacked = await unpackedPackage();
  folder = await mkdtemp(join(tmpdir(), "specproof-readme-"));
  await writeFile(join(folder, "openapi.yaml"), small);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("README", () => {
  it("is short, and each of its blocks is of a kind that is tested", () => {
    expect(readme.split("\n").length).toBeLessThan(200);
    expect(new Set(blocks.map(({ language }) => language))).toEqual(new Set(["sh", "text", "ts", "yaml"]));
  });

  it("its code compiles", async () => {
    const files = Object.fromEntries(of("ts").map(({ line, text }) => [`line-${line}.ts`, text]));
    const found = await compile({ compiler: "typescript7", resolution: "nodenext", platform: "node", unpacked, files });
    expect(found).toBe("");
  });

  const written = of("sh").flatMap(commandsOf);

  it.each(Object.entries(runElsewhere))(
    "its command `%s` is left to %s, which is there",
    async (command, elsewhere) => {
      expect(written).toContain(command);
      await access(join(root, elsewhere));
    },
  );

  it.each(written.filter((command) => !(command in runElsewhere)))("its command `%s` works", async (command) => {
    const [script = "", ...args] = await resolved(command);
    expect(script).toBe("generator/cli.ts");
    // In a folder with a document of that name; `--serve` would not end by itself, and has a test of its own.
    const own = args.filter((argument) => argument !== "--serve");
    const cwd = own.includes("openapi.yaml") ? folder : root;
    await run(process.execPath, ["--import", import.meta.resolve("tsx"), join(root, script), ...own], { cwd });
  });

  it("it counts the files of the package, and git ignores the one that is saved", async () => {
    const { files } = JSON.parse(await read("generated/specproof.json")) as { files: object };
    expect(readme).toContain(` nothing changed in ${Object.keys(files).length} files of generated/ `);
    const [, saved = ""] = /✓ export +(\S+), \d+ bytes/.exec(readme) ?? [];
    expect((await run("git", ["-c", "core.quotePath=false", "check-ignore", saved], { cwd: root })).stdout).toBe(
      `${saved}\n`,
    );
  });

  it("its configuration is that of this repository", async () => {
    const [block] = of("yaml");
    const { apis } = parseYaml(await read("redocly.yaml")) as { apis: unknown };
    expect(parseYaml(block?.text ?? "")).toEqual({ apis });
  });

  it("it tells each flag of the commands", () => {
    const told = [...readme.matchAll(/^\| `--([\w-]+)/gm)].map(([, name]) => name);
    const known = Object.entries<Flag>(flags).filter(([name]) => name !== "help");
    expect(told.toSorted()).toEqual(known.map(([name]) => name).toSorted());
    for (const command of Object.keys(commands)) expect(readme).toContain(`specproof -- ${command} `);
    // Outside of this repository there are no scripts of it.
    expect(written.filter((command) => command.startsWith("npx specproof generate "))).toHaveLength(1);
  });

  it.each(["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])("the links of %s lead somewhere", async (file) => {
    const targets = [...(await read(file)).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target]) => target ?? "");
    await Promise.all(targets.map((target) => access(join(root, target))));
  });

  it.each(["README.md", "CONTRIBUTING.md"])("the scripts that %s names exist", async (file) => {
    const { scripts } = JSON.parse(await read("package.json")) as { scripts: Readonly<Record<string, string>> };
    const named = [...(await read(file)).matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(([, name]) => name ?? "");
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

it("CONTRIBUTING has a row for each script but those that others are made of", async () => {
  const { scripts } = JSON.parse(await read("package.json")) as { scripts: Readonly<Record<string, string>> };
  const rows = [...(await read("CONTRIBUTING.md")).matchAll(/^\| `npm (?:run )?([\w:]+)/gm)].map(([, name]) => name);
  const whole = Object.keys(scripts).filter((name) => !/^(build|clean):|^prepack$/.test(name));
  expect(rows.toSorted()).toEqual(whole.toSorted());
});

/** `npm run <script> -- <args>` or `npx <program> <args>` as package.json resolves it: the file that Node runs, and its arguments. */
async function resolved(command: string): Promise<readonly string[]> {
  const { bin, scripts } = JSON.parse(await read("package.json")) as Readonly<
    Record<"bin" | "scripts", Readonly<Record<string, string>>>
  >;
  const [, program, parameters = ""] = /^npx ([\w-]+) (.*)$/.exec(command) ?? [];
  // What is compiled of a source lies under its name in `dist`.
  if (program) {
    const source = bin[program]?.replace(/^dist\/(.*)\.js$/, "generator/$1.ts") ?? "";
    return [source, ...parameters.split(" ")];
  }
  const [, name = "", rest = ""] = /^npm run (?:-s )?([\w:-]+)(?: -- (.*))?$/.exec(command) ?? [];
  const prefix = "node --import tsx ";
  const script = scripts[name] ?? "";
  expect(script.startsWith(prefix), `${command} runs ${script}`).toBe(true);
  return `${script.slice(prefix.length)} ${rest}`.trim().split(" ");
}

const small = `openapi: 3.1.0
info:
  title: Pets
  version: 1.0.0
  license: { name: MIT, identifier: MIT }
servers:
  - url: https://pets.example.org
security: []
paths:
  /pets:
    get:
      operationId: listPets
      summary: List pets
      parameters:
        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 100 } }
      responses:
        "200": { description: Pets, content: { application/json: { schema: { type: array, items: { type: string } } } } }
        "400": { description: Not a limit, content: { application/json: { schema: { type: object } } } }
`;
