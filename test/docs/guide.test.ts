/** The guide to a token: its code, compiled and run against an IAM and a service of a test. */
import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { createServer, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import { inspect, promisify } from "node:util";
import { transform } from "esbuild";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { addGuides, readGuides } from "../../generator/docs/guides.js";
import { blocksOf } from "../package/readme.js";
import { importPackage, type UnpackedPackage, unpackedPackage } from "../support/package.js";
import { compile } from "../types/compile.js";
import { documentWith, specPath } from "./documents.js";

type Package = typeof import("../../generated/src/index.js");
type Provider = () => Promise<{ readonly value: string; readonly expiresAt: string }>;

const guide = await readFile(new URL("../../spec/guides/token.md", import.meta.url), "utf8");
const blocks = blocksOf(guide);
const [provider = "", program = "", shell = ""] = blocks.map(({ text }) => text);
const hasCurl = /^curl (7\.8[4-9]|7\.9|[89]|\d\d)/.test(`${spawnSync("curl", ["--version"]).stdout ?? ""}`);
const input = { language: "en-us", timezone: "GMT+8" };
const secret = "p4ss-w0rd-of-a-user";
const names = { HUAWEI_ACCOUNT: "an account", HUAWEI_USER: "数据 user", HUAWEI_PASSWORD: secret };
const day = 86_400_000;

let folder: string;
let unpacked: UnpackedPackage;
let service: Package;
/** What IAM was asked, and the tokens that the service saw. */
let asked: unknown[];
let seen: unknown[];
/** Where IAM sends whoever asks. */
let elsewhere: string | undefined;
/** Tokens that the service refuses, beside those that IAM never gave. */
let refused: ReadonlySet<string>;
let servers: readonly Server[];
let loads = 0;
let iamUrl: string;
let baseUrl: string;

const refuse = (response: ServerResponse, body: object) =>
  response.writeHead(401, { "Content-Type": "application/json" }).end(JSON.stringify(body));

const iam: RequestListener = async (request, response) => {
  if (elsewhere !== undefined) {
    response.writeHead(307, { Location: elsewhere }).end();
    return;
  }
  const body = (await json(request)) as { auth?: { identity?: { password?: { user?: { password?: string } } } } };
  asked.push({ method: request.method, url: request.url, type: request.headers["content-type"], body });
  if (body.auth?.identity?.password?.user?.password !== secret) {
    refuse(response, { error_code: "IAM.0101", error_msg: JSON.stringify(body) });
    return;
  }
  const token = { expires_at: new Date(Date.now() + day).toISOString().replace("Z", "000Z") };
  response.writeHead(201, { "Content-Type": "application/json", "X-Subject-Token": `token-${asked.length}` });
  response.end(JSON.stringify({ token }));
};

const osm: RequestListener = ({ headers }, response) => {
  const token = `${headers["x-auth-token"]}`;
  seen.push(token);
  if (!/^token-\d+$/.test(token) || refused.has(token)) refuse(response, { error_code: "OSM.0002", error_msg: "no" });
  else response.writeHead(200, { "Content-Type": "application/octet-stream" }).end("the file");
};

/** The text with the only address that begins so replaced by one of this test. */
function pointed(text: string, from: string, to: string): string {
  expect(text.split(from)).toHaveLength(2);
  return text.replace(from, to);
}

/** Writes what TypeScript makes of the text: a module that Node runs. */
async function write(name: string, text: string): Promise<void> {
  await writeFile(join(folder, name), (await transform(text, { loader: "ts", target: "node20" })).code);
}

/** Each call loads the guide's modules anew, with the names in the environment as they are then. */
async function load(name: string): Promise<Record<string, unknown>> {
  return import(`${pathToFileURL(join(folder, name)).href}?${loads++}`) as Promise<Record<string, unknown>>;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "specproof-guide-"));
  unpacked = await unpackedPackage();
  service = (await importPackage(unpacked)) as Package;
  await symlink(join(unpacked.project, "node_modules"), join(folder, "node_modules"), "junction");
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  servers = await Promise.all(
    [iam, osm].map((listener) => {
      const server = createServer(listener);
      return new Promise<Server>((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
    }),
  );
  [iamUrl = "", baseUrl = ""] = servers.map((server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await write("token.js", pointed(provider, "https://iam.eu-west-101.myhuaweicloud.eu", iamUrl));
  const toService = pointed(program, "https://osm.eu-west-101.myhuaweicloud.eu", baseUrl);
  await write("export.js", pointed(toService, '"tickets.xlsx"', JSON.stringify(join(folder, "tickets.xlsx"))));
});
afterAll(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  await rm(folder, { recursive: true, force: true });
});

beforeEach(() => {
  asked = [];
  seen = [];
  refused = new Set();
  elsewhere = undefined;
  for (const [name, value] of Object.entries(names)) vi.stubEnv(name, value);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

/** A client with the provider of the guide. */
async function clientOf() {
  const { getToken } = (await load("token.js")) as { readonly getToken: Provider };
  return service.createClient({ baseUrl, auth: { token: getToken } });
}

describe("the guide to a token", () => {
  it("compiles under the strictest settings", async () => {
    expect(blocks.map(({ language }) => language)).toEqual(["ts", "ts", "sh"]);
    const files = { "token.ts": provider, "export.ts": program };
    for (const resolution of ["nodenext", "bundler"] as const) {
      expect(await compile({ compiler: "typescript7", resolution, platform: "node", unpacked, files })).toBe("");
    }
  });

  it("has a provider of a dozen lines", () => {
    const [, body = ""] = /^export async function getToken\(\) \{\n([\s\S]*?)^\}/m.exec(`${provider}\n`) ?? [];
    expect(body.trim().split("\n").length).toBeLessThanOrEqual(12);
  });

  it("asks IAM as it wants to be asked, and saves the file", async () => {
    await load("export.js");
    expect(await readFile(join(folder, "tickets.xlsx"), "utf8")).toBe("the file");
    const user = { name: "数据 user", password: secret, domain: { name: "an account" } };
    const auth = { identity: { methods: ["password"], password: { user } }, scope: { domain: { name: "an account" } } };
    expect(asked).toEqual([{ method: "POST", url: "/v3/auth/tokens", type: "application/json", body: { auth } }]);
    expect(seen).toEqual(["token-1"]);
  });

  it("gets one token for 50 parallel exports", async () => {
    const client = await clientOf();
    const files = await Promise.all(Array.from({ length: 50 }, () => service.exportServiceTickets(client, input)));
    const texts = await Promise.all(files.map((file) => file.text()));
    expect(new Set(texts)).toEqual(new Set(["the file"]));
    expect(asked).toHaveLength(1);
    expect(seen).toEqual(Array(50).fill("token-1"));
  });

  it("gets the next token before the first one ends", async () => {
    const start = Date.UTC(2026, 10, 24, 8);
    vi.useFakeTimers({ toFake: ["Date"], now: start });
    const client = await clientOf();
    for (const time of [0, day - 120_000, day - 30_000]) {
      vi.setSystemTime(start + time);
      await (await service.exportServiceTickets(client, input)).text();
    }
    expect(asked).toHaveLength(2);
    expect(seen).toEqual(["token-1", "token-1", "token-2"]);
  });

  it("gets another token after a 401, once", async () => {
    const client = await clientOf();
    await (await service.exportServiceTickets(client, input)).text();
    refused = new Set(["token-1"]);
    await (await service.exportServiceTickets(client, input)).text();
    expect(seen).toEqual(["token-1", "token-1", "token-2"]);
    refused = new Set(["token-1", "token-2", "token-3"]);
    const result = await service.exportServiceTickets(client, input).result();
    expect(result).toMatchObject({ ok: false, status: 401 });
    expect(seen.slice(3)).toEqual(["token-2", "token-3"]);
    expect(asked).toHaveLength(3);
  });

  it("gives the password to nobody that IAM leads to", async () => {
    elsewhere = `${baseUrl}/v3/auth/tokens`;
    const { getToken } = (await load("token.js")) as { readonly getToken: Provider };
    await expect(getToken()).rejects.toThrow("fetch failed");
    expect(seen).toEqual([]);
  });

  it.each(Object.keys(names))("says that %s is missing", async (name) => {
    vi.stubEnv(name, "");
    const { getToken } = (await load("token.js")) as { readonly getToken: Provider };
    await expect(getToken()).rejects.toThrow(`The environment variable ${name} is missing.`);
    expect(asked).toEqual([]);
  });

  it.skipIf(!hasCurl)("has a way for a shell, whose file only its owner reads (needs curl)", async () => {
    const place = await mkdtemp(join(folder, "shell-"));
    await writeFile(join(place, "iam-token"), "old", { mode: 0o644 });
    const cli = `'${process.execPath}' '${join(unpacked.folder, "dist/cli.js")}'`;
    const script = pointed(
      pointed(shell, "https://iam.eu-west-101.myhuaweicloud.eu", iamUrl),
      "npx service-ticket-export",
      cli,
    );
    const env = { ...process.env, SERVICE_TICKET_EXPORT_BASE_URL: baseUrl };
    const { stdout } = await promisify(execFile)("sh", ["-ec", script], { cwd: place, env });
    expect(stdout).toBe("tickets/export-service-tickets\n");
    expect(await readFile(join(place, "tickets/export-service-tickets"), "utf8")).toBe("the file");
    expect(seen).toEqual(["token-1"]);
    expect((await stat(join(place, "iam-token"))).mode & 0o777).toBe(0o600);
  });

  it("fails without the password in any message where IAM refuses it", async () => {
    vi.stubEnv("HUAWEI_PASSWORD", "another-p4ss-w0rd");
    const client = await clientOf();
    const error: unknown = await service.exportServiceTickets(client, input).catch((reason: unknown) => reason);
    const text = inspect(error, { depth: 9, showHidden: true });
    expect(text).toContain("no token: IAM answers 401");
    expect(text).not.toContain("another-p4ss-w0rd");
    expect(seen).toEqual([]);
  });
});

describe("guides", () => {
  it("are the Markdown files beside a document, in the order of their names", async () => {
    const place = await mkdtemp(join(folder, "guides-"));
    expect(await readGuides(join(place, "openapi.yaml"))).toEqual([]);
    await symlink(place, join(place, "guides"), "junction");
    const texts = {
      "b.md": "\uFEFF# Two \r\n\r\nText.\r\n",
      "a.md": "No title.\n\n# One\n",
      "c.txt": "",
      "d.md": "# Three",
    };
    for (const [name, text] of Object.entries(texts)) await writeFile(join(place, name), text);
    expect(await readGuides(join(place, "openapi.yaml"))).toEqual([
      { title: "a", text: "No title.\n\n# One" },
      { title: "Two", text: "Text." },
      { title: "Three", text: "" },
    ]);
    const text = guide.slice(guide.indexOf("\n")).trim();
    expect(await readGuides(specPath)).toEqual([{ title: "A token from IAM", text }]);
  });

  it("are the last chapters of a document, which stays as it is", () => {
    const document = documentWith({ tags: ["Used", "Declared"] }, { tags: [{ name: "Declared", description: "So." }] });
    const before = structuredClone(document);
    expect(addGuides(document, [{ title: "One", text: "Text." }])).toEqual({
      ...document,
      tags: [
        { name: "Declared", description: "So." },
        { name: "Used" },
        { name: "One", description: "Text.", "x-traitTag": true },
      ],
    });
    expect(document).toEqual(before);
    expect(addGuides(document, [])).toBe(document);
  });
});
