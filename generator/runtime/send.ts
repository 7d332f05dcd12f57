import type { HeldCredential } from "./credentials.js";
import { type Deadline, sleep } from "./deadline.js";
import { ApiError, isApiError, NetworkError } from "./errors.js";
import { isHeader } from "./header-value.js";
import type { RetryOptions } from "./options.js";
import { redirectOf } from "./redirect.js";
import { isIdempotent, isTransient, retryAfter, retryDelay } from "./retry.js";

/** What `send` is told beside the request. */
export interface SendOptions {
  readonly operationId: string | undefined;
  /** Method and URL, for messages. */
  readonly target: string;
  readonly credentials: readonly HeldCredential[];
  /** Its signal is the request's. */
  readonly time: Deadline;
  readonly retry: RetryOptions;
  readonly fetch: (request: Request) => Promise<Response>;
}

const MAX_REDIRECTS = 10;

/** Headers that are private whatever the document says. */
const PRIVATE = ["authorization", "cookie", "proxy-authorization"];

/** Gives up the connection of an answer that nobody will read. */
export const discard = ({ body }: Response): void => {
  body?.cancel().catch(() => {});
};

/** Redirects are ours, because `fetch` takes every header but a few along to another origin. */
async function follow(start: Request, { credentials, operationId, target, fetch }: SendOptions): Promise<Response> {
  let request = start;
  for (let hops = 0; ; hops++) {
    // A body is used up by being sent.
    const response = await fetch(/^(GET|HEAD)$/.test(request.method) ? request : request.clone());
    const to = redirectOf(request.method, request.url, response);
    if (to === undefined) return response;
    discard(response);
    const problem = typeof to === "string" ? to : hops === MAX_REDIRECTS && `${hops} times`;
    if (typeof to === "string" || problem) {
      throw new NetworkError(`${target} is redirected ${problem}`, { operationId });
    }
    const { headers, signal } = request;
    request = new Request(to.url, to.asGet ? { headers, signal, redirect: "manual" } : request);
    if (to.asGet) request.headers.delete("content-type");
    if (!to.sameOrigin) {
      for (const name of [...PRIVATE, ...credentials.map(({ scheme }) => scheme.name)]) request.headers.delete(name);
    }
  }
}

/** Puts the credentials on a request. */
async function authorize({ headers }: Request, { credentials, operationId }: SendOptions): Promise<void> {
  for (const { scheme, get } of credentials) {
    const value = await get(operationId);
    if (value === undefined) continue;
    // `fetch` would say so, too, and show the value.
    if (!isHeader(scheme.name, value)) throw new ApiError(`auth.${scheme.scheme} is no header value`, { operationId });
    headers.set(scheme.name, value);
  }
}

/**
 * Sends a request that redirects by hand, and resolves with the head of the answer: repeats what may be repeated, and
 * once what a credential provider can put right. The time of the attempt goes on, for the body.
 */
export async function send(request: Request, options: SendOptions): Promise<Response> {
  const { operationId, target, time, credentials, retry } = options;
  let renewed = false;
  for (let repeats = 0; ; ) {
    const mayRepeat = repeats < (retry.limit ?? 2) && isIdempotent(request.method);
    let asked: number | undefined;
    time.start();
    try {
      await time.race(authorize(request, options));
      const response = await time.race(follow(request, options));
      const { status, headers } = response;
      const again = mayRepeat && isTransient(status);
      if (again) asked = retryAfter(headers.get("retry-after"), Date.now());
      else {
        if (status !== 401 || renewed) return response;
        renewed = credentials.map(({ scheme, renew }) => renew(request.headers.get(scheme.name))).includes(true);
        if (!renewed) return response;
      }
      discard(response);
      if (!again) continue;
    } catch (cause) {
      if (time.signal.aborted || isApiError(cause)) throw cause;
      if (!mayRepeat) throw new NetworkError(`${target} got no answer`, { operationId, cause });
    }
    time.stop();
    await time.race(sleep(retryDelay(repeats++, asked, retry, Math.random()), time.signal));
  }
}
