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
  if (type === "opaqueredirect") return "out of sight";
  // `//` is no URL.
  const location = headers.get("location") ?? "//";
  if (!/^30[12378]$/.test(`${status}`) || !URL.canParse(location, url)) return undefined;
  const from = new URL(url);
  const to = new URL(location, url);
  // Of the two protocols, `http:` comes before `https:`: never back from it.
  if (!/^http/.test(to.protocol) || to.protocol < from.protocol) return `to ${to.protocol}`;
  return {
    url: to,
    asGet: status < 303 ? method === "POST" : status === 303 && method !== "HEAD",
    sameOrigin: to.origin === from.origin,
  };
}
