import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Violation } from "../../generator/runtime/descriptor.js";
import { makePackages, type Package, type Packages, unchecked } from "./packages.js";
import { type Seen, serve } from "./server.js";

let packages: Packages;
let bodies: Package;

beforeAll(async () => {
  packages = await makePackages(["bodies"], unchecked);
  bodies = await packages.load("bodies");
});
afterAll(() => packages?.remove());

async function send(operation: string, input: object, options: Readonly<object> = {}): Promise<Seen> {
  const { baseUrl, seen } = await serve();
  await bodies.call(bodies.client({ baseUrl, retry: 0, ...options }), operation, input);
  expect(seen).toHaveLength(1);
  return seen[0] as Seen;
}

/** The broken rules, each as `pointer rule`; nothing was sent. */
async function refused(operation: string, input: object, options: Readonly<object> = {}): Promise<readonly string[]> {
  const { baseUrl, seen } = await serve();
  const error = await bodies.call(bodies.client({ baseUrl, ...options }), operation, input).then(
    () => undefined,
    (reason: { readonly name: string; readonly violations: readonly Violation[] }) => reason,
  );
  expect(error?.name).toBe("ValidationError");
  expect(seen).toEqual([]);
  return error?.violations.map(({ key, pointer, rule }) => `${key}${pointer} ${rule}`) ?? [];
}

/** What another implementation reads: undici's. */
const formOf = ({ headers, body }: Seen): Promise<FormData> =>
  new Response(new Uint8Array(body), { headers: { "content-type": headers["content-type"] ?? "" } }).formData();

describe("JSON", () => {
  it("is sent under the media type of the document, dates as text and bigints with every digit", async () => {
    const { headers, body } = await send("sendJson", {
      body: { name: '"}é😀', id: 9007199254740993n, born: new Date(0) },
    });
    expect(headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(body.toString()).toBe('{"name":"\\"}é😀","id":9007199254740993,"born":"1970-01-01T00:00:00.000Z"}');
  });

  it("may be null, and is absent where nothing is given", async () => {
    const { headers, body } = await send("sendPatch", { body: null });
    expect([headers["content-type"], body.toString()]).toEqual(["application/merge-patch+json", "null"]);
    const { headers: none } = await send("sendPatch", {});
    expect([none["content-type"], none["content-length"]]).toEqual([undefined, "0"]);
  });

  it("is refused where it is missing, or has no text", async () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    expect(await refused("sendJson", {})).toEqual(["body required"]);
    expect(await refused("sendJson", { body: circle }, { validate: false })).toEqual(["body json"]);
    expect(await refused("sendPatch", { body: () => {} }, { validate: false })).toEqual(["body json"]);
  });

  it("has no bytes, no numbers that are none, no collections of the language: each is refused where it stands", async () => {
    const lost = [new Blob(["x"]), new Uint8Array(1), Number.NaN, -Infinity, new Map(), new Set([1]), /x/, () => 1];
    const free = { "a/b": [...lost, new Date(Number.NaN)], kept: [new Date(0), Object(1), undefined, null, [{}]] };
    const pointers = free["a/b"].map((_, index) => `body/free/a~1b/${index} json`);
    for (const validate of [true, false]) {
      expect(await refused("sendJsonBytes", { body: { free } }, { validate })).toEqual(pointers);
    }
    const { body } = await send("sendJsonBytes", { body: { data: "text", free: free.kept } });
    expect(body.toString()).toBe('{"data":"text","free":["1970-01-01T00:00:00.000Z",1,null,null,[{}]]}');
    expect(await refused("sendJsonBytes", { body: { data: new Blob(["x"]) } })).toEqual(["body/data json"]);
    expect(await refused("sendJsonBytes", { body: { data: 5 } })).toEqual(["body/data type"]);
  });

  it("a header of the call wins over its media type", async () => {
    const { headers } = await send("sendPatch", { body: {} }, { headers: { "Content-Type": "application/json" } });
    expect(headers["content-type"]).toBe("application/json");
  });
});

