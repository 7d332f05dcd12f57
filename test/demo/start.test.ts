import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const token = "token-that-must-not-show";
const script = "/usr/bin/script";
const csv = Buffer.from("\uFEFF编号,状态\r\nCS1,处理中\r\n");

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "specproof-demo-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

interface Run {
  readonly child: ChildProcess;
  /** Resolves when the process and its pipes are gone. */
  readonly ended: Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>;
}

/** What `npm start` runs, in a process group of its own, as a terminal does it. */
function start(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Run {
  const child = spawn(process.execPath, ["--import", "tsx", "test/demo/start.ts", ...args], {
    cwd: root,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env.PATH, NO_COLOR: "1", INIT_CWD: folder, ...environment },
  });
  const closed = once(child, "close") as Promise<[number | null]>;
  const ended = Promise.all([closed, text(child.stdout), text(child.stderr)]).then(([[code], out, err]) => ({
    code,
    out,
    err,
  }));
  return { child, ended };
}

/** Processes of the group that are still there; one that has ended and waits to be noticed is gone. */
function survivors({ pid }: ChildProcess): readonly string[] {
  if (process.platform !== "linux") {
    try {
      process.kill(-Number(pid), 0);
      return ["some process"];
    } catch {
      return [];
    }
  }
  const stats = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        return readFileSync(`/proc/${name}/stat`, "utf8");
      } catch {
        return []; // It ended in between.
      }
    });
  return stats.filter((stat) => {
    // proc(5): the name in parentheses may hold anything; then come state, parent, group.
    const [state, , group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return Number(group) === pid && state !== "Z";
  });
}

/** tsx' own helper ends by itself a moment after the process that it helped. */
const nothingRuns = ({ child }: Run) => expect.poll(() => survivors(child), { timeout: 5_000 }).toEqual([]);

/** Lines with times and ports masked. */
function shape(output: string): string[] {
  const masked = output.replaceAll(/ +\d+\.\d s$/gm, " #s").replaceAll(/:\d{4,5}\b/g, ":#");
  return masked.trimEnd().split("\n");
}

