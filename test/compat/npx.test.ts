/** The packed toolkit beside the compiler of a user, whose own it does not touch. */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packToolkit } from "../support/toolkit.js";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../", import.meta.url));

const document = `openapi: 3.1.0
info: { title: Pets, version: "1" }
servers: [{ url: "https://pets.example" }]
paths:
  /pets/{id}:
    get:
      operationId: getPet
      parameters: [{ name: id, in: path, required: true, schema: { type: string, maxLength: 8 } }]
      responses: { "200": { description: A pet, content: { application/json: { schema: { type: object } } } } }
`;

let folder: string;
let archive: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "specproof-npx-"));
  ({ archive } = await packToolkit(folder));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe.each([
  ["6.0", "typescript6"],
  ["7.0", "typescript7"],
])("beside TypeScript %s", (version, name) => {
  it("`npx specproof` generates a package, which that compiler takes", async () => {
    const project = await mkdtemp(join(folder, "project-"));
    const exact = JSON.parse(await readFile(join(root, "node_modules", name, "package.json"), "utf8"))
      .version as string;
    expect(exact.startsWith(`${version}.`)).toBe(true);
    await writeFile(join(project, "pets.yaml"), document);
    await writeFile(
      join(project, "package.json"),
      JSON.stringify({
        private: true,
        type: "module",
        devDependencies: {
          specproof: `file:${archive}`,
          typescript: exact,
          "@types/node": "20",
          "openapi-fetch": "0.17.0",
        },
      }),
    );
    await run("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline"], { cwd: project });
    const { stdout } = await run(
      "npx",
      ["--no-install", "specproof", "generate", "pets.yaml", "--out", "pets", "--name", "pets"],
      {
        cwd: project,
      },
    );
    expect(stdout).toContain("pets: ");
    const tsc = join(project, "node_modules/typescript/bin/tsc");
    expect((await run(process.execPath, [tsc, "--version"])).stdout).toContain(exact);
    expect((await run(process.execPath, [tsc, "-p", join(project, "pets")], { cwd: project })).stdout).toBe("");
    const { exports } = JSON.parse(await readFile(join(project, "pets/package.json"), "utf8"));
    expect(Object.keys((await import(join(project, "pets", exports["."].default))) as object)).toContain("getPet");
  });
});
