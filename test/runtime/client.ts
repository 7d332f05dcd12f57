import { Console } from "node:console";
import { PassThrough } from "node:stream";
import { inspect } from "node:util";
import { expect } from "vitest";
import { type Client, type ClientOptions, createClient, type Defaults, exportCases } from "./export-cases.js";
import { serve, silence, type TestServer } from "./server.js";

export const TOKEN = "tkn-7f3a9c/+=-secret";

/** What the export needs at least. */
export const INPUT = { language: "en-us", timezone: "GMT+8" } as const;

/** A client of a test's server, which waits hardly at all before it repeats. */
export const clientOf = <K extends keyof Defaults = never>(
  { url }: Pick<TestServer, "url">,
  options: Partial<ClientOptions<K>> = {},
): Client<K> => createClient({ baseUrl: url, auth: { token: TOKEN }, retry: { minDelay: 1 }, ...options });

/** What a promise rejects with, which must be an Error. */
export async function errorOf(promise: Promise<unknown>): Promise<Error> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof Error) return error;
  return expect.fail(`no Error, but ${String(error)}`);
}

/** What `console.error` writes. */
function printed(value: unknown): string {
  const stream = new PassThrough();
  new Console(stream, stream).error(value);
  return String(stream.read());
}

/** Every text that an error, or what it came from, may leave in a log. */
export function tracesOf(value: unknown): string {
  const texts = [
    inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true }),
    JSON.stringify(value),
    String(value),
    printed(value),
  ];
  for (let error = value; error instanceof Error; error = error.cause) {
    texts.push(error.message, error.stack ?? "", JSON.stringify(error), JSON.stringify(Object.entries(error)));
  }
  return texts.join("\n");
}

/** Takes longer than `timeout`, without a clock: for so long, another call waits for an answer in vain. */
export async function outlast(timeout: number): Promise<void> {
  await using silent = await serve(silence);
  await errorOf(exportCases(clientOf(silent), INPUT, { timeout }));
}
