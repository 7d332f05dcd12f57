/** Where an answer sends the client. */
export interface Redirect {
  readonly url: URL;
  /** The method becomes GET and the body is dropped (WHATWG Fetch, HTTP-redirect fetch, 12). */
  readonly asGet: boolean;
  readonly sameOrigin: boolean;
}

/** The redirect that an answer is, what forbids to follow it, or undefined where it is none. */
export function redirectOf(
  method: string,
  url: string,
  { type, status, headers }: Pick<Response, "status" | "type" | "headers">,
): Redirect | string | undefined {
  const location = headers.get("location");
  if (type === "opaqueredirect") return "a browser does not tell where to";
  if (location === null || ![301, 302, 303, 307, 308].includes(status)) return undefined;
  const from = new URL(url);
  try {
    const to = new URL(location, from);
    return /^http/.test(to.protocol) && to.protocol >= from.protocol
      ? {
          url: to,
          asGet: status < 303 ? method === "POST" : status === 303 && method !== "HEAD",
          sameOrigin: to.origin === from.origin,
        }
      : `from ${from.protocol} to ${to.protocol}`;
  } catch {
    return "to no URL";
  }
}