describe("a form", () => {
  it("writes each property in the style of its encoding, and what holds others as JSON", async () => {
    const input = {
      name: "a b&c=d+é😀",
      tags: ["1", "2"],
      flat: ["1", "2,3"],
      filter: { "a&b": "c", d: "e" },
      address: { city: "Łódź" },
    };
    const seen = await send("sendForm", { body: input });
    expect(seen.headers["content-type"]).toBe("application/x-www-form-urlencoded");
    expect(seen.body.toString()).toBe(
      [
        "name=a%20b%26c%3Dd%2B%C3%A9%F0%9F%98%80",
        "tags=1&tags=2",
        "flat=1,2%2C3",
        "filter%5Ba%26b%5D=c&filter%5Bd%5D=e",
        "address=%7B%22city%22%3A%22%C5%81%C3%B3d%C5%BA%22%7D",
      ].join("&"),
    );
    expect((await formOf(seen)).get("name")).toBe(input.name);
  });

  it("leaves out what is undefined, null or an empty list", async () => {
    const seen = await send("sendForm", { body: { name: "", tags: [], flat: undefined, filter: null } });
    expect(seen.body.toString()).toBe("name=");
  });

  it("is an object, whatever is validated", async () => {
    for (const body of ["text", ["list"], 5]) {
      expect(await refused("sendForm", { body }, { validate: false })).toEqual(["body type"]);
      expect(await refused("sendParts", { body }, { validate: false })).toEqual(["body type"]);
    }
  });
});

describe("a body of parts", () => {
  const partOf = (value: unknown, options: object): unknown =>
    (bodies.exports.part as (value: unknown, options: object) => unknown)(value, options);
  const lines = ({ body }: Seen) => body.toString("latin1").split("\r\n");

  it("arrives as it was given: texts, JSON, files, lists of files", async () => {
    const bytes = new Uint8Array([0, 13, 10, 255]);
    const seen = await send("sendParts", {
      body: {
        title: "line\nbreak",
        meta: { a: 1 },
        photo: new File([bytes], 'a"b\r\né.png', { type: "image/png" }),
        files: [new Blob(["one"]), bytes],
        tags: ["x", "y"],
      },
    });
    expect(seen.headers["content-type"]).toMatch(/^multipart\/form-data; boundary=\S+$/);
    expect(seen.headers["content-length"]).toBe(String(seen.body.length));
    const form = await formOf(seen);
    expect([...form.keys()]).toEqual(["title", "meta", "photo", "files", "files", "tags", "tags"]);
    expect(form.get("title")).toBe("line\nbreak");
    expect(form.getAll("tags")).toEqual(["x", "y"]);
    expect(JSON.parse(String(form.get("meta")))).toEqual({ a: 1 });
    const photo = form.get("photo") as File;
    expect([photo.type, Buffer.from(await photo.arrayBuffer())]).toEqual(["image/png", Buffer.from(bytes)]);
    const [one, two] = form.getAll("files") as File[];
    expect([await one?.text(), two?.type]).toEqual(["one", "application/octet-stream"]);
  });

  it("says of each part what the encoding says, and no file name of what is no file", async () => {
    const seen = await send("sendParts", { body: { title: "t", meta: { a: 1 }, row: "1;2", photo: new Blob(["p"]) } });
    const heads = lines(seen).filter((line) => /^content-/i.test(line));
    expect(heads).toEqual([
      'Content-Disposition: form-data; name="title"',
      'Content-Disposition: form-data; name="meta"',
      "Content-Type: application/vnd.meta+json",
      'Content-Disposition: form-data; name="row"',
      "Content-Type: text/csv",
      'Content-Disposition: form-data; name="photo"; filename="blob"',
      "Content-Type: application/octet-stream",
    ]);
  });

  it("takes a name, a media type and headers from `part`", async () => {
    const row = partOf("1;2", { headers: { "X-Row": "7" } });
    const photo = partOf(new Blob(["p"], { type: "image/gif" }), { filename: "p.jpg", contentType: "image/jpeg" });
    const seen = await send("sendParts", {
      body: { title: "t", row, photo, files: [partOf("text", { filename: "a.txt" })] },
    });
    expect(lines(seen)).toEqual(expect.arrayContaining(["Content-Type: text/csv", "X-Row: 7"]));
    const form = await formOf(seen);
    expect([form.get("row"), (form.get("photo") as File).name, (form.get("photo") as File).type]).toEqual([
      "1;2",
      "p.jpg",
      "image/jpeg",
    ]);
    expect((form.get("files") as File).name).toBe("a.txt");
  });

  it("no name and no header of a part reaches the next line", async () => {
    const seen = await send(
      "sendParts",
      {
        body: { title: "t", 'x"\r\nX-Evil: 1\r\n\r\n': "v", photo: new File(["p"], '"\r\nX-Evil: 1') },
      },
      { validate: false },
    );
    expect(lines(seen).filter((line) => line.startsWith("X-Evil"))).toEqual([]);
    for (const options of [
      { headers: { "X-A": "a\r\nX-Evil: 1" } },
      { headers: { "X\r\nX-Evil": "1" } },
      { contentType: "a\r\nb" },
    ]) {
      expect(await refused("sendParts", { body: { title: "t", row: partOf("v", options) } })).toEqual([
        "body/row header-value",
      ]);
    }
  });

  it("a part that is no JSON is refused with its place", async () => {
    expect(
      await refused(
        "sendParts",
        {
          body: {
            title: "t",
            "a/b~": [{}, { n: () => 1, c: Symbol }, new Map([[1, 2]])],
            meta: {
              toJSON() {
                throw new Error("secret");
              },
            },
          },
        },
        { validate: false },
      ),
    ).toEqual(["body/a~1b~0/1/n json", "body/a~1b~0/1/c json", "body/a~1b~0/2 json", "body/meta json"]);
  });
});

