/** Questions about a document's security whose answer is a rule of the specification; no stage, used by several. */
import {
  child,
  get,
  getArray,
  getObject,
  getString,
  isFieldName,
  isObject,
  type JsonObject,
  type Node,
  resolve,
} from "./openapi.js";

/** Where the schemes of a document stand. */
export const schemesPointer = "#/components/securitySchemes";

/** What a security scheme puts on a request (OpenAPI 3.1, 4.8.27). */
export type Credential =
  | { readonly kind: "apiKey"; readonly in: "header" | "query" | "cookie"; readonly parameter: string }
  | { readonly kind: "bearer" | "basic"; readonly in: "header"; readonly parameter: "Authorization" }
  /** Nothing: the connection has it. */
  | { readonly kind: "mutualTLS" };

/** A scheme by its name; undefined where there is none. */
export function schemeNode(document: JsonObject, name: string): Node | undefined {
  const schemes = getObject(getObject(document, "components"), "securitySchemes");
  return resolve(document, get(schemes, name), child(schemesPointer, name));
}

/** What a scheme puts on a request; a reason where the client cannot. */
export function credentialOf(scheme: JsonObject): Credential | string {
  const type = getString(scheme, "type");
  const location = getString(scheme, "in");
  const parameter = getString(scheme, "name");
  const http = getString(scheme, "scheme")?.toLowerCase();
  if (type === "mutualTLS") return { kind: "mutualTLS" };
  // Whichever way a token is got, it travels in one (RFC 6750, 2.1).
  if (type === "oauth2" || type === "openIdConnect" || (type === "http" && http === "bearer")) {
    return { kind: "bearer", in: "header", parameter: "Authorization" };
  }
  if (type === "http" && http === "basic") return { kind: "basic", in: "header", parameter: "Authorization" };
  if (type === "http") return http === undefined ? "http without `scheme`" : `http scheme \`${http}\``;
  if (type === undefined) return "it has no `type`";
  if (type !== "apiKey") return `type \`${type}\``;
  if (location === undefined) return "apiKey without `in`";
  if (location !== "header" && location !== "query" && location !== "cookie") return `apiKey in \`${location}\``;
  if (!parameter) return "apiKey without `name`";
  if (location !== "query" && !isFieldName(parameter)) return `${location} \`${parameter}\``;
  return { kind: "apiKey", in: location, parameter };
}

/** The requirements in force, with whose they are: the operation's own, or the document's (OpenAPI 3.1, 4.8.10). */
export function requirementsOf(document: JsonObject, owner: JsonObject): readonly JsonObject[] {
  const own = get(owner, "security");
  return (Array.isArray(own) ? own : getArray(document, "security")).filter(isObject);
}

/**
 * Alternatives of schemes that are all needed (OpenAPI 3.1, 4.8.30), without those that the client cannot meet. One that
 * needs nothing is the last: it is for who has no credential.
 */
export function securityOf(document: JsonObject, owner: JsonObject): readonly (readonly string[])[] {
  const alternatives = requirementsOf(document, owner).flatMap((requirement) => {
    const credentials = Object.keys(requirement).map((name) => {
      const scheme = schemeNode(document, name)?.value;
      return { name, credential: scheme && credentialOf(scheme) };
    });
    if (credentials.some(({ credential }) => typeof credential !== "object")) return [];
    return [credentials.flatMap(({ name, credential }) => (isSent(credential) ? name : []))];
  });
  return [...alternatives.filter(({ length }) => length > 0), ...alternatives.filter(({ length }) => length === 0)];
}

function isSent(credential: Credential | string | undefined): boolean {
  return typeof credential === "object" && credential.kind !== "mutualTLS";
}

/** The security scheme that fills this parameter for this operation, if there is one: they are one and the same input. */
export function fillingScheme(document: JsonObject, operation: JsonObject, parameter: JsonObject): string | undefined {
  const location = getString(parameter, "in");
  // Only names of headers know no case (RFC 9110, 5.1).
  const comparable = (name: string | undefined) => (location === "header" ? name?.toLowerCase() : name);
  return securityOf(document, operation)
    .flat()
    .find((name) => {
      const credential = credentialOf(schemeNode(document, name)?.value ?? {});
      return (
        typeof credential === "object" &&
        credential.kind === "apiKey" &&
        credential.in === location &&
        comparable(credential.parameter) === comparable(getString(parameter, "name"))
      );
    });
}
