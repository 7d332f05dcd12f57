/** An operation as the generator writes it, with every kind of parameter and answer that the runtime knows. */
import { type ApiCall, call } from "../../generator/runtime/call.js";
import { createRuntimeClient, type RuntimeClient } from "../../generator/runtime/client.js";
import { file } from "../../generator/runtime/decode.js";
import type { ErrorShape, Operation, SecurityScheme } from "../../generator/runtime/descriptor.js";
import type { ApiFile } from "../../generator/runtime/file.js";
import type { CallOptions, Credential, RuntimeClientOptions } from "../../generator/runtime/options.js";
import { array, integer, string } from "../../generator/runtime/schema.js";
import { form, simple } from "../../generator/runtime/style.js";
import type { Failure, OtherStatus, Success, WithDefaults } from "../../generator/runtime/types.js";

/** What the service says of a failure. */
export interface Problem {
  readonly error_code: string;
  readonly error_msg: string;
  readonly request_id?: string;
}

interface Query {
  readonly language: string;
  readonly timezone: string;
  readonly status?: number;
  readonly tags?: readonly string[];
}

export interface paths {
  "/v2/cases/export": {
    get: {
      parameters: { query: Query };
      responses: { 200: { content: { "application/octet-stream": string } } };
    };
  };
}

export interface ExportCasesInput extends Query {
  readonly xLanguage?: string | undefined;
}

export type ExportCasesResult = Success<200, ApiFile>;
export type ExportCasesFailure =
  | Failure<200, Problem>
  | Failure<400, Problem>
  | Failure<OtherStatus<200 | 400>, Problem>;

export const errorEnvelope: ErrorShape = /*@__PURE__*/ Object.freeze({
  required: ["error_code"],
  code: "error_code",
  message: "error_msg",
  requestId: "request_id",
});

export const exportCasesOperation: Operation = /*@__PURE__*/ Object.freeze({
  operationId: "exportCases",
  method: "GET",
  path: "/v2/cases/export",
  parameters: [
    {
      name: "language",
      key: "language",
      in: "query",
      required: true,
      style: form,
      explode: true,
      schema: { type: string, minLength: 1, maxLength: 32 },
    },
    {
      name: "timezone",
      key: "timezone",
      in: "query",
      required: true,
      style: form,
      explode: true,
      schema: { type: string, minLength: 1, maxLength: 64 },
    },
    {
      name: "status",
      key: "status",
      in: "query",
      style: form,
      explode: true,
      schema: { type: integer, enum: [0, 1, 2, 17], minimum: 0, maximum: 20 },
    },
    {
      name: "tag_list",
      key: "tags",
      in: "query",
      style: form,
      explode: true,
      schema: { type: array, minItems: 0, maxItems: 10, items: { type: string } },
    },
    {
      name: "X-Language",
      key: "xLanguage",
      in: "header",
      style: simple,
      explode: false,
      schema: { type: string, minLength: 1, maxLength: 32 },
    },
  ],
  responses: [
    {
      status: 200,
      content: [{ type: "application/octet-stream", decode: file }],
      envelope: errorEnvelope,
    },
    { status: 400, error: errorEnvelope },
    { status: "default", fails: true, error: errorEnvelope },
  ],
  isFile: true,
  security: [["token"]],
} satisfies Operation);

export interface Defaults {
  readonly language?: string | undefined;
  readonly timezone?: string | undefined;
  readonly status?: number | undefined;
  readonly xLanguage?: string | undefined;
}

export interface Auth {
  readonly token?: Credential;
}

const securitySchemes: readonly SecurityScheme[] = [
  {
    key: "token",
    in: "header",
    name: "X-Auth-Token",
    style: simple,
    schema: { type: string, minLength: 1, maxLength: 5000 },
  },
];

export type Client<K extends keyof Defaults = never> = RuntimeClient<paths, Pick<Required<Defaults>, K>>;
export type ClientOptions<K extends keyof Defaults = never> = RuntimeClientOptions<Auth, Defaults, K>;

export function createClient<K extends keyof Defaults = never>(options: ClientOptions<K>): Client<K> {
  return createRuntimeClient(options, securitySchemes, [["token"]]);
}

export function exportCases<K extends keyof Defaults = never>(
  client: Client<K>,
  input: WithDefaults<ExportCasesInput, K>,
  options?: CallOptions,
): ApiCall<ExportCasesResult, ExportCasesFailure> {
  return call(client, exportCasesOperation, input, options);
}
