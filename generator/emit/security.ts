/** Emits the type of a document's credentials, and what puts them on a request. */
import type { ApiModel, SecuritySchemeModel } from "../model.js";
import type { Names } from "../names.js";
import { type StatementStructures, StructureKind } from "../structures.js";
import { code, docs, prose } from "./comment.js";
import { constant } from "./constant.js";
import { identifier, type Literal, literal, memberName } from "./literal.js";
import type { ModuleImports, Statement } from "./module.js";
import { schemaLiteral } from "./schema.js";

/** The type `Auth`. */
export function emitAuth(model: ApiModel, imports: ModuleImports): StatementStructures {
  return {
    kind: StructureKind.Interface,
    isExported: true,
    name: "Auth",
    docs: docs("Credentials, by security scheme."),
    properties: model.securitySchemes.map((scheme) => ({
      isReadonly: true,
      name: memberName(scheme.name),
      hasQuestionToken: true,
      type: `${credentialType(scheme, imports)} | undefined`,
      docs: docs(prose(scheme.description), `Sent ${wayOf(scheme)}.`),
    })),
  };
}

function credentialType({ kind }: SecuritySchemeModel, imports: ModuleImports): string {
  const credential = imports.type("Credential", "runtime/options");
  return kind === "basic" ? `${credential}<${imports.type("UserPassword", "runtime/options")}>` : credential;
}

/** How a credential travels, for people: `in the header `X-Key``. */
export function wayOf({ kind, in: location, parameter }: SecuritySchemeModel): string {
  if (kind === "bearer") return "as `Authorization: Bearer …`";
  if (kind === "basic") return "as `Authorization: Basic …`, which is readable by anyone who sees it";
  if (location === "query") return `in the query, as ${code(parameter)}`;
  return `in the ${location} ${code(parameter)}${location === "cookie" ? ", which browsers refuse" : ""}`;
}

const codecs = {
  header: { style: "simple", secrets: undefined },
  query: { style: "queryKey", secrets: "querySecrets" },
  cookie: { style: "cookieKey", secrets: undefined },
  bearer: { style: "bearer", secrets: undefined },
  basic: { style: "basic", secrets: "basicSecrets" },
} as const;

/** The constant `securitySchemes`. */
export function emitSecuritySchemes(model: ApiModel, names: Names, imports: ModuleImports): Statement {
  const data = model.securitySchemes.map((scheme): Literal => {
    const { style, secrets } = codecs[scheme.kind === "apiKey" ? scheme.in : scheme.kind];
    return {
      key: scheme.name,
      name: scheme.parameter,
      in: scheme.in,
      style: identifier(imports.value(style, style === "simple" ? "runtime/style" : "runtime/security")),
      secrets: secrets && identifier(imports.value(secrets, "runtime/security")),
      schema: scheme.schema && schemaLiteral(scheme.schema, { names, imports, direction: "request" }),
    };
  });
  return constant({
    name: "securitySchemes",
    type: `readonly ${imports.type("SecurityScheme", "runtime/descriptor")}[]`,
    value: literal(data),
    isExported: false,
  });
}

/** The name of the client's options, as an expression: where a key is in the query, no error may show one. */
export function clientOptions(model: ApiModel, imports: ModuleImports): string {
  const hasQueryKey = model.securitySchemes.some((scheme) => scheme.in === "query");
  return hasQueryKey ? `${imports.value("withoutQueries", "runtime/security")}(options)` : "options";
}
