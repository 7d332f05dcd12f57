import { execFile } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unpackedPackage } from "../support/package.js";
import { nodeBinary, nodeVersions, unsupported } from "./nodes.js";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../../", import.meta.url));
const tsx = import.meta.resolve("tsx");

/** Other habits of dates, cases and order than those of most machines. */
const elsewhere = { LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8", TZ: "Asia/Shanghai" };

const csv = Buffer.from("\uFEFF编号,状态\r\nCS1,处理中\r\n");
let server: Server;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "specproof-compat-"));
  server = createServer((request, response) => {
    const token = request.headers["x-auth-token"];
    if (token !== "secret") {
      response.writeHead(401, { "Content-Type": "application/json" });
      response.end(
        JSON.stringify({ error_code: "APIGW.0301", error_msg: "Incorrect IAM authentication information." }),
      );
      return;
    }
    response.writeHead(200, {
      "Content-Type": "application/octet-stream",
      "Content-Disposition": "attachment; filename*=UTF-8''%E5%B7%A5%E5%8D%95.csv",
    });
    response.end(csv);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

if (unsupported) console.log(unsupported);

describe.each([process.versions.node, ...nodeVersions])("Node %s", (version) => {
  const isHost = version === process.versions.node;
  const binary = (): Promise<string> => (isHost ? Promise.resolve(process.execPath) : nodeBinary(version));
  const skip = isHost ? undefined : unsupported;
  const because = skip ? ` (skipped: ${skip})` : "";

  it.skipIf(skip)(`is that version${because}`, async () => {
    const { stdout } = await run(await binary(), ["--version"]);
    expect(stdout.trim()).toBe(`v${version}`);
  });

  it.skipIf(skip)(`generates the same bytes, in another folder, locale and time zone${because}`, async () => {
    const copy = await mkdtemp(join(folder, "generate-"));
    await cp(join(root, "spec"), join(copy, "spec"), { recursive: true });
    await cp(join(root, "redocly.yaml"), join(copy, "redocly.yaml"));
    const cli = join(root, "generator/cli.ts");
    await run(await binary(), ["--import", tsx, cli, "generate"], { cwd: copy, env: { ...process.env, ...elsewhere } });
    expect(await contents(join(copy, "generated"))).toEqual(await contents(join(root, "generated")));
  });

  it.skipIf(skip)(`exports through the unpacked package${because}`, async () => {
    const { project } = await unpackedPackage();
    const home = await mkdtemp(join(folder, "smoke-"));
    await symlink(join(project, "node_modules"), join(home, "node_modules"), "junction");
    await writeFile(join(home, "smoke.mjs"), smoke);
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { stdout } = await run(await binary(), [join(home, "smoke.mjs"), url, join(home, "tickets.csv")]);
    expect(JSON.parse(stdout)).toEqual({ name: "工单.csv", refused: [401, "APIGW.0301"] });
    expect(csv.equals(await readFile(join(home, "tickets.csv")))).toBe(true);
  });

  it.skipIf(skip)(`exports by the command line of the unpacked package${because}`, async () => {
    const { folder: installed } = await unpackedPackage();
    const { bin } = JSON.parse(await readFile(join(installed, "package.json"), "utf8"));
    const cwd = await mkdtemp(join(folder, "command-"));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const command = async (token: string, ...args: readonly string[]) => {
      const env = { SERVICE_TICKET_EXPORT_TOKEN: token, SERVICE_TICKET_EXPORT_BASE_URL: url };
      const words = [join(installed, bin["service-ticket-export"]), "export-service-tickets", ...args];
      return run(await binary(), words, { cwd, env }).then(
        ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
        ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
      );
    };
    const wanted = ["--language", "en-us", "--timezone", "GMT+8", "--status", "processing", "--limit", "100"];
    const help = await command("", "--help");
    expect(help).toMatchObject({ code: 0, stderr: "" });
    expect(help.stdout).toContain("--timezone <text>");
    const saved = { code: 0, stdout: "tickets/工单.csv\n", stderr: "" };
    expect(await command("secret", ...wanted, "--out", "tickets/")).toEqual(saved);
    expect(csv.equals(await readFile(join(cwd, "tickets/工单.csv")))).toBe(true);
    const refused = await command("wrong", ...wanted);
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toMatch(/: 401 APIGW\.0301 [^\n]*SERVICE_TICKET_EXPORT_TOKEN[^\n]*\n$/);
    const wrong = await command("secret", ...wanted, "--limit", "101");
    expect(wrong).toEqual({ code: 2, stdout: "", stderr: "--limit must be at most 100.\n" });
    expect(await command("secret")).toMatchObject({ code: 2, stdout: "" });
    expect(await readdir(cwd)).toEqual(["tickets"]);
  });
});

/** What a user's first program does: an export to a file, and an error told apart. */
const smoke = `
import { createClient, exportServiceTickets, isHttpError } from "service-ticket-export";
import { saveFile } from "service-ticket-export/node";
const [, , baseUrl, path] = process.argv;
const input = { language: "zh-cn", timezone: "GMT+8" };
const file = await exportServiceTickets(createClient({ baseUrl, auth: { token: "secret" } }), input);
await saveFile(file, path);
const refused = await exportServiceTickets(createClient({ baseUrl, auth: { token: "wrong" } }), input).catch((error) => {
  if (!isHttpError(error)) throw error;
  return [error.status, error.code];
});
console.log(JSON.stringify({ name: file.name, refused }));
`;

/** Text of each file by its path, without what a build or npm puts there. */
async function contents(top: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(top, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(top, join(entry.parentPath, entry.name)));
  const own = paths.filter((path) => !/(^|[\\/])(node_modules|dist)[\\/]/.test(path)).sort();
  return Object.fromEntries(
    await Promise.all(own.map(async (path) => [path, await readFile(join(top, path), "utf8")])),
  );
}
