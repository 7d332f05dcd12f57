import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { beforeAll, describe, expect, it } from "vitest";
import { type UnpackedPackage, unpackedPackage } from "../support/package.js";

const run = promisify(execFile);
const attw = fileURLToPath(new URL("dist/index.js", packageUrl("@arethetypeswrong/cli")));

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly type: string;
  readonly license: string;
  readonly sideEffects: boolean;
  readonly engines: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

let unpacked: UnpackedPackage;
let manifest: Manifest;
beforeAll(async () => {
  unpacked = await unpackedPackage();
  manifest = JSON.parse(await readFile(join(unpacked.folder, "package.json"), "utf8")) as Manifest;
});

describe("the archive", () => {
  it("holds dist, src, the document, README, LICENSE and package.json, and nothing else", async () => {
    const { stdout } = await run("tar", ["-tzf", unpacked.tarball]);
    const files = stdout
      .trim()
      .split(/\r?\n/)
      .map((path) => path.replace(/^package\//, ""))
      .sort();
    const [top, below] = [files.filter((path) => !path.includes("/")), files.filter((path) => path.includes("/"))];
    expect(top).toEqual(["LICENSE", "README.md", "openapi.json", "package.json"]);
    expect(below.filter((path) => !/^src\/[\w/-]+\.ts$|^dist\/[\w/-]+\.(js|d\.ts)(\.map)?$/.test(path))).toEqual([]);
  });

  it("holds code and types of each source", async () => {
    const { stdout } = await run("tar", ["-tzf", unpacked.tarball]);
    const files = new Set(stdout.trim().split(/\r?\n/));
    const sources = [...files].flatMap((path) => /^package\/src\/(.*)\.ts$/.exec(path)?.[1] ?? []);
    expect(sources.length).toBeGreaterThan(10);
    const missing = sources.flatMap((name) => [`package/dist/${name}.js`, `package/dist/${name}.d.ts`]);
    expect(missing.filter((path) => !files.has(path))).toEqual([]);
  });

  it("is small", async () => {
    const { size } = JSON.parse(
      (await run("npm", ["pack", "--dry-run", "--json", "--ignore-scripts", unpacked.folder])).stdout,
    )[0] as { size: number };
    expect(size).toBeLessThan(230_000);
  });
});

describe("package.json", () => {
  it("states an ES module without side effects, its licence and the Nodes it runs on", () => {
    const { name, type, sideEffects, license, engines } = manifest;
    expect({ name, type, sideEffects, license, engines }).toEqual({
      name: "service-ticket-export",
      type: "module",
      sideEffects: false,
      license: "MIT",
      engines: { node: ">=20" },
    });
  });

  it("has one dependency, in one version", () => {
    expect(manifest.dependencies).toEqual({ "openapi-fetch": "0.17.0" });
    const others = ["peerDependencies", "optionalDependencies", "bundledDependencies", "bundleDependencies"];
    expect(others.filter((field) => field in manifest)).toEqual([]);
  });

  it("runs nothing when it is installed", () => {
    const scripts = Object.keys((manifest.scripts ?? {}) as object);
    expect(scripts.filter((script) => /^(pre|post)?install$|^prepare$/.test(script))).toEqual([]);
  });

  it("exports the client, its Node part, the document and itself", () => {
    expect(Object.keys(manifest.exports)).toEqual([".", "./node", "./openapi.json", "./package.json"]);
  });
});

describe("what a program gets", () => {
  const names = [
    "ApiError",
    "DecodeError",
    "HttpError",
    "NetworkError",
    "ServiceTicketStatus",
    "TimeoutError",
    "ValidationError",
    "createClient",
    "exportServiceTickets",
    "exportServiceTicketsOperation",
    "isApiError",
    "isDecodeError",
    "isHttpError",
    "isNetworkError",
    "isTimeoutError",
    "isValidationError",
    "observe",
    "serverUrl",
    "serviceTicketStatusLabels",
  ];

  it("is each export by its name, and no other", async () => {
    const output = await program(`
      import * as all from "service-ticket-export";
      import * as node from "service-ticket-export/node";
      import document from "service-ticket-export/openapi.json" with { type: "json" };
      import { createRequire } from "node:module";
      const { version } = createRequire(import.meta.url)("service-ticket-export/package.json");
      console.log(JSON.stringify([Object.keys(all), Object.keys(node), document.openapi, version]));
    `);
    expect(output).toEqual([names, ["saveFile"], "3.1.0", manifest.version]);
  });

  it("is the same for a CommonJS program on a Node that can require a module", async () => {
    const output = await program(`
      import { createRequire } from "node:module";
      const nodeCan = process.features.require_module === true;
      const all = nodeCan ? createRequire(import.meta.url)("service-ticket-export") : await import("service-ticket-export");
      console.log(JSON.stringify(Object.keys(all).filter((name) => name !== "__esModule")));
    `);
    expect(output).toEqual(names);
  });

  async function program(text: string): Promise<unknown> {
    const folder = await mkdtemp(join(tmpdir(), "specproof-program-"));
    try {
      await symlink(join(unpacked.project, "node_modules"), join(folder, "node_modules"), "junction");
      await writeFile(join(folder, "program.mjs"), text);
      return JSON.parse((await run(process.execPath, ["--no-warnings", "program.mjs"], { cwd: folder })).stdout);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
});

describe("what others say of it", () => {
  it("publint: nothing", async () => {
    const tarball = new Uint8Array(await readFile(unpacked.tarball)).buffer;
    const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([]);
  });

  it("Are the types wrong: no", async () => {
    // The package is ES modules only: that profile leaves out what CommonJS sees. JSON has no types.
    const options = ["--profile", "esm-only", "--exclude-entrypoints", "openapi.json", "--no-definitely-typed"];
    const format = ["--format", "ascii", "--no-color", "--no-emoji"];
    const { stdout } = await run(process.execPath, [attw, unpacked.tarball, ...options, ...format]);
    const rows = stdout.match(/^(node16 \(from ESM\)|bundler): .*$/gm) ?? [];
    expect(rows.map((row) => row.trimEnd())).toEqual([
      ...["node16 (from ESM): OK (ESM)", "bundler: OK"],
      ...["node16 (from ESM): OK (ESM)", "bundler: OK"],
      ...["node16 (from ESM): OK (JSON)", "bundler: OK (JSON)"],
    ]);
  });
});

function packageUrl(name: string): URL {
  const manifestPath = createRequire(import.meta.url).resolve(`${name}/package.json`);
  return new URL(`file://${manifestPath}`);
}