describe("text and bytes", () => {
  it("are sent as they are", async () => {
    const text = await send("sendText", { body: "ä;b\r\n" });
    expect([text.headers["content-type"], text.body.toString()]).toEqual(["text/csv", "ä;b\r\n"]);
    const bytes = new Uint8Array([1, 0, 255]);
    for (const body of [bytes, bytes.buffer, new Blob([bytes], { type: "image/png" }), new DataView(bytes.buffer)]) {
      const seen = await send("sendBytes", { body });
      expect([seen.headers["content-type"], [...seen.body]]).toEqual(["application/octet-stream", [1, 0, 255]]);
    }
    expect(await refused("sendBytes", { body: { length: 1 } }, { validate: false })).toEqual(["body type"]);
  });

  it("what is sent as text is one, or the number that its schema speaks of", async () => {
    const textOf = async (operation: string, body: unknown) => (await send(operation, { body })).body.toString();
    expect(await textOf("sendNumber", 4n)).toBe("4");
    expect(await textOf("sendMoment", new Date(0))).toBe("1970-01-01T00:00:00.000Z");
    expect(await textOf("sendXml", "<a/>")).toBe("<a/>");
    expect(await refused("sendNumber", { body: 99 })).toEqual(["body maximum"]);
    for (const body of ["4", null]) expect(await refused("sendNumber", { body })).toEqual(["body type"]);
    for (const validate of [true, false]) {
      for (const [operation, body] of [
        ["sendXml", { a: 1 }],
        ["sendText", ["a"]],
        ["sendNumber", null],
        ["sendMoment", new Date(Number.NaN)],
      ] as const) {
        expect((await refused(operation, { body }, { validate })).at(-1), operation).toBe("body type");
      }
    }
  });

  it("parts that the caller wrote go with their boundary", async () => {
    const typeOf = async (body: Blob) => (await send("sendMixed", { body })).headers["content-type"];
    expect(await typeOf(new Blob(["--q--"], { type: "multipart/mixed; boundary=q" }))).toBe(
      "multipart/mixed; boundary=q",
    );
    expect(await typeOf(new Blob(["--q--"], { type: "image/png; boundary=q" }))).toBe("multipart/mixed");
  });

  it("a stream is sent as it comes, and once", async () => {
    const answers = await serve({ status: 503 });
    const stream = () =>
      new ReadableStream({
        pull(controller) {
          controller.enqueue(new TextEncoder().encode("chunk"));
          controller.close();
        },
      });
    const client = bodies.client({ baseUrl: answers.baseUrl, retry: { limit: 2, minDelay: 1 } });
    const { status } = await bodies.call(client, "sendBytes", { body: stream() }).result();
    expect([status, answers.seen.map(({ body }) => body.toString())]).toEqual([503, ["chunk"]]);
    await bodies.call(client, "sendBytes", { body: new Blob(["blob"]) }).result();
    expect(answers.seen.slice(1).map(({ body }) => body.toString())).toEqual(["blob", "blob", "blob"]);
  });

  it("the media type of a range is the caller's, else the Blob's own", async () => {
    const typeOf = async (input: object) => (await send("sendImage", input)).headers["content-type"];
    expect(await typeOf({ body: new Blob(["p"], { type: "image/png" }) })).toBe("image/png");
    expect(await typeOf({ body: new Blob(["p"]), contentType: "image/gif" })).toBe("image/gif");
    expect(await typeOf({ body: new Uint8Array(1) })).toBe("application/octet-stream");
    expect(await refused("sendImage", { body: new Blob([]), contentType: "image/png\r\nX-Evil: 1" })).toEqual([
      "contentType enum",
      "contentType header-value",
    ]);
    for (const contentType of ["image/*", "image/", "text/plain", 7]) {
      expect((await refused("sendImage", { body: new Blob([]), contentType }))[0]).toMatch(/^contentType (enum|type)$/);
    }
  });
});

