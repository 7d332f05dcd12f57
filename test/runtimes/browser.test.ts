/** The packed package in a page of a real browser, whose own origin is another one than those that it asks. */
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { chromiumFlags, findChromium, withoutChromium } from "../support/chromium.js";
import { type Prism, startPrism } from "../support/prism.js";
import { makeProject, type Project } from "./project.js";
import { digestOf, expected, FILE, FILE_NAME, type Servers, startServers } from "./servers.js";

const executablePath = findChromium();
const whyNot = executablePath === undefined ? `, ${withoutChromium}` : "";

if (executablePath === undefined) console.log(`Chromium is not there: the package in a page was ${withoutChromium}`);

const html = `<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>Tickets</title>
<link rel="icon" href="data:,">
<form><input name="server"><input name="limit" value="100"><button>Export</button></form>
<progress value="0"></progress>
<output></output>
<script type="module" src="page.js"></script>
`;

describe.skipIf(executablePath === undefined)(`the package in a real browser${whyNot}`, () => {
  let prism: Prism;
  let project: Project;
  let browser: Browser;
  let site: Server;
  let servers: Servers;
  let page: Page;
  /** What the page said on its console, or threw. */
  let troubles: string[];

  beforeAll(async () => {
    prism = await startPrism(fileURLToPath(new URL("../../spec/openapi.yaml", import.meta.url)));
    project = await makeProject();
    const script = await project.bundle("page.js", "esm");
    site = createServer(({ url }, response) => {
      const isScript = url === "/page.js";
      response.writeHead(200, { "content-type": isScript ? "text/javascript" : "text/html" });
      response.end(isScript ? script : html);
    });
    await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
    browser = await chromium.launch({ executablePath: executablePath ?? "", args: [...chromiumFlags] });
  });
  afterAll(async () => {
    await browser?.close();
    site?.closeAllConnections();
    site?.close();
    await project?.[Symbol.asyncDispose]();
    await prism?.stop();
  });

  beforeEach(async () => {
    servers = await startServers(prism.url);
    page = await browser.newPage();
    page.setDefaultTimeout(20_000);
    troubles = [];
    page.on("pageerror", (error) => troubles.push(String(error)));
    await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
    return async () => {
      await page.close();
      await servers[Symbol.asyncDispose]();
    };
  });

  /** Fills in the form, and sends it. */
  async function submit(server: string, limit = 100): Promise<void> {
    await page.locator("[name=server]").fill(server);
    await page.locator("[name=limit]").fill(`${limit}`);
    await page.getByRole("button", { name: "Export" }).click();
  }

  /** What the page says at the end. */
  async function message(): Promise<string | null> {
    const output = page.locator("output");
    await output.filter({ hasText: /./ }).waitFor();
    return output.textContent();
  }

  it("downloads the file under its name, while the bar moves", async () => {
    await page.evaluate(() => {
      const bar = document.querySelector("progress");
      const seen: number[] = [];
      Object.assign(globalThis, { seen });
      new MutationObserver(() => seen.push(bar?.position ?? 0)).observe(bar as Node, { attributes: true });
    });
    const downloading = page.waitForEvent("download");
    await submit(`${servers.addresses.server}/file`);
    const download = await downloading;
    expect(download.suggestedFilename()).toBe(FILE_NAME);
    expect(FILE.equals(await readFile(await download.path()))).toBe(true);
    expect(await message()).toBe(`saved as ${FILE_NAME}`);
    const seen = await page.evaluate<number[]>("seen");
    expect(new Set(seen.filter((position) => position > 0 && position < 1)).size).toBeGreaterThan(1);
    expect(seen).toEqual(seen.toSorted((one, other) => one - other));
    expect(seen.at(-1)).toBe(1);
    expect(troubles).toEqual([]);
  });

  it("downloads what Prism has for it", async () => {
    const downloading = page.waitForEvent("download");
    await submit(prism.url);
    const download = await downloading;
    expect(download.suggestedFilename()).toBe("工单列表.csv");
    const { digest } = (await expected(prism.url)).prism;
    expect(digestOf(await readFile(await download.path()))).toBe(digest);
  });

  it.each(["envelope", "disguised"])("shows the error behind a status of 200: %s", async (name) => {
    let downloads = 0;
    page.on("download", () => downloads++);
    await submit(`${servers.addresses.server}/${name}`);
    expect(await message()).toContain("OSM.01010002: ");
    expect(await message()).toContain("no permission");
    expect(downloads).toBe(0);
    expect(troubles).toEqual([]);
  });

  it("shows what is wrong with an input, and sends nothing", async () => {
    await submit(`${servers.addresses.server}/file`, 101);
    expect(await message()).toMatch(/^ValidationError: .*limit/);
    expect(servers.counts()).toEqual({});
  });

  it("does what it does in every other runtime, as far as the browser lets it", async () => {
    await page.addScriptTag({ content: await project.bundle("program.js", "iife") });
    const found = await page.evaluate(`program.run(${JSON.stringify(servers.addresses)})`);
    const elsewhere = await expected(prism.url);
    // A page does not see where a redirect leads.
    const redirect = "NetworkError";
    expect(found).toEqual({
      ...elsewhere,
      redirect,
      faults: {
        ...elsewhere.faults,
        "redirect to the same origin": redirect,
        // Chromium does not look at the checksum.
        "broken gzip": elsewhere.faults.gzip,
      },
    });
    expect(servers.counts()).not.toHaveProperty("elsewhere");
    expect(servers.strayTokens()).toEqual([]);
  });
});
