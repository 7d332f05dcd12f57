import { afterAll, describe, expect, it } from "vitest";
import { isHttpError } from "../../../generator/runtime/errors.js";
import { type Run, run, type Settings } from "./run.js";
import { type FaultName, faults, JSON_FILE, LARGE_ENVELOPE, WHOLE } from "./server.js";

interface Case extends Settings {
  readonly outcome: string;
  readonly requests: number;
  /** What `tickets.xlsx` is afterwards: the whole file where it is saved, else what it was. */
  readonly saved?: Uint8Array;
  /** How long it takes, in milliseconds. */
  readonly least?: number;
  readonly most?: number;
  /** Whether the client gives up an answer before its end. */
  readonly gaveUp?: true;
}

const tokens = () => "fresh-token";
const saved = (requests = 1, more: Omit<Case, "outcome" | "requests"> = {}): Case => ({
  outcome: "saved",
  requests,
  saved: WHOLE,
  ...more,
});
const fails = (outcome: string, requests = 1, more: Omit<Case, "outcome" | "requests"> = {}): Case => ({
  outcome,
  requests,
  ...more,
});
const isEnvelope = fails("HttpError 200 OSM.01010001");
/** Were it not for Retry-After, the repeat would wait for minutes. */
const patient = { retry: { minDelay: 600_000, maxDelay: 600_000 } };
/** Were it at once, it would be seen. */
const backingOff = { options: { retry: { minDelay: 1e9, maxDelay: 50 } }, least: 45 };
/** Were it not for the cap, the repeat would wait for as long as Retry-After says. */
const capped = { retry: { maxDelay: 50 } };

const cases: Readonly<Record<FaultName | "connection refused", Case>> = {
  none: saved(),
  "connection refused": fails("NetworkError", 0),
  "reset before the head": fails("NetworkError", 3, { gaveUp: true }),
  "reset inside the head": fails("NetworkError", 3, { gaveUp: true }),
  "reset after the head": fails("NetworkError", 1, { gaveUp: true }),
  "reset inside the body": fails("NetworkError", 1, { gaveUp: true }),
  "bytes that are no HTTP": fails("NetworkError", 3, { gaveUp: true }),
  "cut short of Content-Length": fails("NetworkError", 1, { gaveUp: true }),
  "chunked without its end": fails("NetworkError", 1, { gaveUp: true }),
  "a chunk that is none": fails("NetworkError", 1, { gaveUp: true }),
  "a byte every 100 ms": saved(1, { saved: WHOLE.subarray(0, 8), least: 700 }),
  "no head": fails("TimeoutError", 1, { options: { timeout: 250 }, least: 240, gaveUp: true }),
  "silence after the head": fails("TimeoutError", 1, { options: { timeout: 250 }, least: 240, gaveUp: true }),
  "silence inside the body": fails("TimeoutError", 1, { options: { idleTimeout: 250 }, least: 240, gaveUp: true }),
  gzip: saved(),
  br: saved(),
  "broken gzip": fails("NetworkError", 1),
  "gzip without its end": saved(),
  "wrong Content-Type": saved(),
  "no Content-Type": saved(),
  "envelope at 200 as JSON": isEnvelope,
  "envelope at 200 as octet-stream": isEnvelope,
  "envelope at 200 with BOM": isEnvelope,
  "envelope at 200 pretty-printed": isEnvelope,
  "envelope at 200 a byte a chunk": isEnvelope,
  "envelope at 200 of 900 KiB": isEnvelope,
  "envelope at 200 of 2 MiB": saved(1, { saved: LARGE_ENVELOPE }),
  "a file that begins with {": saved(1, { saved: JSON_FILE }),
  "an HTML 502": fails("HttpError 502", 3),
  "401 once": saved(2, { token: tokens }),
  "401 for ever": fails("HttpError 401 OSM.0002", 2, { token: tokens }),
  "403, forbidden": fails("HttpError 403 OSM.0003"),
  "429, Retry-After in seconds": saved(2, { options: patient, least: 990 }),
  "429, Retry-After as a date": saved(2, { options: patient, least: 900, most: 5000 }),
  "429, Retry-After in the past": saved(2, { options: patient }),
  "429, Retry-After of years": saved(2, { options: capped, least: 45 }),
  "429, Retry-After as a far date": saved(2, { options: capped, least: 45 }),
  "429, Retry-After negative": saved(2, backingOff),
  "429, Retry-After not a number": saved(2, backingOff),
  "503 twice": saved(3),
  "503 for ever": fails("HttpError 503 APIGW.0613", 3),
  "redirect to the same origin": saved(2),
  "redirect to another origin": saved(),
  "redirect in a loop": fails("NetworkError", 11),
  "200 with an empty body": saved(1, { saved: new Uint8Array() }),
  "20 MB of an error": fails("HttpError 500", 1, { gaveUp: true }),
};

const rows: (readonly string[])[] = [["case", "outcome", "requests", "files left", "ms"]];

describe("an export into a file, from a server with the fault", () => {
  afterAll(() => {
    const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
    console.log(rows.map((row) => row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join("  ")).join("\n"));
  });

  it.each(Object.entries(cases) as (readonly [FaultName | "connection refused", Case])[])(
    "%s",
    async (fault, wanted) => {
      const { least = 0, most = 3000 } = wanted;
      const found = await run(fault, wanted);
      rows.push([fault, found.outcome, `${found.requests}`, filesOf(found), `${Math.round(found.milliseconds)}`]);
      expect(found.outcome, String(found.error)).toBe(wanted.outcome);
      expect(found.requests).toBe(wanted.requests);
      expect(Object.keys(found.files)).toEqual(["tickets.xlsx"]);
      expect(found.files["tickets.xlsx"]?.equals(wanted.saved ?? Buffer.from("old"))).toBe(true);
      expect(found.taken.includes(false)).toBe(wanted.gaveUp ?? false);
      expect(found.left).toEqual([]);
      expect(found.milliseconds).toBeGreaterThanOrEqual(least);
      expect(found.milliseconds).toBeLessThan(most);
      // To another origin goes the request, and no token.
      expect(found.elsewhere).toEqual(fault === "redirect to another origin" ? [undefined] : []);
      if (isHttpError(found.error)) expect(JSON.stringify(found.error.body)?.length ?? 0).toBeLessThan(2 ** 20);
    },
  );

  it("is tried with each of them", () => {
    expect(Object.keys(cases).sort()).toEqual([...Object.keys(faults), "connection refused"].sort());
  });
});

const filesOf = ({ files }: Run): string =>
  Object.entries(files)
    .map(([name, content]) => `${name} (${content.equals(Buffer.from("old")) ? "old" : `new, ${content.length}`})`)
    .join(", ");
