import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OperationSamples } from "../../generator/docs/samples.js";
import { type UnpackedPackage, unpackedPackage } from "../support/package.js";
import { type Prism, startPrism } from "../support/prism.js";
import { type RecordingProxy, startProxy } from "../support/proxy.js";
import { compile } from "../types/compile.js";
import { flagship, packageName, sourceOf, specPath } from "./documents.js";

const run = promisify(execFile);
const hasCurl = spawnSync("curl", ["--version"]).status === 0;
const server = "https://osm.eu-west-101.myhuaweicloud.eu";
const target = "/v2/servicerequest/cases/export?language=zh-cn&timezone=GMT%2B8&status=1&offset=0";

let samples: readonly OperationSamples[];
let unpacked: UnpackedPackage;
let prism: Prism;
let proxy: RecordingProxy;
let folder: string;
/** The body of the 200 that the document gives as an example, as a server sends it. */
let example: Buffer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "specproof-samples-"));
  [{ samples }, unpacked] = await Promise.all([flagship(), unpackedPackage()]);
  prism = await startPrism(specPath);
  proxy = await startProxy(prism.url);
  await symlink(join(unpacked.project, "node_modules"), join(folder, "node_modules"), "junction");
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const answer = await fetch(`${prism.url}${target}`, { headers: { "X-Auth-Token": "a-token" } });
  example = Buffer.from(await answer.arrayBuffer());
});
afterAll(async () => {
  await proxy?.stop();
  await prism?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A sample that calls the proxy in place of the server of the document, its only change. */
function pointed(label: string): string {
  const source = sourceOf(samples, label);
  expect(source.split(server)).toHaveLength(2);
  return source.replace(server, proxy.url);
}

/** What a program printed; a token is where the samples expect one. */
async function printed(program: string, args: readonly string[], token = "a-token"): Promise<string> {
  const { stdout, stderr } = await run(program, args, {
    cwd: folder,
    env: { ...process.env, SERVICE_TICKET_EXPORT_TOKEN: token },
  });
  return `${stdout}${program === "sh" ? "" : stderr}`;
}

/** The one request that went out: a correct one, with the credential. */
function expectRequest(): void {
  const exchanges = proxy.take();
  expect(exchanges.map(({ method, target, status, violations }) => ({ method, target, status, violations }))).toEqual([
    { method: "GET", target, status: 200, violations: [] },
  ]);
  const headers = exchanges[0]?.rawHeaders.map((text) => text.toLowerCase()) ?? [];
  expect(headers[headers.indexOf("x-auth-token") + 1]).toBe("a-token");
}

describe("the TypeScript samples", () => {
  it.each(["nodenext", "bundler"] as const)(
    "compile under the strictest settings, %s resolution",
    async (resolution) => {
      const files = { "helper.ts": sourceOf(samples, packageName), "raw.ts": sourceOf(samples, "openapi-fetch") };
      expect(await compile({ compiler: "typescript7", resolution, platform: "node", unpacked, files })).toBe("");
    },
  );
});

describe("against Prism", () => {
  // The samples have no types in them: what TypeScript takes, Node runs as it stands.
  it("the helper's sample saves the file under the name that the answer gives", async () => {
    await writeFile(join(folder, "helper.js"), pointed(packageName));
    const before = await readdir(folder);
    expect(await printed(process.execPath, ["helper.js"])).toBe("");
    expectRequest();
    const saved = (await readdir(folder)).filter((name) => !before.includes(name));
    expect(saved).toEqual(["工单列表.csv"]);
    expect((await readFile(join(folder, saved[0] ?? ""))).equals(example)).toBe(true);
  });

  it("openapi-fetch's sample prints the size of the file", async () => {
    await writeFile(join(folder, "raw.js"), pointed("openapi-fetch"));
    expect(await printed(process.execPath, ["raw.js"])).toBe(`${example.length}\n`);
    expectRequest();
  });

  it("without a token, the helper's sample fails and sends nothing", async () => {
    await writeFile(join(folder, "helper.js"), pointed(packageName));
    await expect(printed(process.execPath, ["helper.js"], "")).rejects.toThrow(/ValidationError/);
    expect(proxy.take()).toEqual([]);
  });

  it.skipIf(!hasCurl)(
    `curl's sample saves the file${hasCurl ? "" : ", not run: no curl found (install curl)"}`,
    async () => {
      await writeFile(join(folder, "sample.sh"), pointed("curl"));
      expect(await printed("sh", ["sample.sh"])).toBe("");
      expectRequest();
      expect((await readFile(join(folder, "download"))).equals(example)).toBe(true);
    },
  );
});
