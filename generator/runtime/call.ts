import { dispatch } from "#dispatch";
import type { Operation } from "./descriptor.js";
import { isHttpError } from "./errors.js";
import { type Callable, internals } from "./internals.js";
import type { CallOptions } from "./options.js";
import { outcome } from "./outcome.js";
import { prepare } from "./prepare.js";
import { send } from "./send.js";
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

/** Starts a call: it is sent once, however its promise is used, and throws nothing at once. */
export function call<R extends Success, F extends Failure>(
  client: Callable,
  operation: Operation,
  input: object = {},
  options: CallOptions = {},
): ApiCall<R, F> {
  const success = (async () => {
    const plan = client[internals](operation, options);
    return plan.time.limit(async () => {
      const parts = await prepare(operation, input, plan);
      // The one thing that is known of a plan only now; to copy it for that costs a tenth of a call.
      plan.duplex = parts.duplex;
      // Awaited here, it is handed on two turns sooner.
      return await outcome(operation, await dispatch(parts, plan, send), plan, options.onProgress);
    });
  })();
  const data: Promise<R["data"]> = success.then((answer) => answer.data);
  // Whoever asks in another way need not handle the promise itself.
  const answered = () => {
    data.catch(() => {});
    return success;
  };
  return Object.assign(data, {
    result: () =>
      answered().then(
        // The descriptor says what the generated types say: both are written from one model.
        (answer) => ({ ok: true, ...answer }) as R,
        (error) => {
          if (isHttpError(error)) return { ok: false, status: error.status, error } as Failure as F;
          throw error;
        },
      ),
    // A promise of its own: one that nobody waits for is to be unhandled.
    withResponse: async () => answered(),
  });
}
