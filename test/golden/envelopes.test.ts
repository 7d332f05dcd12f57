import { afterAll, beforeAll, expect, it } from "vitest";
import { makePackages, type Package, type Packages, unchecked } from "./packages.js";
import { serve } from "./server.js";

let packages: Packages;
let loaded: Package;
beforeAll(async () => {
  packages = await makePackages(["envelopes"], unchecked);
  loaded = await packages.load("envelopes");
});
afterAll(() => packages?.remove());

async function answered(type: string, body: string) {
  const { baseUrl } = await serve({ status: 200, type, body });
  return loaded.call(loaded.client({ baseUrl, retry: 0 }), "readReport").result();
}

it("an error is one at 200, a report is none", async () => {
  expect(await answered("text/csv", "a,b")).toMatchObject({ ok: true, data: "a,b" });
  expect(await answered("application/json", '{"code":"E1","text":"no"}')).toMatchObject({
    ok: false,
    status: 200,
    error: { code: "E1", body: { code: "E1", text: "no" } },
  });
});

it("an error is told by its code, which its schema asks for", async () => {
  expect(await answered("application/json", '{"code":"E1"}')).toMatchObject({ ok: false, error: { code: "E1" } });
  expect(await answered("application/json", '{"text":"no"}')).toMatchObject({ ok: true });
});

it("a second schema of errors is data, and that is told", async () => {
  const told = packages.results.get("envelopes")?.diagnostics.map(({ code, message }) => `${code}: ${message}`);
  expect(told).toEqual([
    "construct-unsupported: an error envelope: of one response, only the first schema of one is recognised",
  ]);
  expect(await answered("application/vnd.fault+json", '{"number":"N1","reason":"no"}')).toMatchObject({
    ok: true,
    mediaType: "application/vnd.fault+json",
    data: { number: "N1", reason: "no" },
  });
});
