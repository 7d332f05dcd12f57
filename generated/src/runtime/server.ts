/** Servers of a document with their variables filled (OpenAPI 3.1, 4.8.5 and 4.8.6). */
import { baseOf } from "./base-url.js";
import { own } from "./own.js";
import { encode } from "./style.js";

/** A variable of a server. */
export interface ServerVariable {
  /** Taken as it is: it is the document's. */
  readonly default?: string;
  /** The text of a value in its place; undefined where it would be more than that place. */
  readonly fill: (value: string) => string | undefined;
}

const matching = (pattern: RegExp) => (value: string) => (pattern.test(value) ? value : undefined);

/** `{scheme}://…` */
export const inScheme: ServerVariable["fill"] = /*@__PURE__*/ matching(/^https?$/i);
/** A host, a part of one, or a port: letters, digits and what else a name, a port or an IPv6 address has. */
export const inHost: ServerVariable["fill"] = /*@__PURE__*/ matching(/^[\p{L}\p{N}._~:[\]-]+$/u);
/** One or more segments of a path, percent-encoded; none that a URL would resolve away. */
export const inPath: ServerVariable["fill"] = (value) =>
  /(^|\/)\.\.?(\/|$)/.test(value) ? undefined : value.split("/").map(encode).join("/");
/** A path with the slash that ends the host, or nothing. */
export const afterHost: ServerVariable["fill"] = (value) => (/^($|\/)/.test(value) ? inPath(value) : undefined);
/** Where nothing stands before it, a variable may be any address. */
export const anyStart: ServerVariable["fill"] = (value) => value;

/**
 * A `baseUrl` from the template of a server; `origin` is the host of a relative one. Throws a TypeError where a value is
 * missing or cannot stand in its place.
 */
export function fillServer(
  template: string,
  variables: Readonly<Record<string, ServerVariable>>,
  values: object = {},
  origin?: string,
): string {
  const url = template.replace(/\{([^{}]*)\}/g, (_, name: string) => {
    const variable = own(variables, name) as ServerVariable | undefined;
    const given = own(values, name) ?? undefined;
    const text = given === undefined ? variable?.default : variable?.fill(`${given}`);
    if (text === undefined) throw new TypeError(`${name} cannot be a part of ${template}`);
    return text;
  });
  return baseOf(url, origin);
}
