/** The command line of packages, as processes of their own, against a real server. */
import { execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandsOf, start } from "./cli.js";
import { makePackages, type Packages, unchecked } from "./packages.js";
import { type Answer, type Seen, serve } from "./server.js";

const token = "token-that-must-not-show";

let packages: Packages;
beforeAll(async () => {
  packages = await makePackages(["commands", "bodies", "pagination", "security", "streams"], unchecked);
});
afterAll(() => packages?.remove());

const programOf = (name: string): string => join(packages.folder(name), "cli.js");

const against = (name: string, answer: Answer | ((request: Seen) => Answer), env?: Readonly<Record<string, string>>) =>
  commandsOf(packages, name, answer, env);

const done: Answer = { status: 204 };
const pet: Answer = { status: 200, type: "application/json", body: '{"name":"Ada","eyes":2}' };
const kennel = { COMMANDS_TOKEN: token };

describe("the input of a command", () => {
  it("comes from flags of each type, and travels as the function sends it", async () => {
    const { run, seen } = await against("commands", pet, kennel);
    const flags = [
      ...["--pet-id=-9007199254740993", "--query-out", "abc", "--query-no-sound", "x", "--no-sound", "--ratio", "1.5"],
      ...["--kinds", "wide-awake", "--kinds", "12", "--size", "small", "--filter", '{"a":"b c"}'],
      ...["--status", "HUNGRY", "--a-xy", "1", "--query-a-xy", "2"],
    ];
    expect(await run(["get-pet", ...flags])).toEqual({
      code: 0,
      out: '{\n  "name": "Ada",\n  "eyes": 2\n}\n',
      err: "",
    });
    expect(seen.map(({ target }) => target)).toEqual([
      "/pets/-9007199254740993?out=abc&sound=false&no-sound=x&status=12&kinds=1&kinds=12&ratio=1.5&size=small&filter%5Ba%5D=b%20c&aX_y=1&aXy=2",
    ]);
    expect(seen[0]?.headers["x-token"]).toBe(token);
  });

  it("is told in full where it is wrong, with exit code 2, and nothing is sent", async () => {
    const { run, seen } = await against("commands", pet, kennel);
    const wrong = [
      "--ratio",
      "much",
      "--status",
      "gone",
      "--filter",
      "{",
      "--timeout",
      "soon",
      "--sound",
      "--no-sound",
    ];
    const { code, out, err } = await run(["get-pet", ...wrong]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err.trimEnd().split("\n")).toEqual([
      '--timeout must be a number of seconds, not "soon".',
      "--sound and --no-sound cannot both be.",
      '--status must be one of asleep, wide-awake, hungry, not "gone".',
      '--ratio must be a number, not "much".',
      '--filter must be JSON, not "{".',
      "--pet-id is required.",
    ]);
    const broken = await run([
      "get-pet",
      "--pet-id",
      "1",
      "--query-out",
      "long",
      "--kinds",
      "0",
      "--kinds",
      "1",
      "--kinds",
      "1",
    ]);
    expect(broken).toEqual({
      code: 2,
      out: "",
      err: "--query-out must have at most 3 characters.\n--kinds must be given at most 2 times.\n",
    });
    expect(seen).toEqual([]);
    expect((await run(["get-pet", "--pet-id", "1", "--query-out", "long", "--no-validate"])).code).toBe(0);
  });

  it.each([
    [["get-pat"], "There is no command get-pat; did you mean get-pet?\n"],
    [["something"], "There is no command something; commands --help lists all.\n"],
    [["get-pet", "--pet", "1"], "There is no flag --pet; did you mean --pet-id?\n"],
    [["get-pet", "--ratio"], "--ratio needs a value; one that begins with a dash is written --ratio=-1.\n"],
    [["get-pet", "--sound=yes"], "--sound takes no value.\n"],
    [["get-pet", "1"], "Unexpected argument '1'.\n"],
  ])("cannot be understood: %j", async (args, sentence) => {
    const { run } = await against("commands", pet, kennel);
    const { code, out, err } = await run(args);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(sentence.trimEnd());
    expect(err.trimEnd().split("\n")).toHaveLength(1);
  });
});

