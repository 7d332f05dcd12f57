import { readdressed } from "./readdressed.js";

/** Headers that are private whatever the document says. */
export const PRIVATE: readonly string[] = ["authorization", "cookie", "proxy-authorization", "set-cookie"];

const MAX_REDIRECTS = 10;

/**
 * The request that an answer sends the client to, what forbids to follow it, or undefined where it is no redirect;
 * `secrets` are headers that stay with their origin.
 */
export function redirectOf(
  request: Request,
  { type, status, headers }: Pick<Response, "status" | "type" | "headers">,
  secrets: readonly string[],
  hops = 0,
): Promise<Request> | string | undefined {
  if (type === "opaqueredirect") return "unseen";
  const { method, url } = request;
  // `//` is no URL.
  const location = headers.get("location") ?? "//";
  if (![301, 302, 303, 307, 308].includes(status) || !URL.canParse(location, url)) return undefined;
  if (hops === MAX_REDIRECTS) return "too often";
  const from = new URL(url);
  const to = new URL(location, url);
  // Never back from https.
  if (to.protocol !== "https:" && to.protocol !== from.protocol) return `to ${to.protocol}`;
  // `fetch` takes no such URL, and shows it in its error.
  if (to.username || to.password) return "to a URL with a password";
  // The method becomes GET and the body is dropped (WHATWG Fetch, HTTP-redirect fetch, 12).
  const asGet = status < 303 ? method === "POST" : status === 303 && method !== "HEAD";
  if (!asGet && request.bodyUsed) return "with a body that is sent once";
  return redirected(request, to, asGet, to.origin === from.origin ? [] : secrets);
}

/** The request that follows, without the headers that are `secrets`. */
async function redirected(request: Request, to: URL, asGet: boolean, secrets: readonly string[]): Promise<Request> {
  const next = asGet
    ? new Request(to, { headers: request.headers, redirect: "manual" })
    : await readdressed(request, to);
  if (asGet) next.headers.delete("content-type");
  for (const name of secrets) {
    try {
      next.headers.delete(name);
    } catch {
      // A key of a query need not be a name of a header.
    }
  }
  return next;
}
