/** What security schemes other than an apiKey in a header put on a request (OpenAPI 3.1, 4.8.27), or take from it where nothing is given. */
import type { Parts, Replacing, Style } from "./descriptor.js";
import { isHeaderValue } from "./header-value.js";
import type { FetchOption, UserPassword } from "./options.js";
import { own } from "./own.js";
import { readdressed } from "./readdressed.js";
import { encode, isGiven, simple } from "./style.js";

/** A token in Authorization (RFC 6750, 2.1). */
export const bearer: Style<Parts | Request> = (scheme, value, report, target) =>
  simple(scheme, isGiven(value) ? `Bearer ${value}` : [], report, target);

/** UTF-8 in base64 (RFC 7617, 2.1). */
const encoded = ({ username, password }: UserPassword): string =>
  btoa(Array.from(new TextEncoder().encode(`${username}:${password}`), (byte) => String.fromCharCode(byte)).join(""));

/** A user name and a password in Authorization: no control characters, and in the name no colon (RFC 7617, 2). */
export const basic: Style<Parts | Request> = (scheme, value, report, target) => {
  if (!isGiven(value)) return simple(scheme, [], report, target);
  let isGood = true;
  const check = (name: keyof UserPassword, refused: RegExp, limit: string) => {
    const text = own(value, name);
    const rule = typeof text !== "string" ? "type" : refused.test(text) ? "user-password" : undefined;
    if (rule === undefined) return;
    isGood = false;
    report(`/${name}`, rule, rule === "type" ? "string" : limit, text);
  };
  check("username", /[:\p{Cc}]/u, "no colon, no control characters");
  check("password", /\p{Cc}/u, "no control characters");
  if (isGood) simple(scheme, `Basic ${encoded(value as UserPassword)}`, report, target);
};

/** The password, and the text that it travels in. */
export const basicSecrets = (value: unknown): readonly string[] => {
  const password = own(value, "password");
  return typeof password === "string" ? [password, encoded(value as UserPassword)] : [];
};

/** A cookie, as it is: nobody would decode it. It takes the place of another one of the name (RFC 6265, 4.2.1). */
export const cookieKey: Style<Parts | Request> = ({ name }, value, report, { headers }) => {
  const text = `${value}`;
  if (!isHeaderValue(text) || text.includes(";")) return report("", "cookie-value", "ISO-8859-1, no semicolon", value);
  const others = (headers.get("cookie") ?? "").split(/; */).filter((pair) => pair && !pair.startsWith(`${name}=`));
  const all = isGiven(value) ? [...others, `${name}=${text}`] : others;
  if (all.length) headers.set("cookie", all.join("; "));
  else headers.delete("cookie");
};

/** A query with a pair at its end, where there is a value, in the place of all of its name, however they are written. */
const withPair = (query: string, name: string, value: unknown): string => {
  const others = query.split("&").filter((piece) => piece && !new URLSearchParams(piece).has(name));
  return (isGiven(value) ? [...others, `${encode(name)}=${encode(value)}`] : others).join("&");
};

/** A key of the query, percent-encoded. It takes the place of all others of the name. */
export const queryKey: Replacing = ({ name }, value, _, target) => {
  if (!("url" in target)) {
    target.query.splice(0, Infinity, withPair(target.query.join("&"), name, value));
    return undefined;
  }
  const url = new URL(target.url);
  url.search = withPair(url.search.slice(1), name, value);
  return url.href === target.url ? undefined : readdressed(target, url);
};

/** As it is, and as this package writes it into a URL. */
export const querySecrets = (value: unknown): readonly string[] => (isGiven(value) ? [`${value}`, encode(value)] : []);

interface Fetching {
  readonly fetch?: FetchOption | undefined;
}

/**
 * The options of a client whose URLs hold a credential, with a `fetch` whose errors show no query of a URL: Deno writes it
 * into the message, Bun keeps it as `path`.
 */
export const withoutQueries = <Options extends Fetching>(options: Options): Options => ({
  ...options,
  async fetch(request: Request, init: Parameters<FetchOption>[1]) {
    try {
      return await (options.fetch ?? fetch)(request, init);
    } catch (error) {
      const { search } = new URL(request.url);
      throw search && holds(error, search) ? concealed(error, search) : error;
    }
  },
});

/** Whether a text is in an error, or in what it came from. */
const holds = (error: unknown, text: string, depth = 0): boolean =>
  `${error}`.includes(text) ||
  (Object(error) === error &&
    Object.getOwnPropertyNames(error).some((name) => {
      const value = own(error, name);
      return typeof value === "string"
        ? value.includes(text)
        : depth < 4 && value instanceof Error && holds(value, text, depth + 1);
    }));

/** The message without the query, and nothing that may have it. */
const concealed = (error: unknown, search: string): Error => {
  const { name, message = `${error}` }: Partial<Error> = error instanceof Error ? error : {};
  return Object.assign(new Error(message.replaceAll(search, "?[redacted]")), name === undefined ? {} : { name });
};
