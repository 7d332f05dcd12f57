/** Pages of an operation, one after the other: `x-pagination` in the document says how one leads to the next. */
import { type ApiCall, call } from "./call.js";
import type { Operation } from "./descriptor.js";
import { DecodeError, isValidationError } from "./errors.js";
import type { Callable } from "./internals.js";
import type { CallOptions } from "./options.js";
import { own } from "./own.js";
import type { Failure, Success } from "./types.js";

/** How the pages of one operation follow each other, with the names that lead into the body of a page. */
export interface Pagination {
  /** `byCursor`, `byOffset` or `byLink`. */
  readonly style: PageStyle;
  /** Input that asks for a page; for links there is none. */
  readonly key?: string;
  readonly items: readonly string[];
  /** The next cursor; for links, where they are not in the header `Link`, the next link. */
  readonly next?: readonly string[];
  /** How many items there are. */
  readonly total?: readonly string[];
  /** The offset of the first item, if not 0. */
  readonly first?: number;
  /** The input is a text, though a page may hold a number. */
  readonly isText?: true;
}

type Input = Readonly<Record<string, unknown>>;

/** What asks for a page, and what tells that page from others. */
interface Request {
  readonly operation: Operation;
  readonly input: Input;
  readonly token?: unknown;
}

/** A page that arrived. */
interface Page {
  readonly data: unknown;
  readonly items: readonly unknown[];
  readonly response: Response;
}

/** What asks for the page after this one; undefined after the last one. */
export type PageStyle = (pagination: Pagination, page: Page, input: Input, operation: Operation) => Request | undefined;

/** Where names lead to; undefined where they lead nowhere. */
const at = (data: unknown, names: readonly string[] = []): unknown => names.reduce(own, data);

/** No such thing: services say it in each of these ways. */
const isNone = (value: unknown): boolean => value === undefined || value === null || value === "" || value === false;

/** The body holds what the next request is to send. */
export const byCursor: PageStyle = ({ key = "", next, isText }, { data }, input, operation) => {
  const found = at(data, next);
  const token = isText && typeof found === "number" ? `${found}` : found;
  return isNone(token) ? undefined : { operation, input: { ...input, [key]: token }, token };
};

/**
 * The next page begins behind the items that came: a service may give fewer than it was asked for. The last page is empty,
 * or reaches the total where that is known.
 */
export const byOffset: PageStyle = ({ key = "", total, first = 0 }, { data, items }, input, operation) => {
  const token = Number(own(input, key) ?? first) + items.length;
  const end = at(data, total);
  if (items.length === 0 || (typeof end === "number" && token - first >= end)) return undefined;
  return { operation, input: { ...input, [key]: token }, token };
};

/** No name of an input has a blank. */
const QUERY = "next page";

/**
 * A link to the next page (RFC 8288), of which the query is taken and nothing else: whatever a service links to, each
 * request goes where the first one went, and no credential anywhere else.
 */
export const byLink: PageStyle = ({ next }, { data, response }, input, operation) => {
  const link = next ? at(data, next) : nextLink(response.headers.get("link") ?? "");
  if (isNone(link)) return undefined;
  // Only the query counts: any base does.
  const base = "http://localhost";
  const token = typeof link === "string" && URL.canParse(link, base) ? new URL(link, base).search.slice(1) : undefined;
  const others = operation.parameters.filter((parameter) => parameter.in !== "query");
  const inQuery = new Set(
    operation.parameters.filter((parameter) => !others.includes(parameter)).map(({ key }) => key),
  );
  const kept = Object.entries(input).filter(([key]) => !inQuery.has(key) && key !== QUERY);
  return {
    operation: { ...operation, parameters: [...others, query] },
    input: { ...Object.fromEntries(kept), [QUERY]: token },
    token,
  };
};

/** The whole of a query, as it is. */
const query: Operation["parameters"][number] = {
  name: QUERY,
  key: QUERY,
  in: "query",
  style: (_, value, _report, parts) => {
    if (value) parts.query.push(String(value));
  },
  schema: { type: () => {} },
};

const LINK = /<([^<>]*)>((?:[^,"]|"(?:[^"\\]|\\.)*")*)/g;
const PARAMETER = /;\s*([^\s=;,"]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?/g;

/** The target of the link that is `next`, in a header `Link`; a link of another context is none. */
function nextLink(header: string): string | undefined {
  for (const [, target, parameters = ""] of header.matchAll(LINK)) {
    // The first one of a name counts (RFC 8288, 3.3).
    const found = new Map<string, string>();
    for (const [, name = "", quoted, plain = ""] of parameters.matchAll(PARAMETER)) {
      const key = name.toLowerCase();
      if (!found.has(key)) found.set(key, quoted ?? plain);
    }
    const relations = (found.get("rel") ?? "").toLowerCase().split(/\s+/);
    if (relations.includes("next") && !found.has("anchor")) return target;
  }
  return undefined;
}

type Client = Callable & { readonly defaults: object };

async function* walk(
  client: Client,
  operation: Operation,
  pagination: Pagination,
  input: Input,
  options?: CallOptions,
): AsyncGenerator<Page, void, undefined> {
  const { style, key = "", items: names } = pagination;
  const start = own(input, key) ?? own(client.defaults, key);
  const seen = new Set<unknown>([start]);
  let request: Request | undefined = { operation, input: start === undefined ? input : { ...input, [key]: start } };
  const broken = ({ status }: Response, what: string) =>
    new DecodeError(`${operation.method} ${operation.path}: ${what}`, operation, { status, text: "" });
  let before: Response | undefined;
  while (request) {
    const sent: ApiCall<Success, Failure> = call(client, request.operation, request.input, options);
    const { data, response } = await sent.withResponse().catch((error: unknown) => {
      // What asks for any page but the first one is the service's, and nobody's input.
      if (!before || !isValidationError(error) || error.violations.some((one) => one.key !== key)) throw error;
      const rules = error.violations.map(({ message }) => message).join("; ");
      throw broken(before, `the next page cannot be asked for: ${rules}`);
    });
    before = response;
    const found = at(data, names) ?? [];
    if (!Array.isArray(found)) throw broken(response, "the items of a page are no array");
    const page: Page = { data, items: found, response };
    yield page;
    request = style(pagination, page, request.input, operation);
    if (!request) return;
    const { token } = request;
    if (typeof token !== "string" && typeof token !== "number")
      throw broken(response, "what leads to the next page is no text");
    if (seen.has(token)) throw broken(response, "a page leads to one that was there before");
    seen.add(token);
  }
}

async function* dataOf<Data>(pages: AsyncIterable<Page>): AsyncGenerator<Data, void, undefined> {
  // The descriptor says what the generated types say: both are written from one model.
  for await (const { data } of pages) yield data as Data;
}

async function* itemsIn<Item>(pages: AsyncIterable<Page>): AsyncGenerator<Item, void, undefined> {
  for await (const { items } of pages) yield* items as readonly Item[];
}

/** The pages, as the operation gives each; the input is what it is now, whatever becomes of it. */
export function pagesOf<Data>(
  client: Client,
  operation: Operation,
  pagination: Pagination,
  input: object = {},
  options?: CallOptions,
): AsyncGenerator<Data, void, undefined> {
  return dataOf(walk(client, operation, pagination, { ...input }, options));
}

/** The items of the pages. */
export function itemsOf<Item>(
  client: Client,
  operation: Operation,
  pagination: Pagination,
  input: object = {},
  options?: CallOptions,
): AsyncGenerator<Item, void, undefined> {
  return itemsIn(walk(client, operation, pagination, { ...input }, options));
}
