/**
 * The same request with another URL, and a body of its own. The body is read first: not every platform can send a stream,
 * and one that can says no length of it.
 */
export async function readdressed(request: Request, url: URL): Promise<Request> {
  const { method, headers, credentials, mode, cache, keepalive, referrerPolicy } = request;
  if (method === "GET" || method === "HEAD") return new Request(url, request);
  const body = await request.clone().blob();
  const settings = { credentials, mode, cache, keepalive, referrerPolicy };
  return new Request(url, { ...settings, method, headers, body, redirect: "manual" });
}
