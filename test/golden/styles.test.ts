/** Each parameter in the style that the document gives it, as it is sent. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { broken } from "./broken.js";
import { makePackages, type Package, type Packages, unchecked } from "./packages.js";
import { serve } from "./server.js";

let packages: Packages;
let styles: Package;

beforeAll(async () => {
  packages = await makePackages(["styles"], unchecked);
  styles = await packages.load("styles");
});
afterAll(() => packages?.remove());

/** A client, and the server that it calls. */
async function against(options: Readonly<object> = {}) {
  const { baseUrl, seen } = await serve();
  const client = styles.client({ baseUrl, retry: 0, ...options });
  const call = (operation: string, input?: object): ReturnType<Package["call"]> =>
    styles.call(client, operation, input);
  return { call, seen };
}

describe("styles", () => {
  it("each parameter is written in its own style", async () => {
    const { call, seen } = await against();
    await call("search", {
      ids: ["a", "b,c"],
      tags: ["a", "b"],
      pipe: ["a", "b,c"],
      space: ["a", "b,c"],
      flat: { R: "1", "G&": "ü" },
      filter: { price: { gte: 10 }, or: ["a", "b"] },
      redirect: "https://a.example/b?c=%20 d#e&f",
      json: { a: 1 },
      xJson: [1, 2],
      cookieJson: { b: "c" },
      any: { x: true, at: new Date(0) },
      xMap: { R: "1", G: "2" },
      xList: ["a", "b"],
      session: "a b;c",
      seen: [1, 2],
    });
    const [request] = seen;
    expect(request?.target.split(/[?&]/)).toEqual([
      "/search",
      "ids=a,b%2Cc",
      "tags=a",
      "tags=b",
      "pipe=a%7Cb%2Cc",
      "space=a%20b%2Cc",
      "R=1",
      "G%26=%C3%BC",
      "filter%5Bprice%5D%5Bgte%5D=10",
      "filter%5Bor%5D%5B0%5D=a",
      "filter%5Bor%5D%5B1%5D=b",
      "redirect=https://a.example/b",
      "c=%20%20d%23e%26f",
      "json=%7B%22a%22%3A1%7D",
      "x=true",
      "at=1970-01-01T00%3A00%3A00.000Z",
    ]);
    expect(request?.headers).toMatchObject({
      "x-map": "R=1,G=2",
      "x-list": "a,b",
      "x-json": "[1,2]",
      cookie: "cookieJson=%7B%22b%22%3A%22c%22%7D; session=a%20b%3Bc; seen=1,2",
    });
  });

  it("an item that holds what stands between items is refused, whatever is validated", async () => {
    const input = { pipe: ["a|b"], space: ["a", "b c"], xMap: { R: "1,G=2" }, xList: ["a", "b, c"] };
    for (const validate of [true, false]) {
      const { call, seen } = await against({ validate });
      expect(await broken(call("search", input))).toEqual(["pipe style", "space style", "xMap style", "xList style"]);
      expect(seen).toEqual([]);
    }
  });

  it("a path has each style beside the others", async () => {
    const { call, seen } = await against();
    const input = { id: "a/b", ver: 2, f: ["x", "y"], ext: "csv", map: { R: 1, G: 2 } };
    await call("readFile", input);
    expect(seen[0]?.target).toBe("/files/a%2Fb/v2/report;f=x;f=y/.csv/R,1,G,2");
    expect(await broken(call("readFile", { ...input, id: "..", ext: "" }))).toEqual([
      "id path-segment",
      "ext path-segment",
    ]);
  });

  it("a cookie, which no browser sends, is told", () => {
    expect(
      (packages.results.get("styles")?.diagnostics ?? [])
        .filter(({ code }) => code === "coverage-not-honoured")
        .map(({ message }) => message),
    ).toEqual([
      "cookie parameter `cookieJson` is sent outside of browsers only: they refuse the header",
      "cookie parameter `session` is sent outside of browsers only: they refuse the header",
      "cookie parameter `seen` is sent outside of browsers only: they refuse the header",
    ]);
  });

  it("what a style cannot say is refused", async () => {
    const { call, seen } = await against();
    expect(await broken(call("search", { flat: { a: ["b"] }, any: [[1]], xMap: { a: "中" } }))).toEqual([
      "flat style",
      "any style",
      "xMap header-value",
    ]);
    expect(seen).toEqual([]);
  });
});