describe("several media types", () => {
  it("the caller picks one; the first is meant otherwise", async () => {
    const sent = async (input: object) => {
      const { headers, body } = await send("sendChoice", input);
      return [headers["content-type"], body.toString()];
    };
    expect(await sent({ body: { name: "a" } })).toEqual(["application/json", '{"name":"a"}']);
    expect(await sent({ contentType: "text/plain", body: "a" })).toEqual(["text/plain", "a"]);
    expect(await sent({ contentType: "image/png", body: new Blob(["p"]) })).toEqual(["image/png", "p"]);
  });

  it("one in a range of JSON is JSON", async () => {
    const { headers, body } = await send("sendVendor", { contentType: "application/vnd.a+json", body: { a: "b" } });
    expect([headers["content-type"], body.toString()]).toEqual(["application/vnd.a+json", '{"a":"b"}']);
    for (const contentType of ["application/*+json", "application/+json", "application/jsonp"]) {
      expect(await refused("sendVendor", { contentType, body: { a: "b" } })).toEqual(["contentType enum"]);
    }
  });

  it("is what names it, before a range that holds it, whatever their order", async () => {
    const sent = async (contentType: string, body: unknown) => {
      const request = await send("sendRanges", { contentType, body });
      return [request.headers["content-type"], request.body.toString()];
    };
    expect(await sent("application/json", { a: 1 })).toEqual(["application/json", '{"a":1}']);
    expect(await sent("application/x", "a")).toEqual(["application/x", "a"]);
    expect(await sent("image/png", new Blob(["p"]))).toEqual(["image/png", "p"]);
    expect(await refused("sendRanges", { contentType: "application/x", body: 7 })).toEqual(["body type"]);
  });

  it("is no input where `fetch` sends no body", async () => {
    expect(bodies.descriptor("getWithBody").parameters).toEqual([]);
  });
});

describe("middleware", () => {
  const stream = () => new Blob(["s"]).stream();
  it.each<readonly [string, string, () => object]>([
    ["JSON", "sendJson", () => ({ body: { name: "é", id: 1 } })],
    ["null", "sendPatch", () => ({ body: null })],
    ["nothing", "sendPatch", () => ({})],
    ["a form", "sendForm", () => ({ body: { name: "a b", tags: ["1", "2"] } })],
    ["parts", "sendParts", () => ({ body: { title: "t", photo: new Blob(["p"], { type: "image/png" }) } })],
    ["text", "sendText", () => ({ body: "ä" })],
    ["bytes", "sendBytes", () => ({ body: new Uint8Array([0, 255]) })],
    ["a stream", "sendBytes", () => ({ body: stream() })],
  ])("that does nothing changes nothing of a request: %s", async (_, operation, input) => {
    const { baseUrl, seen } = await serve();
    for (const middleware of [[], [{ onRequest() {} }]]) {
      const client = bodies.client({ baseUrl, retry: 0, headers: { "X-Site": "1" } });
      (client as { readonly raw: { readonly use: (...all: readonly object[]) => void } }).raw.use(...middleware);
      await bodies.call(client, operation, input());
    }
    const [direct, watched] = seen.map(({ method, target, headers, body }) => {
      const text = JSON.stringify({ method, target, headers, body: body.toString("latin1") });
      // Each has one of its own.
      const boundary = /boundary=([^"\\]+)/.exec(text)?.[1];
      return boundary === undefined ? text : text.replaceAll(boundary, "boundary");
    });
    expect(direct).toContain('"x-site":"1"');
    expect(watched).toBe(direct);
  });
});
