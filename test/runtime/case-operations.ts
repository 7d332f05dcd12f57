/** Operations of other kinds beside the export: a path parameter, JSON, text, nothing at all, and a POST. */
import { type ApiCall, call } from "../../generator/runtime/call.js";
import { json, text } from "../../generator/runtime/decode.js";
import type { ErrorShape, MediaType, Operation, Parameter } from "../../generator/runtime/descriptor.js";
import type { CallOptions } from "../../generator/runtime/options.js";
import { anything, array, boolean, number, string } from "../../generator/runtime/schema.js";
import { form, segment } from "../../generator/runtime/style.js";
import type { Failure, StatusRange, Success, WithDefaults } from "../../generator/runtime/types.js";
import { type Client, type Defaults, errorEnvelope, type Problem } from "./export-cases.js";

const caseId: Parameter = {
  name: "case_id",
  key: "caseId",
  in: "path",
  required: true,
  style: segment,
  explode: false,
  schema: { type: string, maxLength: 64 },
};

export interface ReadCaseInput {
  readonly caseId: string;
  readonly fields?: readonly string[];
  readonly score?: number;
  readonly isOpen?: boolean;
  readonly filter?: unknown;
}

/** RFC 9457. */
export interface ProblemDetails {
  readonly type?: string;
  readonly title?: string;
  readonly detail?: string;
}

const problemDetails: ErrorShape = { required: [], code: "type", message: "detail" };

export type ReadCaseResult = Success<200, unknown>;
export type ReadCaseFailure = Failure<404, Problem> | Failure<Exclude<StatusRange<"4XX">, 404>, ProblemDetails>;

/** Without a `default` response, and with a range. */
export const readCaseOperation: Operation = {
  operationId: "readCase",
  method: "GET",
  path: "/v2/cases/{case_id}",
  parameters: [
    caseId,
    {
      name: "fields",
      key: "fields",
      in: "query",
      style: form,
      explode: false,
      schema: { type: array, minItems: 1, maxItems: 3, items: { type: string, maxLength: 4 } },
    },
    {
      name: "score",
      key: "score",
      in: "query",
      style: form,
      explode: true,
      schema: { type: number, minimum: -1.5, maximum: 1.5 },
    },
    { name: "isOpen", key: "isOpen", in: "query", style: form, explode: true, schema: { type: boolean } },
    {
      name: "constructor",
      key: "constructor",
      in: "query",
      style: form,
      explode: true,
      schema: { type: string },
    },
    { name: "filter", key: "filter", in: "query", style: form, explode: true, schema: { type: anything } },
  ],
  responses: [
    { status: 200, content: [{ type: "application/json", decode: json }] },
    { status: 404, error: errorEnvelope },
    { status: "4XX", error: problemDetails },
  ],
  security: [["token"]],
};

export const readCase = <K extends keyof Defaults = never>(
  client: Client<K>,
  input: WithDefaults<ReadCaseInput, K>,
  options?: CallOptions,
): ApiCall<ReadCaseResult, ReadCaseFailure> => call(client, readCaseOperation, input, options);

export type CloseCaseResult = Success<204, undefined>;
export type CloseCaseFailure = Failure<400, Problem>;

/** A POST, which is not idempotent, with an answer without a body. */
export const closeCaseOperation: Operation = {
  operationId: "closeCase",
  method: "POST",
  path: "/v2/cases/{case_id}/close",
  parameters: [caseId],
  responses: [{ status: 204 }, { status: 400, error: errorEnvelope }],
  security: [["token"]],
};

export const closeCase = (
  client: Client,
  input: Pick<ReadCaseInput, "caseId">,
  options?: CallOptions,
): ApiCall<CloseCaseResult, CloseCaseFailure> => call(client, closeCaseOperation, input, options);

const notes = (path: string, success: MediaType, envelope = errorEnvelope): Operation => ({
  operationId: "readNotes",
  method: "GET",
  path,
  parameters: [],
  responses: [{ status: 200, content: [success], envelope }],
  security: [],
});

/** JSON of another name, which may be the envelope instead. */
export const readNotesOperation: Operation = notes("/v2/notes", { type: "application/vnd.notes+json", decode: json });

/** Text, which may be the envelope instead. */
export const readTextOperation: Operation = notes("/v2/text", { type: "text/plain", decode: text });

/** Beside an envelope with a member that every object inherits. */
export const readOddOperation: Operation = notes(
  "/v2/odd",
  { type: "application/vnd.notes+json", decode: json },
  { required: ["constructor"] },
);

export type ReadNotesFailure = Failure<200, Problem>;

export const readNotes = (client: Client, options?: CallOptions): ApiCall<Success<200, unknown>, ReadNotesFailure> =>
  call(client, readNotesOperation, {}, options);

export const readText = (client: Client, options?: CallOptions): ApiCall<Success<200, string>, ReadNotesFailure> =>
  call(client, readTextOperation, {}, options);

export const readOdd = (client: Client, options?: CallOptions): ApiCall<Success<200, unknown>, ReadNotesFailure> =>
  call(client, readOddOperation, {}, options);
