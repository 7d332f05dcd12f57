/** Operations whose answers come item by item. */
import { call } from "../../generator/runtime/call.js";
import type { Decoder, Operation } from "../../generator/runtime/descriptor.js";
import { jsonEvents, type ServerSentEvent, textEvents } from "../../generator/runtime/event-stream.js";
import { jsonLines, jsonSequence } from "../../generator/runtime/json-lines.js";
import type { CallOptions } from "../../generator/runtime/options.js";
import type { ApiStream } from "../../generator/runtime/stream.js";
import type { Success } from "../../generator/runtime/types.js";
import { clientOf } from "./client.js";
import { type ClientOptions, errorEnvelope } from "./export-cases.js";
import type { TestServer } from "./server.js";

const streaming = (type: string, decode: Decoder): Operation => ({
  operationId: "follow",
  method: "GET",
  path: "/v2/follow",
  parameters: [],
  responses: [
    { status: 200, content: [{ type, decode }] },
    { status: 202, content: [{ type, decode }], envelope: errorEnvelope },
    { status: 409, error: errorEnvelope },
  ],
  security: [["token"]],
});

const operations = {
  events: streaming("text/event-stream", jsonEvents),
  texts: streaming("text/event-stream", textEvents),
  lines: streaming("application/x-ndjson", jsonLines),
  sequence: streaming("application/json-seq", jsonSequence),
} as const;

/** Asks a test's server for a stream; not a second time. */
export function follow(
  server: Pick<TestServer, "url">,
  kind: "lines" | "sequence",
  options?: CallOptions,
  client?: Partial<ClientOptions>,
): Promise<ApiStream<unknown>>;
export function follow(
  server: Pick<TestServer, "url">,
  kind: "events" | "texts",
  options?: CallOptions,
  client?: Partial<ClientOptions>,
): Promise<ApiStream<ServerSentEvent<unknown>>>;
export function follow(
  server: Pick<TestServer, "url">,
  kind: keyof typeof operations,
  options?: CallOptions,
  client?: Partial<ClientOptions>,
): Promise<ApiStream<unknown>> {
  return call<Success<200, ApiStream<unknown>>, never>(
    clientOf(server, { retry: 0, ...client }),
    operations[kind],
    {},
    options,
  );
}

/** Every item, in its order. */
export async function all<T>(stream: AsyncIterable<T>): Promise<readonly T[]> {
  const items: T[] = [];
  for await (const item of stream) items.push(item);
  return items;
}