describe("npm start", () => {
  it("goes from the document to a file as the README shows it, and leaves nothing running", async () => {
    const run = start([]);
    const { code, out, err } = await run.ended;
    expect({ code, err }).toEqual({ code: 0, err: "" });
    await nothingRuns(run);
    const path = join(folder, "工单列表.csv");
    const [, told = ""] = /^```text\n([^`]*)```$/m.exec(await readFile(join(root, "README.md"), "utf8")) ?? [];
    expect(shape(out)).toEqual(shape(told).with(-1, `  ${path}`));
    const saved = await readFile(path);
    expect(saved.subarray(0, 3).toString("hex")).toBe("efbbbf");
    expect(saved.toString("utf8")).toMatch(/\r\n$/);
  });

  it("stops when it is interrupted while the mock starts, and leaves nothing running", async () => {
    const run = start([]);
    run.child.stdout?.on("data", (chunk: Buffer) => {
      if (String(chunk).includes("type-check")) run.child.kill("SIGINT");
    });
    const { code, out, err } = await run.ended;
    expect({ code, err }).toEqual({ code: 130, err: "Stopped.\n" });
    expect(out).not.toContain("✓ export");
    await nothingRuns(run);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("npm start against a real service", () => {
  it("sends what the flags say, saves the file, and starts no mock", async () => {
    const requests: IncomingMessage[] = [];
    await using service = await serve((request, response) => {
      requests.push(request);
      response.writeHead(200, { "Content-Type": "application/octet-stream" }).end(csv);
    });
    const flags = ["--status", "to-be-confirmed", "--language", "en-us", "--timezone", "GMT+1", "--limit", "5"];
    const run = start(["--endpoint", service.url, ...flags, "--out", "f.csv"], { SERVICE_TICKET_TOKEN: token });
    const { code, out, err } = await run.ended;
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(requests.map(({ url }) => url)).toEqual([
      "/v2/servicerequest/cases/export?language=en-us&timezone=GMT%2B1&status=2&limit=5",
    ]);
    expect(requests[0]?.headers["x-auth-token"]).toBe(token);
    expect(csv.equals(await readFile(join(folder, "f.csv")))).toBe(true);
    expect(out).toContain(join(folder, "f.csv"));
    expect(out).not.toContain("mock");
    expect(out).not.toContain(token);
    await nothingRuns(run);
  });

  it("says in a sentence what the service refused", async () => {
    const body = { error_code: "APIGW.0301", error_msg: `Incorrect token ${token}.` };
    await using service = await serve((_, response) => {
      response.writeHead(401, { "Content-Type": "application/json" }).end(JSON.stringify(body));
    });
    const { code, out, err } = await start(["--endpoint", service.url], { SERVICE_TICKET_TOKEN: token }).ended;
    expect(code).toBe(1);
    expect(out).toMatch(/^ {2}✗ export/m);
    expect(err).toMatch(/^[^\n]*401[^\n]*APIGW\.0301[^\n]*Is what SERVICE_TICKET_TOKEN says still good\?\n$/);
    expect(out + err).not.toContain(token);
    expect(await readdir(folder)).toEqual([]);
  });

  it("shows none of what a terminal would obey, wherever it comes from", async () => {
    const body = { error_code: "E.1", error_msg: "no \u001B[2J\u009Bhere\nSaved." };
    await using service = await serve((_, response) => {
      response.writeHead(500, { "Content-Type": "application/json" }).end(JSON.stringify(body));
    });
    const wrong = await start(["--endpoint", "\u001B[2J"]).ended;
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining("\\u001b[2J") });
    const refused = await start(["--endpoint", service.url], { SERVICE_TICKET_TOKEN: token }).ended;
    expect(refused.code).toBe(1);
    expect(refused.err).toMatch(/no \\u001b\[2J\\u009bhere Saved\.\n$/);
    for (const text of [wrong.err, refused.out, refused.err]) {
      expect(text).not.toContain("\u001B");
      expect(text).not.toContain("\u009B");
    }
  });

  // A pseudo-terminal is what only a system can give: here, by a tool of util-linux.
  it.skipIf(!existsSync(script))("shows the bar of the command line on a terminal", async () => {
    await using service = await serve((_, response) => {
      const headers = { "Content-Length": csv.length, "Content-Disposition": 'attachment; filename="t.csv"' };
      response.writeHead(200, { "Content-Type": "application/octet-stream", ...headers }).end(csv);
    });
    const command = [process.execPath, "--import", "tsx", "test/demo/start.ts", "--endpoint", service.url];
    const shell = command.map((word) => `'${word}'`).join(" ");
    const env = { PATH: process.env.PATH, INIT_CWD: folder, COLUMNS: "80", TERM: "xterm", SERVICE_TICKET_TOKEN: token };
    const { stdout } = await promisify(execFile)(script, ["-qec", shell, "/dev/null"], { cwd: root, env });
    expect(stdout).toMatch(/\[#+\] {2}100 %/);
    expect(stdout.split("\n").at(-4)).toMatch(/✓.* export +t\.csv, \d+ bytes/);
    expect(csv.equals(await readFile(join(folder, "t.csv")))).toBe(true);
  });

  it("gives an unfinished export up when it is interrupted", async () => {
    let child: ChildProcess | undefined;
    await using service = await serve((_, response) => {
      response.writeHead(200, { "Content-Type": "application/octet-stream", "Content-Length": "1000" }).write("half");
      child?.kill("SIGINT");
    });
    const run = start(["--endpoint", service.url], { SERVICE_TICKET_TOKEN: token });
    child = run.child;
    const { code, err } = await run.ended;
    expect({ code, err }).toEqual({ code: 130, err: "Stopped.\n" });
    await nothingRuns(run);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe("what cannot be done", () => {
  it("is refused before anything is done, with exit code 2", async () => {
    const { code, out, err } = await start(["--endpoint", "https://osm.example.com"]).ended;
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toBe("A real service needs a token: put it into the environment variable SERVICE_TICKET_TOKEN.\n");
  });

  it("is also what breaks a bound of the contract: nothing is sent", async () => {
    const requests: IncomingMessage[] = [];
    await using service = await serve((request, response) => {
      requests.push(request);
      response.end();
    });
    const run = start(["--endpoint", service.url, "--limit", "101"], { SERVICE_TICKET_TOKEN: token });
    const { code, err } = await run.ended;
    expect(code).toBe(2);
    expect(err).toMatch(/^[^\n]*limit[^\n]*100[^\n]*\n$/);
    expect(requests).toEqual([]);
  });

  // It ends where the flags are judged: by what is compiled, or behind the compiler.
  beforeAll(async () => {
    await start(["--limit", "101"]).ended;
  });

  it.each([
    [["--status", "procesing"], /^--status must be one of [^\n]*processing[^\n]*not "procesing"\.\n$/],
    [["--bogus"], /^There is no flag --bogus[^\n]*\.\n$/],
    [["--token", "x"], /^There is no flag --token[^\n]* as SERVICE_TICKET_TOKEN\.\n$/],
    [["--limit", "101"], /^--limit must be at most 100\.\n$/],
    [["stray"], /^[^\n]*'stray'[^\n]*\.\n$/],
    [["--out", "no/such/folder/f"], /^[^\n]*no\/such\/folder[^\n]*\n$/],
  ])("is told in a sentence before anything is done by what is compiled: %j", async (flags, sentence) => {
    const { code, out, err } = await start(flags).ended;
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(sentence);
  });

  it("is told before a mock is started where nothing is compiled yet", async () => {
    await rm(join(root, "node_modules/.cache/specproof/compiled"), { force: true });
    const { code, out, err } = await start(["--limit", "101"]).ended;
    expect(code).toBe(2);
    expect(out).toContain("type-check");
    expect(out).not.toContain("mock");
    expect(err).toBe("--limit must be at most 100.\n");
  });
});

async function serve(listener: RequestListener): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
