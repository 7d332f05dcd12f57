import type { CallOptions, HeaderOptions, Validate } from "./options.js";
import type { Planned, SendOptions } from "./send.js";
import type { RawClient } from "./transport.js";

/** What a call takes from its client. */
export interface Plan extends SendOptions {
  readonly raw: RawClient<object>;
  readonly defaults: object;
  readonly baseUrl: string;
  /** Of the client, then of the call. */
  readonly headers: readonly (HeaderOptions | undefined)[];
  readonly validate: Validate;
  readonly idleTimeout: number | undefined;
}

/** Names what a client keeps to itself. */
export const internals: unique symbol = /*@__PURE__*/ Symbol();

/** What `call` needs of a client: a function, so that printing a client shows none of it. */
export interface Callable {
  readonly [internals]: (operation: Planned, options: CallOptions) => Plan;
}
