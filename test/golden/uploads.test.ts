/** Bodies that a caller has as a whole: forms of the platform, files, what was written elsewhere. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { broken } from "./broken.js";
import { makePackages, type Package, type Packages, unchecked } from "./packages.js";
import { type Seen, serve } from "./server.js";

let packages: Packages;
let uploads: Package;

beforeAll(async () => {
  packages = await makePackages(["uploads"], unchecked);
  uploads = await packages.load("uploads");
});
afterAll(() => packages?.remove());

async function send(operation: string, body: unknown, options: Readonly<object> = {}): Promise<Seen> {
  const { baseUrl, seen } = await serve();
  await uploads.call(uploads.client({ baseUrl, retry: 0, ...options }), operation, { body });
  return seen[0] as Seen;
}

async function refused(operation: string, body: unknown, options: Readonly<object> = {}): Promise<readonly string[]> {
  const { baseUrl, seen } = await serve();
  const rules = await broken(uploads.call(uploads.client({ baseUrl, ...options }), operation, { body }));
  expect(seen).toEqual([]);
  return rules;
}

const told = () =>
  (packages.results.get("uploads")?.diagnostics ?? [])
    .filter(({ code }) => code === "coverage-not-honoured")
    .map(({ message }) => message);

describe("a form", () => {
  it("that keeps its fields within is refused, whatever is validated: none of them would be sent", async () => {
    const form = new FormData();
    form.append("a", "1");
    const others = [form, new Map([["a", 1]]), new URLSearchParams("a=1"), new Blob(["a"]), new Uint8Array(1)];
    for (const operation of ["sendFreeParts", "sendNamedParts", "sendForm"]) {
      for (const validate of [true, false]) {
        for (const body of others) {
          expect(await refused(operation, body, { validate }), operation).toEqual(["body type"]);
        }
      }
    }
  });

  it("may be of a class, or of no prototype", async () => {
    class Fields {
      readonly a = "1";
    }
    for (const body of [new Fields(), Object.assign(Object.create(null), { a: "1" })]) {
      expect((await send("sendForm", body)).body.toString()).toBe("a=1");
    }
  });

  it("whose schema is bytes or a text is written by the caller", async () => {
    const text = '--q\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--q--\r\n';
    const { headers, body } = await send(
      "sendWrittenParts",
      new Blob([text], { type: "multipart/form-data; boundary=q" }),
    );
    expect([headers["content-type"], body.toString()]).toEqual(["multipart/form-data; boundary=q", text]);
    expect(await refused("sendWrittenParts", { a: "b" })).toEqual(["body type"]);
    const form = await send("sendWrittenForm", "a=1&b=2");
    expect([form.headers["content-type"], form.body.toString()]).toEqual([
      "application/x-www-form-urlencoded",
      "a=1&b=2",
    ]);
    expect(await refused("sendWrittenForm", "a=1&b=23")).toEqual(["body maxLength"]);
  });

  it("that is no object is told, as are bounds of what may be bytes", () => {
    expect(told()).toEqual([
      "`multipart/form-data`: its parts have no names, so the caller gives its bytes and its boundary",
      "the schema of a form, `multipart/form-data`, can be no object, so that no value of it can be sent",
      "the schema of a body of `application/xml` is not used: it is given as bytes, and not checked",
    ]);
  });
});

it("a field of a form whose encoding names JSON is one text of it", async () => {
  const input = { text: "x", list: [1, 2], plain: "y", styled: [3, 4] };
  const { body } = await send("sendJsonFields", input);
  expect(body.toString()).toBe("text=%22x%22&list=%5B1%2C2%5D&plain=y&styled=3,4");
  const none = await send("sendJsonFields", { text: null, list: [], plain: undefined }, { validate: false });
  expect(none.body.toString()).toBe("list=%5B%5D");
});

it("a part whose text encodes bytes says so, and is read as those", async () => {
  const input = { icon: "aWNvbg==", one: "b25l", many: ["dHdv", "dGhyZWU="], text: "Zm91cg==" };
  const seen = await send("sendEncodedParts", input);
  const lines = seen.body.toString().split("\r\n");
  const bytes = ["Content-Type: application/octet-stream", "Content-Transfer-Encoding: base64"];
  expect(lines.filter((line) => line.startsWith("Content-T"))).toEqual([
    "Content-Type: image/png",
    "Content-Transfer-Encoding: base64",
    ...[bytes, bytes, bytes].flat(),
  ]);
  const type = seen.headers["content-type"] ?? "";
  const form = await new Response(new Uint8Array(seen.body), { headers: { "content-type": type } }).formData();
  expect([form.get("icon"), form.get("one"), form.getAll("many"), form.get("text")]).toEqual([
    "icon",
    "one",
    ["two", "three"],
    "Zm91cg==",
  ]);
});

describe("a text that its schema takes for a file", () => {
  it("is sent from whatever holds it", async () => {
    const bytes = new TextEncoder().encode("ä;b");
    for (const body of ["ä;b", bytes, bytes.buffer, new Blob([bytes]), new Blob([bytes]).stream()]) {
      const seen = await send("sendTable", body);
      expect([seen.headers["content-type"], seen.body.toString()]).toEqual(["text/csv", "ä;b"]);
    }
    const { headers } = await send("sendTable", new Blob([bytes], { type: "text/csv; charset=utf-8" }));
    expect(headers["content-type"]).toBe("text/csv; charset=utf-8");
    for (const body of [{ a: 1 }, ["a"], 5]) expect(await refused("sendTable", body)).toEqual(["body type"]);
  });

  it("stands beside others that are texts only", async () => {
    const { baseUrl, seen } = await serve();
    const client = uploads.client({ baseUrl });
    await uploads.call(client, "sendMarkup", { body: new Blob(["<a/>"]) });
    await uploads.call(client, "sendMarkup", { contentType: "text/plain", body: "abc" });
    expect(seen.map(({ body }) => body.toString())).toEqual(["<a/>", "abc"]);
    const input = { contentType: "text/plain", body: new Blob(["abc"]) };
    expect(await broken(uploads.call(client, "sendMarkup", input))).toEqual(["body type"]);
  });
});
