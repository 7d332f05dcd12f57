import { fileURLToPath } from "node:url";
import { buildModel } from "../../generator/build-model.js";
import { codeSamples, type OperationSamples } from "../../generator/docs/samples.js";
import { loadSpec } from "../../generator/load.js";
import type { Json } from "../../generator/model.js";
import { assignNames } from "../../generator/names.js";
import type { JsonObject } from "../../generator/openapi.js";

export const specPath = fileURLToPath(new URL("../../spec/openapi.yaml", import.meta.url));
export const packageName = "service-ticket-export";

/** The document in `spec/` with its samples. */
export async function flagship(): Promise<{
  readonly document: JsonObject;
  readonly samples: readonly OperationSamples[];
}> {
  const { document } = await loadSpec(specPath);
  return { document, samples: samplesOf(document) };
}

export function samplesOf(document: JsonObject, name = packageName): readonly OperationSamples[] {
  const { model } = buildModel(document, () => ({}));
  return [...codeSamples(model, assignNames(model).names, name)];
}

/** The source of one sample of the first operation; throws where there is none. */
export function sourceOf(samples: readonly OperationSamples[], label: string): string {
  const sample = samples[0]?.samples.find((candidate) => candidate.label === label);
  if (!sample) throw new Error(`no sample ${label}`);
  return sample.source;
}

/** A document with one operation, at `GET /tickets/{id}` unless `path` and `method` say otherwise. */
export function documentWith(
  operation: JsonObject,
  { path = "/tickets/{id}", method = "get", ...rest }: { path?: string; method?: string; [key: string]: Json } = {},
): JsonObject {
  return {
    openapi: "3.1.0",
    info: { title: "Tickets", version: "1.0.0" },
    servers: [{ url: "https://api.example.com/" }],
    paths: { [path]: { [method]: { operationId: "readTicket", responses: jsonResponse, ...operation } } },
    ...rest,
  };
}

const jsonResponse: JsonObject = {
  "200": { description: "One ticket.", content: { "application/json": { schema: { type: "object" } } } },
};

export function parameter(name: string, fields: JsonObject = {}): JsonObject {
  return { name, in: "query", schema: { type: "string" }, ...fields };
}

/** Texts that end a literal, a comment, a script or a word of a shell where nobody encodes them. */
export const hostileTexts: readonly string[] = [
  `"double" and 'single'`,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it must not become a template.
  "back`tick` and ${process.exit(1)}",
  "*/ globalThis.hacked = 1 /*",
  "</script><script>globalThis.hacked = 1</script><!--",
  "line\nbreak\r\n// and more",
  "\u2028globalThis.hacked = 1\u2029",
  "'; rm -rf nowhere; echo '",
  "$(touch hacked) `touch hacked` \\",
  "half a pair \ud83d, 数据库 😀, nul \u0000 end",
  "!history *.ts ~ {a,b} & | > hacked",
];
