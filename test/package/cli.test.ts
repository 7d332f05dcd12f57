import { execFile } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { copyOfPackage, type UnpackedPackage, unpackedPackage } from "../support/package.js";

const run = promisify(execFile);

let installed: UnpackedPackage;
beforeAll(async () => {
  installed = await copyOfPackage(await unpackedPackage());
  // Links what packages bring along to `node_modules/.bin`, as an installation does.
  await run("npm", ["rebuild", "--offline", "--ignore-scripts"], { cwd: installed.project });
});
afterAll(() => rm(installed.project, { recursive: true, force: true }));

it("npx finds the command line of the package, and it says what the document says", async () => {
  const program = await readFile(join(installed.folder, "dist/cli.js"), "utf8");
  expect(program).toMatch(/^#!\/usr\/bin\/env node\n/);
  const command = ["--offline", "service-ticket-export", "export-service-tickets", "--help"];
  const { stdout } = await run("npx", command, { cwd: installed.project });
  expect(stdout).toMatch(/^Export service tickets to a file\n/);
  for (const text of [
    "--language <text>",
    "1 to 32 characters",
    "processing",
    "processing (处理中)",
    "default: zh-cn",
  ]) {
    expect(stdout).toContain(text);
  }
});
