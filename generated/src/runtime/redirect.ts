/** Where an answer sends the client. */
export interface Redirect {
  readonly url: URL;
  /** The method becomes GET and the body is dropped (WHATWG Fetch, HTTP-redirect fetch, 12). */
  readonly asGet: boolean;
  readonly sameOrigin: boolean;
}

/** The redirect that an answer is, a sentence why it is not followed, or undefined where it is none. */
export function redirectOf(
  method: string,
  url: string,
  response: Pick<Response, "status" | "type" | "headers">,
): Redirect | string | undefined {
  if (response.type === "opaqueredirect") return "is redirected, and a browser does not tell where to";
  const location = response.headers.get("location");
  if (location === null || ![301, 302, 303, 307, 308].includes(response.status)) return undefined;
  const from = new URL(url);
  let to: URL;
  try {
    to = new URL(location, from);
  } catch {
    return "is redirected to what is no URL";
  }
  if (!/^https?:$/.test(to.protocol) || (from.protocol === "https:" && to.protocol === "http:")) {
    return `is redirected from ${from.protocol} to ${to.protocol}`;
  }
  return {
    url: to,
    asGet: response.status === 303 ? method !== "HEAD" : response.status < 303 && method === "POST",
    sameOrigin: to.origin === from.origin,
  };
}
