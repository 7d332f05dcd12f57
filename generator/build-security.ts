/** Security schemes (OpenAPI 3.1, 4.8.27). */
import type { Context } from "./build-context.js";
import type { SecuritySchemeModel } from "./model.js";
import {
  child,
  fillingScheme,
  get,
  getObject,
  getString,
  type JsonObject,
  type Node,
  operationNodes,
  parameterNodes,
  resolve,
} from "./openapi.js";

/** Every scheme that the client can fill. */
export function buildSecuritySchemes(context: Context): readonly SecuritySchemeModel[] {
  const { document } = context;
  const parent = "#/components/securitySchemes";
  const schemes = getObject(getObject(document, "components"), "securitySchemes") ?? {};
  return Object.entries(schemes).flatMap(([name, value]) => {
    const node = resolve(document, value, child(parent, name));
    const parameter = getString(node?.value, "name");
    if (!node || getString(node.value, "type") !== "apiKey" || getString(node.value, "in") !== "header" || !parameter) {
      context.unsupported(child(parent, name), `security scheme \`${name}\`: only apiKey in a header is sent`);
      return [];
    }
    const header = headerFilledBy(document, name);
    const schema = context.schema(
      header ? get(header.value, "schema") : { type: "string" },
      child(header?.pointer ?? "", "schema"),
    );
    return [
      { name, description: getString(node.value, "description"), kind: "apiKey", in: "header", parameter, schema },
    ];
  });
}

/** The first header parameter that this scheme fills: it states the credential's bounds. */
function headerFilledBy(document: JsonObject, scheme: string): Node | undefined {
  for (const operation of operationNodes(document)) {
    const found = parameterNodes(document, operation).find(
      ({ value }) => fillingScheme(document, operation.value, value) === scheme,
    );
    if (found) return found;
  }
  return undefined;
}
