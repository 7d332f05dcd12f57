import { authorize, type HeldCredential } from "./credentials.js";
import { type Deadline, sleep } from "./deadline.js";
import { isApiError, NetworkError } from "./errors.js";
import { redirectOf } from "./redirect.js";
import { isIdempotent, isTransient, type RetryPolicy, retryAfter, retryDelay } from "./retry.js";

export type Fetch = (request: Request) => Promise<Response>;

/** What `send` is told beside the request. */
export interface SendOptions {
  readonly operationId: string | undefined;
  /** Already on the request; asked again for each further attempt. */
  readonly credentials: readonly HeldCredential[];
  /** Its signal is the request's. */
  readonly time: Deadline;
  readonly retry: RetryPolicy;
  readonly fetch: Fetch;
}

const MAX_REDIRECTS = 10;

/** Method and URL for a message, without the query, which may hold what is nobody's business. */
export const describe = ({ method, url }: Pick<Request, "method" | "url">): string => `${method} ${url.split("?")[0]}`;

/** Gives up the connection of an answer that nobody will read. */
export const discard = ({ body }: Response): void => {
  body?.cancel().catch(() => {});
};

/** A request can be sent once more only where its body was not used up. */
const copy = (request: Request) => (/^(GET|HEAD)$/.test(request.method) ? request : request.clone());

/** Redirects are ours, because `fetch` takes every header but a few along to another origin. */
async function follow(start: Request, { credentials, operationId, fetch }: SendOptions): Promise<Response> {
  let request = start;
  for (let hops = 0; ; hops++) {
    const response = await fetch(copy(request));
    const to = redirectOf(request.method, request.url, response);
    if (to === undefined) return response;
    discard(response);
    const problem = typeof to === "string" ? to : hops === MAX_REDIRECTS && `is redirected more than ${hops} times`;
    if (typeof to === "string" || problem) {
      throw new NetworkError(`${describe(start)} ${problem}`, { operationId });
    }
    const { headers, signal } = request;
    request = new Request(to.url, to.asGet ? { headers, signal, redirect: "manual" } : request);
    if (to.asGet) request.headers.delete("content-type");
    if (!to.sameOrigin) {
      const secret = [
        "authorization",
        "cookie",
        "proxy-authorization",
        ...credentials.map(({ scheme }) => scheme.name),
      ];
      for (const name of secret) request.headers.delete(name);
    }
  }
}

/**
 * Sends a request that redirects by hand, and resolves with the head of the answer: repeats what may be repeated, and
 * once what a credential provider can put right. The time of the attempt goes on, for the body.
 */
export async function send(request: Request, options: SendOptions): Promise<Response> {
  const { operationId, time, credentials, retry } = options;
  let renewed = false;
  for (let repeats = 0; ; ) {
    const mayRepeat = repeats < retry.limit && isIdempotent(request.method);
    let asked: number | undefined;
    time.start();
    try {
      if (repeats || renewed) await time.race(authorize(request, credentials, operationId));
      const response = await time.race(follow(request, options));
      const { status, headers } = response;
      const again = mayRepeat && isTransient(status);
      if (again) asked = retryAfter(headers.get("retry-after"), Date.now());
      else if (status !== 401 || renewed) return response;
      else {
        renewed = credentials.map(({ scheme, renew }) => renew(request.headers.get(scheme.name))).includes(true);
        if (!renewed) return response;
      }
      discard(response);
      if (!again) continue;
    } catch (cause) {
      if (time.signal.aborted || isApiError(cause)) throw cause;
      if (!mayRepeat) throw new NetworkError(`${describe(request)} got no answer`, { operationId, cause });
    }
    time.stop();
    await sleep(retryDelay(repeats++, asked, retry, Math.random()), time.signal);
  }
}