describe("help", () => {
  it.each(["commands", "security"])("and the README of %s name the same variables", async (name) => {
    const readme = (await packages.files(name)).get("README.md") ?? "";
    const read = [...readme.matchAll(/\b([A-Z_]+) = ""/g)].map(([, variable]) => variable);
    expect(read).toHaveLength(1);
    const { run } = await against(name, pet);
    expect((await run(["--help"])).out.match(/^ {2}[A-Z_]+(?= )/gm)?.map((row) => row.trim())).toEqual(
      expect.arrayContaining(read),
    );
  });

  it("lists the commands by tag, and the variables", async () => {
    const { run } = await against("commands", pet);
    const { code, out } = await run(["--help"]);
    expect(code).toBe(0);
    expect(out).toBe(`commands 0.0.0: Kennel [31m of *all*
Pets, told one by one.

Usage
  commands <command> [flags]
  commands <command> --help
  commands --version

Commands: Pets
  get-pet  Read [2Jone pet

Commands: Notes
  get-xy
  get-xy2

Commands
  get-photo
  get-picture

Environment
  COMMANDS_TOKEN       the credential: sent in the header \`X-Token\`. Given by
                       the warden.
  COMMANDS_TOKEN_FILE  or the name of a file that holds it
  COMMANDS_BASE_URL    where the service is, without --base-url

Exit codes
  0    done
  1    it did not work, or not to the end: no file is half there
  2    it cannot be done as it was asked for: nothing was sent
  130  stopped, by Ctrl-C
`);
    expect(await run(["help"])).toEqual({ code: 0, out, err: "" });
    expect(await run(["help", "get-pet"])).toEqual(await run(["get-pet", "--help"]));
    expect((await run(["--version"])).out).toBe("0.0.0\n");
    expect(await run([])).toMatchObject({ code: 2, out: "" });
  });

  it("of a command says all of its flags: required ones first, with type, bounds, default, values and labels", async () => {
    const { run } = await against("commands", pet);
    const { code, out } = await run(["get-pet", "--help"]);
    expect(code).toBe(0);
    const [about, rest = ""] = out.split("\nUsage\n");
    expect(about).toBe("Read [2Jone pet\n\nWhat is known of a pet.\n\n- One line\n- another line\n");
    expect(rest.split("\nOutput\n")[0]).toBe(`  commands get-pet --pet-id <integer> [flags]

Example
  commands get-pet --pet-id 7

Required
  --pet-id <integer>  Its id [31m .
                      int64

Optional
  --query-out <text>       What is out; at most 3 characters.
  --[no-]sound             default: true
  --query-no-sound <text>
  --status <name>          by name or by value
                             asleep      0   asleep
                             wide-awake  1   wide awake (醒)
                             hungry      12  hungry
  --kinds <name>…          at most 2 items; by name or by value; may be given
                           several times
                             asleep      0   asleep
                             wide-awake  1   wide awake (醒)
                             hungry      12  hungry
  --ratio <number>         at least 0
  --size <value>           one of small, large
  --filter <json>
  --a-xy <text>
  --query-a-xy <text>      deprecated
`);
    for (const flag of ["--out", "--json", "--base-url", "--timeout", "--idle-timeout", "--no-validate"])
      expect(rest).toContain(`  ${flag}`);
    expect(Math.max(...out.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(80);
  });
});

describe("credentials", () => {
  it("come from a variable, or from a file that is read without its line break", async () => {
    const { run, seen, cwd, variables } = await against("commands", pet);
    const missing = await run(["get-pet", "--pet-id", "1"]);
    expect(missing).toMatchObject({ code: 2, out: "" });
    expect(missing.err).toContain("COMMANDS_TOKEN_FILE");
    await writeFile(join(cwd, "token"), `${token}\n`);
    const env = { ...variables, COMMANDS_TOKEN_FILE: "token" };
    expect((await start(programOf("commands"), ["get-pet", "--pet-id", "1"], { cwd, env }).ended).code).toBe(0);
    expect(seen.map(({ headers }) => headers["x-token"])).toEqual([token]);
    const lost = await start(programOf("commands"), ["get-pet", "--pet-id", "1"], {
      cwd,
      env: { ...variables, COMMANDS_TOKEN_FILE: "lost" },
    }).ended;
    expect(lost).toEqual({ code: 2, out: "", err: "COMMANDS_TOKEN_FILE names lost: there is no such file.\n" });
  });

  it("are a user name and a password where they must be, and there is no need of them where there is none", async () => {
    const { run, seen } = await against("security", done, {
      SECURITY_USER_USERNAME: "ada",
      SECURITY_USER_PASSWORD: "p:w",
    });
    expect((await run(["by-name"])).code).toBe(0);
    expect((await run(["open"])).code).toBe(0);
    expect(seen.map(({ headers }) => headers.authorization)).toEqual([`Basic ${btoa("ada:p:w")}`, undefined]);
    expect((await run(["by-all"])).err).toContain("SECURITY_KEY");
  });

  it("of other commands are none of a command's business, but those of each of its alternatives are", async () => {
    const user = { SECURITY_USER_USERNAME: "ada", SECURITY_USER_PASSWORD: "p:w" };
    const other = await against("security", done, { ...user, SECURITY_URL_FILE: "lost" });
    expect((await other.run(["open"])).code).toBe(0);
    expect((await other.run(["by-must"])).code).toBe(0);
    expect(other.seen.map(({ headers }) => headers.authorization)).toEqual([undefined, `Basic ${btoa("ada:p:w")}`]);
    const own = await against("security", done, { ...user, SECURITY_TOKEN_FILE: "lost" });
    const err = "SECURITY_TOKEN_FILE names lost: there is no such file.\n";
    expect(await own.run(["by-must"])).toEqual({ code: 2, out: "", err });
  });

  it("are in no error, whatever the service says; the code, the message and the request id are", async () => {
    const body = { code: "E.1", text: `No ${token} \u001B[2Jhere`, id: "r-7" };
    const answer: Answer = { status: 404, type: "application/json", body: JSON.stringify(body) };
    const { run, baseUrl, cwd } = await against("commands", answer, kennel);
    const { code, out, err } = await run(["get-pet", "--pet-id", "1"]);
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toBe(`GET ${baseUrl}/pets/{pet-id}: 404 E.1 No [redacted] \\u001b[2Jhere. Request id: r-7.\n`);
    const asJson = await run(["get-pet", "--pet-id", "1", "--json"]);
    expect(asJson).toMatchObject({ code: 1, out: "" });
    expect(JSON.parse(asJson.err)).toEqual({
      error: {
        name: "HttpError",
        operationId: "getPet",
        status: 404,
        code: "E.1",
        requestId: "r-7",
        message: `GET ${baseUrl}/pets/{pet-id}: 404 E.1 No [redacted] \u001B[2Jhere. Request id: r-7.`,
      },
    });
    expect(err + asJson.err).not.toContain(token);
    expect(await readdir(cwd)).toEqual([]);
  });

  it("of a service that is not there, either", async () => {
    const { run } = await against("commands", pet, kennel);
    const { code, err } = await run(["get-pet", "--pet-id", "1", "--base-url", "http://127.0.0.1:9"]);
    expect(code).toBe(1);
    expect(err).toMatch(/^GET http:\/\/127\.0\.0\.1:9\/pets[^\n]*\.\n$/);
  });
});

describe("a body", () => {
  it("is JSON: on the command line, in a file, from the standard input, or field by field", async () => {
    const { run, seen, cwd } = await against("bodies", done);
    await writeFile(join(cwd, "pet.json"), '\uFEFF{"name":"file"}');
    expect((await run(["send-json", "--body", '{"name":"text"}'])).code).toBe(0);
    expect((await run(["send-json", "--body", "@pet.json"])).code).toBe(0);
    expect((await run(["send-json", "--body", "-"], '{"name":"input"}')).code).toBe(0);
    expect((await run(["send-json", "--field", "name=1", "--field", "id=2", "--query-body", "q"])).code).toBe(0);
    expect(seen.map(({ body }) => String(body))).toEqual([
      '{"name":"text"}',
      '{"name":"file"}',
      '{"name":"input"}',
      '{"name":"1","id":2}',
    ]);
    expect(seen[3]?.target).toBe("/json?body=q");
    expect(await run(["send-json"])).toEqual({ code: 2, out: "", err: "--body is required.\n" });
    expect((await run(["send-json", "--body", "pet.json"])).err).toBe(
      "--body is no JSON; a file is written --body @file.\n",
    );
    expect((await run(["send-json", "--body", "@lost.json"])).err).toBe(
      "lost.json cannot be read: there is no such file.\n",
    );
    expect((await run(["send-json", "--field", "name=much too long"])).err).toBe(
      "--body (at /name) must have at most 10 characters.\n",
    );
    expect(seen).toHaveLength(4);
  });

  it("is a form, parts with files, bytes, text, or one of several", async () => {
    const { run, seen, cwd } = await against("bodies", done);
    const photo = Buffer.from([0, 255, 10]);
    await writeFile(join(cwd, "cat.png"), photo);
    const form = [
      "--field",
      "name=@@ada",
      "--field",
      "tags=a b",
      "--field",
      "tags=c",
      "--field",
      'address={"city":"Ulm"}',
    ];
    expect((await run(["send-form", ...form])).code).toBe(0);
    const parts = [
      "--body",
      '{"title":"t"}',
      "--field",
      "photo=@cat.png",
      "--field",
      "files=@cat.png",
      "--field",
      "row=r",
    ];
    expect((await run(["send-parts", ...parts])).code).toBe(0);
    expect((await run(["send-bytes", "--body", "@cat.png"])).code).toBe(0);
    expect((await run(["send-text", "--body", "a,b"])).code).toBe(0);
    expect((await run(["send-choice", "--content-type", "image/webp", "--body", "@cat.png"])).code).toBe(0);
    const [first, second, third, fourth, fifth] = seen;
    expect(String(first?.body)).toBe("name=%40ada&tags=a%20b&tags=c&address=%7B%22city%22%3A%22Ulm%22%7D");
    expect(second?.body.includes('name="photo"; filename="cat.png"')).toBe(true);
    expect(second?.body.includes(photo)).toBe(true);
    expect(third?.body.equals(photo)).toBe(true);
    expect(String(fourth?.body)).toBe("a,b");
    expect([fifth?.headers["content-type"], fifth?.body.equals(photo)]).toEqual(["image/webp", true]);
    expect((await run(["send-bytes", "--body", "cat.png"])).err).toBe(
      "--body must be @file, or - for the standard input.\n",
    );
    expect((await run(["send-parts", "--help"])).out).toContain("photo=<@file>");
    expect((await run(["send-choice", "--help"])).out).toContain("--content-type");
  });
});

describe("an answer", () => {
  it("that is a file is saved under its own name, in a directory that is made, or under a given one", async () => {
    const photo = Buffer.from([0, 255, 10, 13]);
    const headers = { "content-disposition": "attachment; filename*=UTF-8''..%2F%E7%8C%AB.png" };
    const { run, cwd } = await against("commands", { status: 200, type: "image/png", headers, body: photo });
    expect(await run(["get-photo"])).toEqual({ code: 0, out: "猫.png\n", err: "" });
    expect(await run(["get-photo", "--out", "new/folder/"])).toMatchObject({ code: 0, out: "new/folder/猫.png\n" });
    expect(JSON.parse((await run(["get-photo", "--out", "cat.png", "--json"])).out)).toEqual({
      path: "cat.png",
      name: "猫.png",
      type: "image/png",
      bytes: 4,
    });
    for (const path of ["猫.png", "new/folder/猫.png", "cat.png"]) {
      expect(photo.equals(await readFile(join(cwd, path))), path).toBe(true);
    }
    const command = [programOf("commands"), "get-photo", "--out", "-"];
    const { baseUrl } = await serve({ status: 200, type: "image/png", body: photo });
    const { stdout } = await promisify(execFile)(process.execPath, [...command, "--base-url", baseUrl], {
      encoding: "buffer",
    });
    expect(photo.equals(stdout)).toBe(true);
    expect((await readdir(cwd)).sort()).toEqual(["cat.png", "new", "猫.png"]);
  });

  it("that is text or data is written as it is, or saved", async () => {
    const { run, cwd } = await against("commands", { status: 200, type: "text/plain", body: "a\u001B[1m\r\nb" });
    expect(await run(["get-xy"])).toEqual({ code: 0, out: "a\u001B[1m\r\nb", err: "" });
    expect((await run(["get-xy", "--json"])).out).toBe('"a\\u001b[1m\\r\\nb"\n');
    expect((await run(["get-xy", "--out", "."])).out).toBe("get-xy.txt\n");
    expect(await readFile(join(cwd, "get-xy.txt"), "utf8")).toBe("a\u001B[1m\r\nb");
    const nothing = await against("commands", done);
    expect(await nothing.run(["get-xy2"])).toEqual({ code: 0, out: "", err: "" });
    expect((await nothing.run(["get-xy2", "--json"])).out).toBe("null\n");
    const data = await against("commands", pet, kennel);
    expect((await data.run(["get-pet", "--pet-id", "1", "--json"])).out).toBe('{"name":"Ada","eyes":2}\n');
  });
});

describe("what comes in pages or in pieces", () => {
  it("is a page, or with --all the items of all, a line each", async () => {
    const pages: readonly Answer[] = [
      { status: 200, type: "application/json", body: '{"data":[{"id":1},{"id":2}],"meta":{"next_cursor":"n"}}' },
      { status: 200, type: "application/json", body: '{"data":[{"id":3}],"meta":{}}' },
    ];
    const answer = ({ target }: Seen): Answer => pages[target.includes("page-cursor=n") ? 1 : 0] ?? done;
    const { run, seen, cwd } = await against("pagination", answer);
    expect(JSON.parse((await run(["list-pets"])).out)).toEqual({
      data: [{ id: 1 }, { id: 2 }],
      meta: { next_cursor: "n" },
    });
    expect(await run(["list-pets", "--all", "--kind", "cat"])).toEqual({
      code: 0,
      out: '{"id":1}\n{"id":2}\n{"id":3}\n',
      err: "",
    });
    expect(seen.map(({ target }) => target)).toEqual(["/pets", "/pets?kind=cat", "/pets?page-cursor=n&kind=cat"]);
    expect((await run(["list-pets", "--all", "--out", "pets.jsonl"])).out).toBe("pets.jsonl\n");
    expect(await readFile(join(cwd, "pets.jsonl"), "utf8")).toBe('{"id":1}\n{"id":2}\n{"id":3}\n');
  });

  it("that lead to a page that the contract lets nobody ask for are the service's fault, not the input's", async () => {
    const toys = JSON.stringify({ toys: Array(101).fill({ id: 1 }) });
    const { run, seen } = await against("pagination", { status: 200, type: "application/json", body: toys });
    const { code, err } = await run(["list-toys", "--all"]);
    expect({ code, err }).toEqual({
      code: 1,
      err: "GET /toys: the next page cannot be asked for: `skip` breaks maximum: 100.\n",
    });
    expect(seen).toHaveLength(1);
    expect((await run(["list-toys", "--all", "--skip", "101"])).code).toBe(2);
  });

  it("is a line of JSON for each event, as it arrives", async () => {
    const { run } = await against("streams", {
      status: 200,
      type: "text/event-stream",
      body: ['data: {"n":1}\n\n', 'event: tick\ndata: {"n":2}\n\n'],
    });
    const { code, out } = await run(["events"]);
    expect(code).toBe(0);
    expect(
      out
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { event: "message", data: { n: 1 }, id: "" },
      { event: "tick", data: { n: 2 }, id: "" },
    ]);
  });
});
