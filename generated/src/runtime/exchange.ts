import type { SendOptions } from "./send.js";

/** One request, which is not used up, for one answer. */
export const exchange = (request: Request, options: SendOptions): Promise<Response> =>
  (options.fetch ?? fetch)(
    // A body is used up by being sent; one that is a stream is sent once.
    options.duplex || request.body === null ? request : request.clone(),
    // Not in the request, where a signal costs more than all the rest of a call; and middleware may have made another one.
    { signal: options.time.signal, redirect: "manual" },
  );

/** Gives up the connection of an answer that nobody will read. */
export const discard = ({ body }: Response): unknown => body?.cancel().catch(() => {});
