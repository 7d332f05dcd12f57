import { redact } from "./credentials.js";
import type { Plan } from "./internals.js";
import type { Observer } from "./options.js";
import { PRIVATE } from "./redirect.js";

/** What every hook is told. Events are copies, and hold no credential. */
export interface HookEvent {
  /** Undefined for a call through `client.raw`. */
  readonly operationId: string | undefined;
  /** Method and address, with the path as the document writes it: what to count calls by. */
  readonly target: string;
  /** From 1; 0 where nothing was sent. A redirect belongs to its attempt. */
  readonly attempt: number;
  /** Milliseconds since the attempt began; of an error, since the call did. */
  readonly duration: number;
}

/** A request is about to be sent. */
export interface RequestEvent extends HookEvent {
  readonly url: string;
  readonly headers: Headers;
}

/** The head of an answer is here. */
export interface ResponseEvent extends RequestEvent {
  readonly status: number;
}

/** The request will be sent once more. */
export interface RetryEvent extends HookEvent {
  /** The status that says so, or what went wrong on the network. */
  readonly reason: number | string;
  /** Milliseconds until then. */
  readonly delay: number;
}

/** A call failed, or the reading of its file. */
export interface ErrorEvent extends HookEvent {
  /** `HttpError`, …; the name of the reason where the call was aborted. */
  readonly name: string;
  readonly message: string;
  /** Of an `HttpError` or a `DecodeError`. */
  readonly status: number | undefined;
  /** Of an `HttpError`. */
  readonly code: string | undefined;
  readonly requestId: string | undefined;
}

/**
 * Each is called at once, and not waited for. What one throws, or rejects with, is dropped, and what one does to an event
 * nobody else sees: hooks see everything, and break nothing.
 */
export interface Hooks {
  /** Before each request: of each attempt, and of each redirect. */
  readonly onRequest?: ((event: RequestEvent) => unknown) | undefined;
  /** When the head of an answer is here, whatever its status. */
  readonly onResponse?: ((event: ResponseEvent) => unknown) | undefined;
  /** When a request is to be sent once more, before the wait. */
  readonly onRetry?: ((event: RetryEvent) => unknown) | undefined;
  /** When a call fails, or the reading of its file; once. */
  readonly onError?: ((event: ErrorEvent) => unknown) | undefined;
}

type EventOf<Name extends keyof Hooks> = Parameters<NonNullable<Hooks[Name]>>[0];

/** For the option `hooks` of a client. */
export const observe =
  (hooks: Hooks): Observer =>
  (plan) => {
    const { operation, name: target, time, schemes } = plan;
    const called = performance.now();
    const names = new Set([...PRIVATE, ...schemes.map(({ name }) => name.toLowerCase())]);
    let attempt = 0;
    let began = called;
    /** What came of the last request: a status, or an error. */
    let last: unknown;
    let failed: unknown;

    const clean = (text: string) => redact(plan)(text);
    const copied = (headers: Headers) =>
      new Headers(
        [...headers].map(([name, value]): [string, string] => [name, names.has(name) ? "[redacted]" : clean(value)]),
      );
    const tell = async <Name extends keyof Hooks>(
      name: Name,
      facts: () => Omit<EventOf<Name>, keyof HookEvent>,
      since = began,
    ) => {
      try {
        const shared: HookEvent = {
          operationId: operation.operationId,
          target,
          attempt,
          duration: performance.now() - since,
        };
        // Read here: a getter may throw.
        const hook = hooks[name] as ((event: EventOf<Name>) => unknown) | undefined;
        await hook?.({ ...shared, ...facts() } as EventOf<Name>);
      } catch {
        // Its own, or what nobody can read: what failed may be anything.
      }
    };
    const retry = (delay: number) => {
      const reason = last;
      tell("onRetry", () => ({ reason: typeof reason === "number" ? reason : clean(textOf(reason)), delay }));
      last = undefined;
    };
    const fail = (error: unknown) => {
      // The reading of a body tells it, and the call that reads it.
      if (error === failed) return;
      failed = error;
      tell("onError", () => factsOf(error), called);
    };

    return {
      ...plan,
      async fetch(request, init) {
        const isHop = typeof last === "number" && last >= 300 && last < 400;
        // With a fresh credential: without a pause.
        if (last !== undefined && !isHop) retry(0);
        if (!isHop) {
          attempt += 1;
          began = performance.now();
        }
        const url = clean(request.url);
        tell("onRequest", () => ({ url, headers: copied(request.headers) }));
        try {
          const response = await (plan.fetch ?? fetch)(request, init);
          const { status, headers } = response;
          last = status;
          tell("onResponse", () => ({ url, headers: copied(headers), status }));
          return response;
        } catch (error) {
          last = error;
          throw error;
        }
      },
      time: {
        ...time,
        wait(delay) {
          retry(Math.max(0, delay));
          return time.wait(delay);
        },
        async limit(work) {
          try {
            return await time.limit(work);
          } catch (error) {
            fail(error);
            throw error;
          }
        },
        close(error) {
          time.close(error);
          if (error !== undefined) fail(error);
        },
      },
    } satisfies Plan;
  };

/** Where it can be shown: not every object can. */
const shown = (value: unknown): string => {
  try {
    return String(value);
  } catch {
    return typeof value;
  }
};

/** An error of `fetch`, with what it came from. */
const textOf = (error: unknown): string => {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  return cause === undefined ? shown(error) : `${shown(error)}: ${shown(cause)}`;
};

/** A member, where it can be read. */
const read = (value: unknown, name: keyof ErrorEvent): unknown => {
  try {
    return Object(value)[name];
  } catch {
    return undefined;
  }
};

/** Of an error of this package, which holds no credential, or of the reason of an abort, which may be anything. */
const factsOf = (error: unknown): Omit<ErrorEvent, keyof HookEvent> => {
  const text = (name: keyof ErrorEvent) => {
    const value = read(error, name);
    return typeof value === "string" ? value : undefined;
  };
  const status = read(error, "status");
  return {
    name: text("name") ?? "Error",
    message: text("message") ?? shown(error),
    status: typeof status === "number" ? status : undefined,
    code: text("code"),
    requestId: text("requestId"),
  };
};
