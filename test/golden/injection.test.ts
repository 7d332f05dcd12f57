/** Documents whose every text would like to be code: their packages hold it as text. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePackages, type Packages, unchecked } from "./packages.js";
import { serve } from "./server.js";

let packages: Packages;
const before = new Set(Reflect.ownKeys(globalThis));

beforeAll(async () => {
  packages = await makePackages(["injection", "injection-names", "injection-enums"], unchecked);
});
afterAll(() => packages?.remove());

const fileOf = async (name: string, path: string): Promise<string> => (await packages.files(name)).get(path) ?? "";

describe("the packages", () => {
  it("are written, and their import adds nothing to anything", async () => {
    for (const [name, { outcome }] of packages.results) {
      expect({ name, outcome }).toEqual({ name, outcome: "written" });
      await packages.load(name);
    }
    expect(Reflect.ownKeys(globalThis).filter((key) => !before.has(key))).toEqual([]);
    expect(Reflect.ownKeys(Object.prototype)).toHaveLength(12);
  });

  it("hold the documents as they are, and no file that a document chose the place of", async () => {
    for (const [name] of packages.results) {
      const files = await packages.files(name);
      expect([...files.keys()].filter((path) => !/^[\w.]+$|^src\/([a-z]+\/){0,2}[a-z\d-]+\.ts$/.test(path))).toEqual(
        [],
      );
    }
    const { info } = JSON.parse(await fileOf("injection", "openapi.json"));
    expect(info.title).toBe("notes */ globalThis.PWN=1; /*");
    expect(JSON.parse(await fileOf("injection", "package.json"))).toMatchObject({
      description: "``` # [x](javascript:globalThis.PWN=3) <script>globalThis.PWN=4</script> ![y](//evil.example/z)",
      exports: { ".": { default: "./dist/index.js" } },
    });
  });
});

describe("injection", () => {
  it("has every text where it belongs, and on the wire", async () => {
    const { exports, client, call, descriptor } = await packages.load("injection");
    expect(Object.values(exports.Kind as object)).toEqual([
      "a'];globalThis.PWN=17;//",
      "b\\",
      "*/",
      "`$" + "{1}`",
      "line\u2028sep",
    ]);
    expect(Object.values(exports.kindLabels as object).slice(0, 2)).toEqual([
      "*/ globalThis.PWN=19 /*",
      "ok\n}\n(globalThis as any).PWN = 20;\nexport enum Z {",
    ]);
    expect(descriptor("readGlobalThisPwn7")).toMatchObject({
      operationId: "read */ globalThis.PWN=7; /*",
      path: "/a','b'+(globalThis.PWN=6)+'",
      parameters: [{ name: "q']: 1; x['" }],
    });
    const { baseUrl, seen } = await serve({ status: 200, type: "application/json", body: '"*/"' });
    expect(await call(client({ baseUrl }), "readGlobalThisPwn7", { q1X: "$&" })).toBe("*/");
    expect(decodeURIComponent(seen[0]?.target ?? "")).toBe("/a','b'+(globalThis.PWN=6)+'?q']: 1; x['=$&");
  });

  it("has a README without HTML, links, pictures, or a block that swallows the rest", async () => {
    const readme = await fileOf("injection", "README.md");
    const outside = readme.replace(/^```ts\n.*?^```$/gms, "").replace(/(?<![`\\])`[^`\n]+`/g, "");
    expect(outside).not.toMatch(/<[a-z!/]|(?<!\\)\[|^\s*~~~|javascript:(?!globalThis\.PWN=3|b)/im);
    expect(readme).toContain("\\`\\`\\` # \\[x\\](javascript:globalThis.PWN=3) &lt;script>");
    expect(readme).toContain("\\~~~ end */ globalThis.PWN=8; /*");
    const [row] = readme.split("\n").filter((line) => line.startsWith("| `q1X`"));
    expect(row?.split(/(?<!\\)\|/)).toHaveLength(6);
    expect(row).toContain("a\\\\\\| b");
    expect(readme.match(/^```/gm)).toHaveLength(4);
  });
});

describe("injection-names", () => {
  it("names that every object has are names like others, in the descriptor and on the wire", async () => {
    const { client, call } = await packages.load("injection-names");
    const { baseUrl, seen } = await serve({
      status: 400,
      type: "application/json",
      body: '{"constructor":"c","toString":"t"}',
    });
    const target = client({ baseUrl, retry: 0 });
    const failed = call(target, "constructor", { proto: "p", queryConstructor: "q", headerConstructor: "h" });
    await expect(failed).rejects.toMatchObject({ name: "HttpError", code: "c", requestId: undefined });
    expect(seen[0]).toMatchObject({ target: "/x?__proto__=p&%24query_constructor=q", headers: { constructor: "h" } });
    await call(target, "proto", { proto: "__proto__" }).result();
    expect(seen[1]?.target).toBe("/y/__proto__");
    await expect(call(target, "constructor", {})).rejects.toMatchObject({ code: "c" });
    expect(seen[2]?.target).toBe("/x");
  });

  it("tables have no prototype, and nothing that nobody wrote", async () => {
    const { exports } = await packages.load("injection-names");
    const [values, labels] = [exports.Prototype, exports.prototypeLabels] as readonly Readonly<
      Record<string, string>
    >[];
    expect([values, labels].map((table) => Object.getPrototypeOf(table))).toEqual([null, null]);
    expect(Object.entries(values ?? {})).toEqual([
      ["toString", "constructor"],
      ["Proto", "__proto__"],
      ["constructor", "hasOwnProperty"],
    ]);
    expect(Object.entries(labels ?? {})).toEqual([
      ["constructor", "one"],
      ["__proto__", "two"],
      ["hasOwnProperty", "three"],
    ]);
    expect([labels?.toString, labels?.valueOf]).toEqual([undefined, undefined]);
  });
});

describe("injection-enums", () => {
  it("each value has a name of its own; what has none is no member", async () => {
    const { exports } = await packages.load("injection-enums");
    const entries = (name: string) => Object.entries(exports[name] as object);
    expect(exports.Op).toBeUndefined();
    expect(entries("Zone")).toEqual([
      ["EtcGmt1", "Etc/GMT+1"],
      ["EtcGmt12", "Etc/GMT-1"],
      ["EtcGmt13", "Etc/GMT_1"],
      ["EtcGmt14", "etc/gmt+1"],
    ]);
    expect(entries("Few")).toEqual([
      ["MINUS", -1],
      ["ZERO", 0],
      ["ONE", 1],
      ["MORE", 1.5],
    ]);
    expect(entries("Mixed")).toEqual([
      ["A", "a"],
      ["One", 1],
    ]);
    expect(entries("Twice")).toEqual([
      ["A", "a"],
      ["B", "a"],
    ]);
    expect(exports.Code).toBeUndefined();
  });
});
