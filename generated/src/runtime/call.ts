import type { Operation } from "./descriptor.js";
import { ValidationError } from "./errors.js";
import { type Callable, internals } from "./internals.js";
import type { CallOptions } from "./options.js";
import { outcome } from "./outcome.js";
import { prepare } from "./prepare.js";
import { send } from "./send.js";
import { request } from "./transport.js";
import type { Failure, Success } from "./types.js";

/**
 * A call that is under way: a promise of the data, which rejects with an `ApiError`, or with the reason of the call's
 * signal.
 */
export interface ApiCall<R extends Success, F extends Failure> extends Promise<R["data"]> {
  /** Resolves for every answer of the service; rejects where there is none, or none that keeps to the contract. */
  result(): Promise<R | F>;
  /** The data with the answer that it came from; rejects as the call does. */
  withResponse(): Promise<{ readonly data: R["data"]; readonly response: Response }>;
}

/** Anything shorter is no secret, and would spoil the text that it is taken from. */
const SHORTEST_SECRET = 4;

async function run(client: Callable, operation: Operation, input: object, options: CallOptions) {
  const { operationId, method, path: template } = operation;
  options.signal?.throwIfAborted();
  const plan = client[internals](operation, options);
  const { raw, baseUrl, target, time } = plan;
  try {
    time.start();
    const credentials = await time.race(
      Promise.all(plan.credentials.map(async ({ scheme, get }) => [scheme, await get(operationId)] as const)),
    );
    const { path, query, headers, violations } = prepare(operation, { ...plan, input, credentials });
    if (violations.length) {
      const message = `nothing was sent: ${violations.map((violation) => violation.message).join(" ")}`;
      throw new ValidationError(message, { operationId, violations });
    }
    let secrets: readonly string[] = [];
    let response: Response | undefined;
    const answer = await request(raw, method, template, baseUrl + path, query, {
      headers,
      signal: time.signal,
      async fetch(built) {
        response = await send(built, plan);
        secrets = plan.credentials
          .map(({ scheme }) => built.headers.get(scheme.name) ?? "")
          .filter(({ length }) => length >= SHORTEST_SECRET);
        return new Response(null, { status: 204 });
      },
    });
    return await outcome({
      operation,
      // Middleware may answer in the place of the service.
      response: response ?? answer,
      time,
      target,
      redact: (text) => secrets.reduce((clean, secret) => clean.replaceAll(secret, "[redacted]"), text),
      onProgress: options.onProgress,
    });
  } catch (error) {
    time.close();
    throw error;
  }
}

/** Starts a call: it is sent once, however its promise is used, and throws nothing at once. */
export function call<R extends Success, F extends Failure>(
  client: Callable,
  operation: Operation,
  input: object = {},
  options: CallOptions = {},
): ApiCall<R, F> {
  // The descriptor says what the generated types say: both are written from one model.
  const result = run(client, operation, input, options) as Promise<R | F>;
  const success = async () => {
    const settled = await result;
    if (settled.ok) return settled;
    throw settled.error;
  };
  const data: Promise<R["data"]> = success().then((settled) => settled.data);
  // Whoever asks in another way need not handle the promise itself.
  const handled = () => data.catch(() => {});
  return Object.assign(data, {
    async result() {
      handled();
      return result;
    },
    async withResponse() {
      handled();
      const { data, response } = await success();
      return { data, response };
    },
  });
}
