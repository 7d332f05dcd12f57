import { follow } from "#follow";
import type { HeldCredential } from "./credentials.js";
import type { Deadline } from "./deadline.js";
import type { Operation, SecurityScheme } from "./descriptor.js";
import { isApiError, NetworkError } from "./errors.js";
import { discard } from "./exchange.js";
import type { FetchOption, RetryOptions } from "./options.js";
import { isIdempotent, isTransient, retryAfter, retryDelay } from "./retry.js";

/** An operation, or what a request through `raw` has in its place. */
export type Planned = Partial<Pick<Operation, "operationId" | "isFile">> &
  Pick<Operation, "method" | "path" | "security" | "server">;

/** What the repeats of a client have in common, so that they do not make a storm of many calls. */
export interface Budget {
  /** Repeats, less a tenth for each call since. */
  spent: number;
}

/** What `send` is told beside the request. */
export interface SendOptions {
  readonly operation: Planned;
  /** What messages call it: method and URL. */
  readonly name: string;
  /** The credentials that were applied: answers may echo them. */
  readonly secrets: unknown[];
  readonly held: readonly HeldCredential[];
  /** All of the client: what `headers` gives in their place is private, too. */
  readonly schemes: readonly SecurityScheme[];
  readonly time: Deadline;
  readonly retry: RetryOptions;
  /** Of the client. */
  readonly budget: Budget;
  readonly allowPlainHttp?: boolean | undefined;
  /** The body is a stream: it is sent once. */
  duplex?: "half" | undefined;
  /** The global one, as it is at the time, where undefined. */
  readonly fetch?: FetchOption | undefined;
}

/**
 * Sends a request, and resolves with the head of the answer: repeats what may be repeated, and once what a credential
 * provider can put right. The time of the attempt goes on, for the body.
 */
export async function send(request: Request, options: SendOptions): Promise<Response> {
  const { time, held, budget, retry } = options;
  // A body that is a stream is sent once.
  let isFresh: unknown = options.duplex;
  if (budget.spent > 0) budget.spent -= 0.1;
  let repeats = 0;
  // Asked only then: meanwhile, other calls may have used the budget up.
  const mayRepeat = () =>
    !options.duplex && isIdempotent(request) && repeats < (retry.limit ?? 2) && budget.spent < (retry.budget ?? 50);
  for (;;) {
    let asked: number | undefined;
    try {
      let sent = request;
      for (const credential of held) sent = await credential.apply(sent, options);
      time.signal.throwIfAborted();
      const [response, isElsewhere] = await follow(sent, options);
      // What is waited for need not listen to signals.
      if (time.signal.aborted) discard(response);
      time.signal.throwIfAborted();
      const { status } = response;
      // Each provider is to ask anew, not the first alone.
      if (status === 401 && !isElsewhere && !isFresh && held.filter(({ renew }) => renew()).length) {
        isFresh = true;
        discard(response);
        time.start();
        continue;
      }
      if (!isTransient(status) || !mayRepeat()) return response;
      discard(response);
      asked = retryAfter(response.headers.get("retry-after") ?? "", Date.now());
    } catch (cause) {
      if (time.signal.aborted || isApiError(cause)) throw cause;
      if (!mayRepeat()) throw new NetworkError(`${options.name} failed`, options.operation, { cause });
    }
    budget.spent++;
    await time.wait(retryDelay(repeats++, asked, retry, Math.random()));
  }
}
