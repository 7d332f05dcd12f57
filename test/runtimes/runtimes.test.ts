/** The packed package in each runtime that has `fetch`: the same program, the same answers, byte for byte. */
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Prism, startPrism } from "../support/prism.js";
import { makeProject, type Project } from "./project.js";
import { type Found, find, runtimes } from "./runtimes.js";
import { expected, FILE, startServers } from "./servers.js";

const execute = promisify(execFile);
const all = await Promise.all(runtimes.map(find));

let prism: Prism;
let project: Project;
beforeAll(async () => {
  prism = await startPrism(fileURLToPath(new URL("../../spec/openapi.yaml", import.meta.url)));
  project = await makeProject();
});
afterAll(async () => {
  await prism?.stop();
  await project?.[Symbol.asyncDispose]();
});

for (const runtime of all) {
  const title = `${runtime.name} ${runtime.version}`;
  if (!("missing" in runtime)) describe(title, () => proof(runtime));
  else {
    const why = `${title} is not there: ${runtime.missing}`;
    console.log(why);
    it.skip(why, () => {});
  }
}

function proof({ version, path, hasDisk, run }: Found & { readonly path: string }): void {
  it("is that version", async () => {
    const { stdout } = await execute(path, ["--version"]);
    const day = /^1\.(\d{4})(\d\d)(\d\d)\.\d+$/.exec(version);
    expect(stdout.split("\n")[0]?.split(/[ v]/)).toContain(day ? day.slice(1).join("-") : version);
  });

  it("exports, tells every failure apart, and sends no token to another origin", async () => {
    await using servers = await startServers(prism.url);
    const folder = await mkdtemp(join(project.folder, "saved-"));
    const lines = (await run(path, project, servers, folder)).trim().split("\n");
    const saving = hasDisk ? { saved: "tickets.xlsx", unsaved: "NetworkError" } : {};
    expect(JSON.parse(lines.at(-1) ?? "")).toEqual({ ...(await expected(prism.url)), ...saving });
    expect(await readdir(folder)).toEqual(hasDisk ? ["tickets.xlsx"] : []);
    if (hasDisk) expect(FILE.equals(await readFile(join(folder, "tickets.xlsx")))).toBe(true);
    expect(servers.counts()).toEqual({ ...asked, file: hasDisk ? 4 : 3, cut: hasDisk ? 2 : 1, elsewhere: 1 });
    expect(servers.strayTokens()).toEqual([]);
  });
}

/** Requests of each case: an input that is wrong sends none, and what was refused or too much is asked once more. */
const asked = { envelope: 1, disguised: 1, silence: 2, stall: 1, busy: 2, tokens: 6, redirect: 1 };
