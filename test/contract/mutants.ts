import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { copyOfPackage, importPackage, type UnpackedPackage } from "../support/package.js";
import { type Bench, openRun } from "./bench.js";
import type { Subject } from "./subject.js";
import { suite } from "./suite.js";

/** One way to break the package: a replacement in a compiled file, which has to match exactly once. */
export interface Mutant {
  readonly name: string;
  /** Below `dist`. */
  readonly file: string;
  readonly find: string | RegExp;
  /** `$1` stands for the first group of `find`. */
  readonly replace: string;
}

const operation = "operations/service-tickets.js";
const client = "client.js";
const schemas = "schemas.js";
const prepare = "runtime/prepare.js";
const style = "runtime/style.js";
const schema = "runtime/schema.js";
const outcome = "runtime/outcome.js";
const headerValue = "runtime/header-value.js";

/** The rest of a parameter's descriptor, up to what is to be changed. */
const of = (name: string, rest: string): RegExp => new RegExp(`(name: "${name}",[^}]*?)${rest}`);

export const mutants: readonly Mutant[] = [
  // The descriptor.
  { name: "wrong wire name", file: operation, find: `name: "incident_id"`, replace: `name: "incidentId"` },
  { name: "wire name in capitals", file: operation, find: `name: "search_key"`, replace: `name: "Search_Key"` },
  {
    name: "two wire names swapped",
    file: operation,
    find: /(name: )"query_start_time"([\s\S]*?name: )"query_end_time"/,
    replace: `$1"query_end_time"$2"query_start_time"`,
  },
  {
    name: "wrong path",
    file: operation,
    find: `path: "/v2/servicerequest/cases`,
    replace: `path: "/v2/servicerequest/case`,
  },
  { name: "wrong method", file: operation, find: `method: "GET"`, replace: `method: "POST"` },
  {
    name: "header sent in the query",
    file: operation,
    find: of("X-Language", `in: "header",\\s*style: simple`),
    replace: `$1in: "query", style: form`,
  },
  { name: "parameter dropped", file: operation, find: /\{\s*key: "customerId",[^}]*\},?\s*\},/, replace: "" },
  { name: "maximum one too large", file: operation, find: "maximum: 65535", replace: "maximum: 65536" },
  { name: "maximum one too small", file: operation, find: "maximum: 100 ", replace: "maximum: 99 " },
  { name: "minimum one too large", file: operation, find: of("limit", "minimum: 0"), replace: "$1minimum: 1" },
  { name: "minimum dropped", file: operation, find: of("offset", "minimum: 0,"), replace: "$1" },
  {
    name: "maxLength one too small",
    file: operation,
    find: of("timezone", "maxLength: 64"),
    replace: "$1maxLength: 63",
  },
  {
    name: "maxLength one too large",
    file: operation,
    find: of("sub_customer_id", "maxLength: 64"),
    replace: "$1maxLength: 65",
  },
  { name: "minLength dropped", file: operation, find: of("language", "minLength: 1,"), replace: "$1" },
  { name: "maxItems one too large", file: operation, find: "maxItems: 10", replace: "maxItems: 11" },
  { name: "items of any type", file: operation, find: ", items: { type: string }", replace: "" },
  {
    name: "explode flipped",
    file: operation,
    find: of("tenant_source_id_list", "style: form,"),
    replace: "$1style: form, explode: false,",
  },
  { name: "mandatory parameter optional", file: operation, find: of("timezone", "required: true,"), replace: "$1" },
  { name: "integer taken for text", file: operation, find: of("limit", "type: integer"), replace: "$1type: string" },
  { name: "enum value missing", file: operation, find: "12, 17]", replace: "12]" },
  { name: "enum value too many", file: operation, find: "12, 17]", replace: "12, 17, 18]" },
  { name: "envelope ignored", file: operation, find: "envelope: errorEnvelope", replace: "envelope: undefined" },
  {
    name: "credential not asked for",
    file: client,
    find: `securitySchemes, [["token"]]`,
    replace: "securitySchemes, []",
  },
  {
    name: "error of every status unknown",
    file: operation,
    find: `status: "default", fails: true, error: errorEnvelope`,
    replace: `status: "default", fails: true`,
  },
  // The client and the error schema.
  {
    name: "credential in another header",
    file: client,
    find: `name: "X-Auth-Token"`,
    replace: `name: "X-Subject-Token"`,
  },
  { name: "longer credential accepted", file: client, find: "maxLength: 5000", replace: "maxLength: 5001" },
  { name: "code read from the message", file: schemas, find: ` code: "error_code"`, replace: ` code: "error_msg"` },
  { name: "request id under another name", file: schemas, find: `"request_id"`, replace: `"requestId"` },
  // The runtime: what goes out.
  {
    name: "plus sign left as it is",
    file: style,
    find: "/[!'()*]/g)",
    replace: `/[!'()*]/g).replace(/%2B/g, "+")`,
  },
  {
    name: "space sent as plus sign",
    file: style,
    find: "/[!'()*]/g)",
    replace: `/[!'()*]/g).replace(/%20/g, "+")`,
  },
  {
    name: "encoded twice",
    file: style,
    find: "const items = list(value).map(encode)",
    replace: "const items = list(value).map(encode).map(encode)",
  },
  { name: "empty list sent", file: style, find: /if \(items\.length\)(?=\s+query)/, replace: "if (items)" },
  {
    name: "header percent-encoded",
    file: style,
    find: 'const text = items.join(",");',
    // Of a parameter alone: an encoded Accept ends Prism.
    replace: 'const text = name === "X-Time-Zone" ? encode(items.join(",")) : items.join(",");',
  },
  {
    name: "another Accept",
    file: prepare,
    find: "new Headers()",
    replace: `new Headers({ accept: "application/json" })`,
  },
  {
    name: "default sent",
    file: prepare,
    find: "given === undefined ? own(plan.defaults, parameter.key)",
    replace: `given === undefined ? { xLanguage: "zh-cn" }[parameter.key]`,
  },
  {
    name: "0 and empty text left out",
    file: prepare,
    find: 'value === undefined || (value === null && slot.in !== "body")',
    replace: "!value",
  },
  {
    name: "credential not sent",
    file: "runtime/exchange.js",
    find: "(options.fetch ?? fetch)(",
    replace: "(options.held.map(({ name }) => request.headers.delete(name)), options.fetch ?? fetch)(",
  },
  // The runtime: what is refused.
  {
    name: "validation not switched off",
    file: prepare,
    find: "validate = plan.validate }",
    replace: "validate = true }",
  },
  { name: "unknown key accepted", file: prepare, find: "keys.includes(key)", replace: "true" },
  {
    name: "only the first broken rule told",
    file: prepare,
    find: "violations.push(",
    replace: "violations.length || violations.push(",
  },
  { name: "credential shown", file: prepare, find: `slot.secret ? "[redacted]" : given`, replace: "given" },
  { name: "UTF-16 units counted", file: schema, find: "[...value].length", replace: "value.length" },
  { name: "fraction taken for an integer", file: schema, find: "Number.isInteger", replace: "Number.isFinite" },
  { name: "enum not checked", file: schema, find: "schema.enum?.includes(value) === false", replace: "false" },
  { name: "bound exclusive", file: schema, find: "size(value) > schema[most]", replace: "size(value) >= schema[most]" },
  { name: "any text taken for a header", file: headerValue, find: "!/^[", replace: "true || !/^[" },
  // The runtime: what comes back.
  { name: "failed status taken for a success", file: outcome, find: "!response.ok || fails", replace: "status >= 500" },
  {
    name: "status of the wrong class",
    file: outcome,
    find: "return new HttpError(",
    replace: "throw new DecodeError(",
  },
];

