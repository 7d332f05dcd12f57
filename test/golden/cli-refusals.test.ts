/** What the command line refuses, in words, before anything is sent; and what it tells of a service that refuses. */
import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Known, sentencesOf } from "../../generator/runtime/cli-violations.js";
import { commandsOf } from "./cli.js";
import { makePackages, type Packages, unchecked } from "./packages.js";
import type { Answer } from "./server.js";

let packages: Packages;
beforeAll(async () => {
  packages = await makePackages(["commands", "bodies", "security"], unchecked);
});
afterAll(() => packages?.remove());

const against = (answer: Answer, env?: Readonly<Record<string, string>>, name = "commands") =>
  commandsOf(packages, name, answer, env);

const refused = (...sentences: string[]) => ({ code: 2, out: "", err: `${sentences.join("\n")}\n` });
const photo: Answer = { status: 200, type: "image/png", body: "photo" };
const named = { "content-disposition": 'attachment; filename="cat.png"' };
const pet: Answer = { status: 200, type: "application/json", body: "{}" };
const token = "token-that-must-not-show";
const getPet = ["get-pet", "--pet-id", "1"];

describe("--out", () => {
  it("is judged before anything is asked for", async () => {
    const { run, seen, cwd } = await against(photo);
    await writeFile(join(cwd, "f.bin"), "old");
    const cases: readonly (readonly [out: string, sentence: string])[] = [
      ["", "--out needs a path."],
      ["no/x.png", "--out no/x.png: there is no directory no."],
      ["f.bin/", "--out f.bin/: f.bin is not a directory."],
      ["f.bin/a/b/", "--out f.bin/a/b/: f.bin is not a directory."],
      ["f.bin/x", "--out f.bin/x: f.bin is not a directory."],
      ["/dev/null", "--out /dev/null: it is neither a file nor a directory; - is the standard output."],
    ];
    for (const [out, sentence] of cases) expect(await run(["get-photo", `--out=${out}`])).toEqual(refused(sentence));
    expect(await run(["get-photo", "--out", "f.bin", "--no-overwrite"])).toEqual(
      refused("--out f.bin: there is such a file already."),
    );
    expect(seen).toEqual([]);
    expect(await readFile(join(cwd, "f.bin"), "utf8")).toBe("old");
    expect((await run(["get-photo", "--out", "f.bin"])).code).toBe(0);
  });

  it("is what failures speak of", async () => {
    const { run, cwd } = await against(photo);
    const long = "x".repeat(256);
    const failed = { code: 1, out: "", err: `${long} cannot be written: ENAMETOOLONG.\n` };
    expect(await run(["get-photo", "--out", long])).toEqual(failed);
    expect(await readdir(cwd)).toEqual([]);
  });

  it("is what lets a name of the server's replace a file", async () => {
    const { run, cwd } = await against({ ...photo, headers: named });
    await writeFile(join(cwd, "cat.png"), "old");
    const kept = { code: 1, out: "", err: "cat.png is there already; --out . replaces it.\n" };
    expect(await run(["get-photo"])).toEqual(kept);
    const asked = await run(["get-photo", "--out", ".", "--no-overwrite"]);
    expect(asked).toEqual({ ...kept, err: "cat.png is there already.\n" });
    expect(await readFile(join(cwd, "cat.png"), "utf8")).toBe("old");
    expect(await run(["get-photo", "--out", "."])).toMatchObject({ code: 0, out: "cat.png\n" });
    expect(await readFile(join(cwd, "cat.png"), "utf8")).toBe("photo");
    expect(await readdir(cwd)).toEqual(["cat.png"]);
  });
});

