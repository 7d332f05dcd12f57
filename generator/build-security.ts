/** Security schemes and requirements (OpenAPI 3.1, 4.8.27 and 4.8.30). */
import type { Context } from "./build-context.js";
import type { SchemaModel, SecuritySchemeModel } from "./model.js";
import {
  child,
  get,
  getObject,
  getString,
  type JsonObject,
  type Node,
  operationNodes,
  parameterNodes,
} from "./openapi.js";
import {
  type Credential,
  credentialOf,
  fillingScheme,
  requirementsOf,
  schemeNode,
  schemesPointer,
} from "./security.js";

/** Every scheme that the client can fill; what becomes of the others, and of requirements, is told. */
export function buildSecuritySchemes(context: Context): readonly SecuritySchemeModel[] {
  const { document } = context;
  tellRequirements(context, { value: document, pointer: "#" });
  for (const operation of operationNodes(document)) {
    if (Array.isArray(get(operation.value, "security"))) tellRequirements(context, operation);
  }
  const schemes = getObject(getObject(document, "components"), "securitySchemes") ?? {};
  return Object.keys(schemes).flatMap((name) => buildSecurityScheme(context, name));
}

function buildSecurityScheme(context: Context, name: string): readonly SecuritySchemeModel[] {
  const { document } = context;
  const pointer = child(schemesPointer, name);
  const node = schemeNode(document, name);
  const credential = node ? credentialOf(node.value) : "a broken reference";
  if (!node || typeof credential === "string") {
    const what = `is left out: ${credential}`;
    context.unsupported(pointer, `security scheme \`${name}\` ${what}`, `a security scheme ${what}`);
    return [];
  }
  if (credential.kind === "mutualTLS") {
    const what = "the connection has its certificate, the client sends nothing";
    context.note(pointer, `security scheme \`${name}\`: ${what}`, `a security scheme: ${what}`);
    return [];
  }
  if (credential.in === "cookie") {
    const what = "is sent outside of browsers only: they refuse the header";
    context.note(pointer, `security scheme \`${name}\` ${what}`, `a security scheme ${what}`);
  }
  const description = getString(node.value, "description");
  const schema = credential.kind === "basic" ? undefined : boundsOf(context, name);
  return [{ name, description, ...credential, schema }];
}

/** The bounds of the parameter that a scheme fills, else those of any text. */
function boundsOf(context: Context, name: string): SchemaModel {
  const parameter = parameterFilledBy(context.document, name);
  const bounds = parameter && context.schema(get(parameter.value, "schema"), child(parameter.pointer, "schema"));
  return bounds?.type === "string" ? bounds : context.schema({ type: "string" }, "");
}

/** Tells each alternative that cannot be met, or not wholly, where it is written. */
function tellRequirements(context: Context, owner: Node): void {
  requirementsOf(context.document, owner.value).forEach((requirement, index) => {
    const filled = new Map<string, string>();
    for (const name of Object.keys(requirement)) {
      const scheme = schemeNode(context.document, name)?.value;
      const credential = scheme ? credentialOf(scheme) : "there is no such scheme";
      const place = child(child(child(owner.pointer, "security"), index), name);
      if (typeof credential !== "string") {
        tellShared(context, place, name, credential, filled);
        continue;
      }
      const what = `is left out: ${credential}`;
      const construct = `an alternative with a security scheme ${what}`;
      context.unsupported(place, `the alternative with security scheme \`${name}\` ${what}`, construct);
    }
  });
}

/** Tells a credential whose place another one of the same alternative has; `filled` holds the names by place. */
function tellShared(
  context: Context,
  pointer: string,
  name: string,
  credential: Credential,
  filled: Map<string, string>,
): void {
  if (credential.kind === "mutualTLS") return;
  const place = `${credential.in} \`${credential.parameter}\``;
  const key = credential.in === "header" ? place.toLowerCase() : place;
  const other = filled.get(key);
  filled.set(key, name);
  if (other === undefined) return;
  const what = "of one alternative go into the same";
  const message = `security schemes \`${other}\` and \`${name}\` ${what} ${place}: only one of them is sent`;
  context.unsupported(pointer, message, `security schemes ${what} place: only one of them is sent`);
}

/** The first parameter that this scheme fills: it states the credential's bounds. */
function parameterFilledBy(document: JsonObject, scheme: string): Node | undefined {
  for (const operation of operationNodes(document)) {
    const found = parameterNodes(document, operation).find(
      ({ value }) => fillingScheme(document, operation.value, value) === scheme,
    );
    if (found) return found;
  }
  return undefined;
}