/** How a mutant ended. */
export interface Verdict {
  readonly mutant: string;
  /** The check that failed; undefined: the mutant survived. */
  readonly killedBy: string | undefined;
  /** First line of the failure. */
  readonly failure: string;
}

/** Breaks a copy of the package and runs the suite over it, up to its first failure. */
export async function runMutant(bench: Bench, unpacked: UnpackedPackage, mutant: Mutant): Promise<Verdict> {
  const copy = await copyOfPackage(unpacked);
  try {
    const file = join(copy.folder, "dist", mutant.file);
    await writeFile(file, mutate(await readFile(file, "utf8"), mutant));
    // A file that does not even load is no mutant: an error here is thrown on.
    const subject = (await importPackage(copy)) as Subject;
    const run = openRun(bench, subject);
    for (const check of suite) {
      try {
        await check.run(run);
      } catch (error) {
        return { mutant: mutant.name, killedBy: check.name, failure: firstLine(error) };
      }
    }
    return { mutant: mutant.name, killedBy: undefined, failure: "" };
  } finally {
    await rm(copy.project, { recursive: true, force: true });
  }
}

/** The text with the mutation; throws where it does not match exactly once. */
export function mutate(text: string, { name, file, find, replace }: Mutant): string {
  const matches =
    typeof find === "string" ? text.split(find).length - 1 : [...text.matchAll(new RegExp(find, "g"))].length;
  assert.equal(
    matches,
    1,
    `The mutant "${name}" matches ${matches} places of ${file}: its text has to be brought up to date`,
  );
  return typeof find === "string" ? text.replace(find, () => replace) : text.replace(find, replace);
}

function firstLine(error: unknown): string {
  const lines = String(error instanceof Error ? error.message : error).split("\n");
  return (lines[0] ?? "").slice(0, 80);
}