describe("a file to send", () => {
  it("that cannot be read is named", async () => {
    const { run, seen, cwd } = await against({ status: 204 }, {}, "bodies");
    await mkdir(join(cwd, "folder"));
    const lost = refused("lost.png cannot be read: there is no such file.");
    expect(await run(["send-bytes", "--body", "@lost.png"])).toEqual(lost);
    expect(await run(["send-parts", "--field", "photo=@lost.png"])).toEqual(lost);
    const folder = refused("folder cannot be read: it is a directory.");
    expect(await run(["send-bytes", "--body", "@folder"])).toEqual(folder);
    expect(await run(["send-parts", "--field", "photo=@folder"])).toEqual(folder);
    expect(seen).toEqual([]);
  });

  it.skipIf(process.platform === "win32")("may be a pipe, of which nobody knows the length", async () => {
    const { run, seen, cwd } = await against({ status: 204 }, {}, "bodies");
    await promisify(execFile)("mkfifo", [join(cwd, "pipe")]);
    const ended = run(["send-bytes", "--body", "@pipe"]);
    await writeFile(join(cwd, "pipe"), "through a pipe");
    expect((await ended).code).toBe(0);
    expect(String(seen[0]?.body)).toBe("through a pipe");
  });
});

describe("a credential", () => {
  it("in a variable is read as one in a file: without what stands around it", async () => {
    const { run, seen } = await against(pet, { COMMANDS_TOKEN: ` ${token}\r\n` });
    expect((await run(getPet)).code).toBe(0);
    expect(seen[0]?.headers["x-token"]).toBe(token);
  });

  it("that cannot be sent is told by the name of what holds it", async () => {
    const carried =
      "must be of what a header can carry: Latin letters (ISO-8859-1), no line break, no blank at an end.";
    const { run, seen } = await against(pet, { COMMANDS_TOKEN: "a\nb" });
    expect(await run(getPet)).toEqual(refused(`COMMANDS_TOKEN ${carried}`));
    const json = JSON.parse((await run([...getPet, "--json"])).err);
    expect(json.error.violations).toMatchObject([{ flag: "COMMANDS_TOKEN", rule: "header-value" }]);
    const file = await against(pet, { COMMANDS_TOKEN_FILE: "token" });
    await writeFile(join(file.cwd, "token"), "令牌\n");
    expect(await file.run(getPet)).toEqual(refused(`COMMANDS_TOKEN_FILE ${carried}`));
    expect([...seen, ...file.seen]).toEqual([]);
  });

  it.each(["--token", "--x-token", "--commands-token"])("is no flag: %s", async (flag) => {
    const { run } = await against(pet);
    for (const args of [[flag, token], [`${flag}=${token}`]]) {
      expect(await run([...getPet, ...args])).toEqual(
        refused(`There is no flag ${flag}, which all could see: put it into the environment, as COMMANDS_TOKEN.`),
      );
    }
  });

  it("is no flag where it is a user name and a password, either", async () => {
    const { run } = await against(pet, {}, "security");
    const { err } = await run(["by-name", "--user-password", "x"]);
    expect(err).toContain("as SECURITY_USER_PASSWORD.");
    expect((await run(["by-name", "--username", "x"])).err).toContain("as SECURITY_USER_USERNAME.");
    expect((await run(["by-name", "--api-key", "x"])).err).toContain("as SECURITY_URL.");
    expect((await run(["by-name", "--nonsense"])).err).toBe("There is no flag --nonsense.\n");
  });

  it("of a user name that cannot be sent is told by the variable of that", async () => {
    const { run } = await against(pet, { SECURITY_USER_USERNAME: "a:b", SECURITY_USER_PASSWORD: token }, "security");
    expect(await run(["by-name"])).toEqual(
      refused("SECURITY_USER_USERNAME must have no colon, no control characters."),
    );
  });

  it("travels over plain http to this host only, unless that is allowed", async () => {
    // The address of a documentation (RFC 5737): nobody is there.
    const { run } = await against(pet, { COMMANDS_TOKEN: token });
    const far = ["--base-url", "http://192.0.2.1"];
    expect(await run([...getPet, ...far])).toEqual(
      refused(
        "All on the way to http://192.0.2.1 could read the credential: take https://, or allow it with --allow-plain-http.",
      ),
    );
    const allowed = await run([...getPet, ...far, "--allow-plain-http", "--timeout", "0.1"]);
    expect(allowed.code).toBe(1);
    expect(allowed.err).toMatch(/^GET http:\/\/192\.0\.2\.1\/pets/);
    const open = await run(["get-photo", ...far, "--timeout", "0.1"]);
    expect(open.code).toBe(1);
  });
});

