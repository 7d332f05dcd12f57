/** What takes the place of `follow.ts` in a bundle for a browser: to a page, it does not say where a redirect goes. */
import { NetworkError } from "./errors.js";
import { exchange } from "./exchange.js";
import type { Followed } from "./follow.js";
import type { SendOptions } from "./send.js";

/** Sends a request; rejects where it is redirected. */
export async function follow(request: Request, options: SendOptions): Promise<Followed> {
  const response = await exchange(request, options);
  if (response.type === "opaqueredirect") throw new NetworkError(`${options.name} is redirected`, options.operation);
  return [response];
}
