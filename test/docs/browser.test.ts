import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildDocs } from "../../generator/docs/build.js";
import { addGuides, type Guide, readGuides } from "../../generator/docs/guides.js";
import type { OperationSamples } from "../../generator/docs/samples.js";
import { type DocsServer, serveDocs } from "../../generator/docs/serve.js";
import { getString, type JsonObject, operationNodes, parameterNodes } from "../../generator/openapi.js";
import { blocksOf } from "../package/readme.js";
import { chromiumFlags, findChromium, withoutChromium } from "../support/chromium.js";
import { documentWith, flagship, hostileTexts, parameter, samplesOf, specPath } from "./documents.js";

const executablePath = findChromium();
const whyNot = executablePath === undefined ? `, ${withoutChromium}` : "";

describe.skipIf(executablePath === undefined)(`the reference in a real browser${whyNot}`, () => {
  let folder: string;
  let browser: Browser;
  let document: JsonObject;
  let samples: readonly OperationSamples[];
  let guides: readonly Guide[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "specproof-browser-"));
    ({ document, samples } = await flagship());
    guides = await readGuides(specPath);
    await buildDocs(addGuides(document, guides), samples, folder);
    browser = await chromium.launch({ executablePath: executablePath ?? "", args: [...chromiumFlags] });
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true });
  });

  /** Opens a page, does something with it, and says what it asked for and what went wrong in it. */
  async function watch(url: string, visit: (page: Page) => Promise<void>): Promise<Watched> {
    const page = await browser.newPage();
    const requests: string[] = [];
    const troubles: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    page.on("requestfailed", (request) => troubles.push(`${request.url()} ${request.failure()?.errorText}`));
    page.on("response", (response) => {
      if (response.status() >= 400) troubles.push(`${response.url()} ${response.status()}`);
    });
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) troubles.push(message.text());
    });
    page.on("pageerror", (error) => troubles.push(String(error)));
    page.on("dialog", (dialog) => {
      troubles.push(`dialog: ${dialog.message()}`);
      return dialog.dismiss();
    });
    try {
      page.setDefaultTimeout(10_000);
      await page.goto(url);
      await visit(page);
      return { requests, troubles };
    } finally {
      await page.close();
    }
  }

  async function seesEverything(page: Page): Promise<void> {
    const [operation] = operationNodes(document);
    if (!operation) throw new Error("the document has no operation");
    await page.getByRole("heading", { name: getString(operation.value, "summary") ?? "" }).waitFor();
    await page.getByText(operation.path).first().waitFor();
    const parameters = parameterNodes(document, operation).map(({ value }) => getString(value, "name") ?? "");
    expect(parameters).toHaveLength(16);
    for (const name of parameters) await page.getByText(name, { exact: true }).first().waitFor();
    for (const meaning of ["processing (处理中)", "pending feedback (待反馈)"]) await page.getByText(meaning).waitFor();
    await seesSamples(page);
  }

  async function seesSamples(page: Page): Promise<void> {
    const panel = page.locator(".panel-request-samples");
    let chosen = samples[0]?.samples[0]?.label ?? "";
    expect(samples[0]?.samples).toHaveLength(3);
    for (const { label, source } of samples[0]?.samples ?? []) {
      if (label !== chosen) {
        await panel.getByRole("button", { name: chosen, exact: true }).click();
        await page.getByRole("menuitem", { name: label, exact: true }).click();
        chosen = label;
      }
      await panel.getByRole("button", { name: label, exact: true }).waitFor();
      expect(((await panel.getByTestId("source-code").textContent()) ?? "").trim()).toBe(source.trim());
    }
  }

  it("shows the operation, its parameters and its samples, and asks its own server only", async () => {
    await using server = await serveDocs(folder, 0);
    const { requests, troubles } = await watch(server.url, async (page) => {
      expect(await page.title()).toBe("Service Ticket Export");
      await seesEverything(page);
      await page.waitForLoadState("networkidle");
    });
    expect(requests.filter((url) => !url.startsWith("data:"))).toEqual([
      server.url,
      `${server.url}redoc.standalone.js`,
    ]);
    expect(troubles).toEqual([]);
  });

  it("does the same from the disk", async () => {
    const { requests, troubles } = await watch(pathToFileURL(join(folder, "index.html")).href, seesEverything);
    expect(requests.filter((url) => !/^(data|file):/.test(url))).toEqual([]);
    expect(troubles).toEqual([]);
  });

  it("opens at the operation that an address names", async () => {
    await using server = await serveDocs(folder, 0);
    const { troubles } = await watch(`${server.url}#/service-tickets/exportservicetickets`, async (page) => {
      await page.getByRole("heading", { name: "Export service tickets to a file" }).waitFor();
      expect(page.url()).toContain("#/service-tickets/exportservicetickets");
    });
    expect(troubles).toEqual([]);
  });

  it("ends with the guide to a token, with its code", async () => {
    await using server = await serveDocs(folder, 0);
    const { troubles } = await watch(server.url, async (page) => {
      await page.getByRole("link", { name: "A token from IAM" }).last().click();
      await page.getByRole("heading", { name: "A token from IAM" }).waitFor();
      const [guide] = guides;
      const codes = blocksOf(guide?.text ?? "").map(({ text }) => text);
      expect(codes).toHaveLength(3);
      await page.locator("pre").getByText("X-Subject-Token").first().waitFor();
      const shown = (await page.locator("pre").allTextContents()).map((text) => text.trim());
      expect(shown).toEqual(expect.arrayContaining(codes));
    });
    expect(troubles).toEqual([]);
  });

  it("finds a parameter by its search", async () => {
    await using server = await serveDocs(folder, 0);
    const { requests, troubles } = await watch(server.url, async (page) => {
      await page.locator(".panel-request-samples").waitFor();
      await page.keyboard.press("Control+k");
      await page.getByPlaceholder("Search docs...").fill("tenant_source");
      await page.getByText("query parameters").waitFor();
    });
    expect(requests.filter((url) => !url.startsWith("data:"))).toHaveLength(2);
    expect(troubles).toEqual([]);
  });

  it("runs nothing and asks no other host, whatever the document says", async () => {
    await using other = await countingServer();
    const lures = [
      `![picture](${other.url}picture.png)`,
      `<img src="${other.url}img.png" onerror="globalThis.hacked = 1">`,
      `<script src="${other.url}script.js"></script><iframe src="${other.url}frame"></iframe>`,
      `<style>@import url("${other.url}style.css");</style>`,
      "[link](javascript:globalThis.hacked=1)",
      ...hostileTexts,
    ];
    const text = lures.join("\n\n");
    const hostile = documentWith(
      {
        summary: hostileTexts.join(" "),
        description: text,
        tags: ["T"],
        parameters: [parameter(hostileTexts.join(" "), { description: text, example: text, required: true })],
      },
      {
        path: "/tickets",
        info: { title: text, version: text, description: text, "x-logo": { url: `${other.url}logo.png` } },
        tags: [{ name: "T", description: text }],
      },
    );
    await buildDocs(hostile, samplesOf(hostile), join(folder, "hostile"));
    await using server: DocsServer = await serveDocs(join(folder, "hostile"), 0);
    await watch(`${server.url}#/t/readticket`, async (page) => {
      await page.locator(".panel-request-samples").waitFor();
      await page.waitForLoadState("networkidle");
      expect(await page.evaluate("globalThis.hacked")).toBeUndefined();
      expect(await page.title()).toContain("</script><script>globalThis.hacked = 1</script><!--");
    });
    expect(other.requests).toEqual([]);
  });
});

interface Watched {
  readonly requests: readonly string[];
  readonly troubles: readonly string[];
}

/** Another host, as far as a browser is concerned: another port. */
async function countingServer(): Promise<AsyncDisposable & { readonly url: string; readonly requests: string[] }> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? "");
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, requests, [Symbol.asyncDispose]: close };
}