describe("an address", () => {
  it.each(["ftp://x", "x", "http://u:hunter2@127.0.0.1", "https://127.0.0.1?key=hunter2", "https://127.0.0.1#hunter2"])(
    "that cannot be one of a service is not repeated: %s",
    async (address) => {
      const rule =
        "must be an address that begins with https:// or http://, without a user name, a password, a query or a fragment.";
      const { run } = await against(photo);
      expect(await run(["get-photo", "--base-url", address])).toEqual(refused(`--base-url ${rule}`));
      const other = await against(photo, { COMMANDS_BASE_URL: address });
      expect(await other.run(["get-photo"])).toEqual(refused(`COMMANDS_BASE_URL ${rule}`));
    },
  );
});

describe("the time that a file may stand still", () => {
  it("is --idle-timeout", async () => {
    const body = (async function* () {
      yield "half";
      await new Promise(() => {});
    })();
    const { run, cwd } = await against({ ...photo, body });
    const { code, err } = await run(["get-photo", "--idle-timeout", "0.2"]);
    expect(code).toBe(1);
    expect(err).toMatch(/200 ms\. --timeout and --idle-timeout say how long it may\.$/m);
    expect(await readdir(cwd)).toEqual([]);
    expect(await run(["get-photo", "--idle-timeout", "x"])).toEqual(
      refused('--idle-timeout must be a number of seconds, not "x".'),
    );
  });
});

describe("what a service says", () => {
  it("is on one line", async () => {
    const body = JSON.stringify({ code: "E\n1", text: "no\r\nSaved to x\n\u2028y", id: "r\nDone." });
    const { run, baseUrl } = await against({ status: 404, type: "application/json", body }, { COMMANDS_TOKEN: token });
    const { code, err } = await run(getPet);
    expect(code).toBe(1);
    expect(err).toBe(`GET ${baseUrl}/pets/{pet-id}: 404 E 1 no Saved to x y. Request id: r Done..\n`);
  });

  it("of a credential leads to where that comes from", async () => {
    const answer: Answer = { status: 401, type: "application/json", body: "{}" };
    const { run, baseUrl } = await against(answer, { COMMANDS_TOKEN: token });
    expect(await run(getPet)).toEqual({
      code: 1,
      out: "",
      err: `GET ${baseUrl}/pets/{pet-id}: 401 Unauthorized. Is what COMMANDS_TOKEN says still good?\n`,
    });
    const open = await run(["get-photo"]);
    expect(open.err).toBe(`GET ${baseUrl}/photo: 401 Unauthorized.\n`);
  });

  it("without words has those of its status", async () => {
    const { run, baseUrl } = await against({ status: 502, type: "text/html", body: "<h1>no</h1>" });
    expect((await run(["get-photo", "--timeout", "5"])).err).toBe(`GET ${baseUrl}/photo: 502 Bad Gateway.\n`);
  });
});

describe("a value", () => {
  it("has a rule in the number that it is about", () => {
    const known = { command: { name: "", operation: {}, flags: [{ name: "a", key: "a" }] } } as unknown as Known;
    const facts = { key: "a", pointer: "", parameter: "a", in: "query", value: "", message: "" } as const;
    const [one, two] = [1, 2].map((limit) => sentencesOf([{ ...facts, rule: "minLength", limit }], known)[0]);
    expect([one, two]).toEqual(["--a must have at least 1 character.", "--a must have at least 2 characters."]);
  });

  it("of a field is asked for in words", async () => {
    const { run } = await against({ status: 204 }, {}, "bodies");
    const { err } = await run(["send-json", "--field", "name=a", "--field", "id=x"]);
    expect(err).toBe('--field id must be an integer, not "x".\n');
  });

  it("that is none of those that are allowed gets one sentence, with the names of the help", async () => {
    const { run, seen } = await against(pet, { COMMANDS_TOKEN: token });
    const sentence = (flag: string) => `--${flag} must be one of asleep, wide-awake, hungry.`;
    const flags = ["--status", "99", "--kinds", "98", "--kinds", "99"];
    expect(await run([...getPet, ...flags])).toEqual(refused(sentence("status"), sentence("kinds")));
    expect(seen).toEqual([]);
  });
});
