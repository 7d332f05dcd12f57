/**
 * Every keyword of OpenAPI 3.0 to 3.2 and of JSON Schema 2020-12, and what becomes of it in a client. The one place that
 * knows which keywords there are.
 */
import {
  any,
  type Field,
  type Finding,
  flag,
  honoured,
  list,
  lost,
  map,
  number,
  type ObjectType,
  object,
  objectType,
  type Shape,
  type Span,
  text,
  told,
} from "./grammar.js";
import type { Json } from "./model.js";

const since31 = { since: "3.1" } as const;
const since32 = { since: "3.2" } as const;

const schema: Shape = object(() => schemaObject);
const schemas: Shape = list(schema, true);
const parameter: Shape = object(() => parameterObject);
const content: Shape = map(object(() => mediaTypeObject));
const headers: Shape = map(object(() => headerObject));
const servers: Shape = list(
  object(() => serverObject),
  true,
);
const pathItem: Shape = object(() => pathItemObject);
const security: Shape = list(map(list(text)), true);
const encoding: Shape = object(() => encodingObject);

/** OpenAPI 3.1, 4.8.1. */
export const documentObject: ObjectType = objectType("OpenAPI Object", {
  openapi: honoured(text),
  $self: lost(any, "`$self`: references are resolved from where the file lies", since32),
  info: honoured(object(() => infoObject)),
  jsonSchemaDialect: lost(
    text,
    (dialect) =>
      knownDialects.has(String(dialect)) ? undefined : "`jsonSchemaDialect`: schemas are read as JSON Schema 2020-12",
    since31,
  ),
  servers: honoured(servers),
  paths: honoured(object(() => pathsObject)),
  webhooks: told(map(pathItem), since31),
  components: honoured(object(() => componentsObject)),
  security: honoured(security),
  tags: told(any),
  externalDocs: told(any),
});

const knownDialects: ReadonlySet<string> = new Set([
  "https://spec.openapis.org/oas/3.1/dialect/base",
  "https://json-schema.org/draft/2020-12/schema",
]);

/** OpenAPI 3.1, 4.8.2. */
const infoObject: ObjectType = objectType("Info Object", {
  title: honoured(text),
  summary: honoured(text, since31),
  description: honoured(text),
  termsOfService: told(text),
  contact: told(any),
  license: told(any),
  version: honoured(text),
});

/** OpenAPI 3.1, 4.8.5. */
const serverObject: ObjectType = objectType("Server Object", {
  url: honoured(text),
  description: honoured(text),
  name: told(text, since32),
  variables: honoured(map(object(() => serverVariableObject))),
});

/** OpenAPI 3.1, 4.8.6. */
const serverVariableObject: ObjectType = objectType("Server Variable Object", {
  enum: honoured(list(text)),
  default: honoured(text),
  description: told(text),
});

/** OpenAPI 3.1, 4.8.7. */
const componentsObject: ObjectType = objectType("Components Object", {
  schemas: honoured(map(schema)),
  responses: honoured(map(object(() => responseObject))),
  parameters: honoured(map(parameter)),
  examples: told(any),
  requestBodies: honoured(map(object(() => requestBodyObject))),
  headers: honoured(headers),
  securitySchemes: honoured(map(object(() => securitySchemeObject))),
  links: told(any),
  callbacks: told(any),
  pathItems: honoured(map(pathItem), since31),
  mediaTypes: honoured(content, since32),
});

/** OpenAPI 3.1, 4.8.8. */
export const pathsObject: ObjectType = objectType("Paths Object", {}, { other: () => honoured(pathItem) });

const operation: Shape = object(() => operationObject);

/** OpenAPI 3.1, 4.8.9. */
export const pathItemObject: ObjectType = objectType(
  "Path Item Object",
  {
    summary: honoured(text),
    description: honoured(text),
    get: honoured(operation),
    put: honoured(operation),
    post: honoured(operation),
    delete: honoured(operation),
    options: honoured(operation),
    head: honoured(operation),
    patch: honoured(operation),
    trace: honoured(operation),
    query: lost(operation, "an operation of method `query` gets no function", since32),
    additionalOperations: lost(map(operation), "`additionalOperations` get no functions", since32),
    servers: honoured(servers),
    parameters: honoured(list(parameter)),
  },
  { group: "pathItems" },
);

/** OpenAPI 3.1, 4.8.10. */
const operationObject: ObjectType = objectType("Operation Object", {
  tags: honoured(list(text, true)),
  summary: honoured(text),
  description: honoured(text),
  externalDocs: told(any),
  operationId: honoured(text),
  parameters: honoured(list(parameter)),
  requestBody: honoured(object(() => requestBodyObject)),
  responses: honoured(object(() => responsesObject)),
  callbacks: told(any),
  deprecated: honoured(flag),
  security: honoured(security),
  servers: honoured(servers),
});

/** What a Parameter Object and a Header Object have in common (OpenAPI 3.1, 4.8.12 and 4.8.21). */
const valueFields = {
  description: honoured(text),
  required: honoured(flag),
  deprecated: honoured(flag),
  allowEmptyValue: honoured(flag),
  style: honoured(text),
  explode: honoured(flag),
  allowReserved: honoured(flag),
  schema: honoured(schema),
  example: honoured(any),
  examples: honoured(any),
  content: honoured(content),
};

/** OpenAPI 3.1, 4.8.12. */
export const parameterObject: ObjectType = objectType(
  "Parameter Object",
  { name: honoured(text), in: honoured(text), ...valueFields },
  { group: "parameters" },
);

/** OpenAPI 3.1, 4.8.13. */
const requestBodyObject: ObjectType = objectType(
  "Request Body Object",
  { description: honoured(text), content: honoured(content), required: honoured(flag) },
  { group: "requestBodies" },
);

/** OpenAPI 3.1, 4.8.14; a reference to one is new in 3.2. */
export const mediaTypeObject: ObjectType = objectType(
  "Media Type Object",
  {
    schema: honoured(schema),
    itemSchema: honoured(schema, since32),
    example: told(any),
    examples: told(any),
    encoding: honoured(map(encoding)),
    prefixEncoding: lost(list(encoding), "`prefixEncoding`", since32),
    itemEncoding: lost(encoding, "`itemEncoding`", since32),
    "x-error-envelope": honoured(flag),
  },
  { group: "mediaTypes" },
);

/** OpenAPI 3.1, 4.8.15. */
const encodingObject: ObjectType = objectType("Encoding Object", {
  contentType: honoured(text),
  headers: honoured(headers),
  style: honoured(text),
  explode: honoured(flag),
  allowReserved: honoured(flag),
  encoding: lost(map(encoding), "`encoding` within an encoding", since32),
  prefixEncoding: lost(list(encoding), "`prefixEncoding`", since32),
  itemEncoding: lost(encoding, "`itemEncoding`", since32),
});

/** OpenAPI 3.1, 4.8.16. */
const responsesObject: ObjectType = objectType(
  "Responses Object",
  {},
  { other: () => honoured(object(() => responseObject)) },
);

/** OpenAPI 3.1, 4.8.17. */
const responseObject: ObjectType = objectType(
  "Response Object",
  {
    summary: told(text, since32),
    description: honoured(text),
    headers: honoured(headers),
    content: honoured(content),
    links: told(any),
  },
  { group: "responses" },
);

/** OpenAPI 3.1, 4.8.21. */
const headerObject: ObjectType = objectType("Header Object", valueFields, { group: "headers" });

/** True or false beside a bound in OpenAPI 3.0, the bound itself since. */
const exclusive = { spanOf: (bound: Json): Span => (typeof bound === "boolean" ? { until: "3.0" } : since31) };

/** What is said of a keyword of ours that is used of a component only; undefined for one that has this keyword itself. */
function notOfComponent(message: string, [parent, kind, , ...rest]: readonly string[]): Finding | undefined {
  if (parent === "components" && kind === "schemas" && rest.length === 1) return undefined;
  return { message: `${message}: the schema is no component`, fix: "Move the schema to `components/schemas`." };
}

/** Constants are made of a component only: it has a name that they can have, too. */
function ofNamedEnum(keyword: string): Field {
  return lost(any, (list, owner, path) => {
    const message = `\`${keyword}\` gives no constants`;
    const finding = notOfComponent(message, path);
    if (finding) return finding;
    if ([list, owner.enum, owner["x-enum-varnames"]].every(Array.isArray)) return undefined;
    const fix = "Write lists, one entry for each value of `enum`.";
    return { message: `${message}: that takes \`enum\` and \`x-enum-varnames\`, which are lists`, fix };
  });
}

/** OpenAPI 3.1, 4.8.24; JSON Schema 2020-12, core 8 to 11 and validation 6 to 9. */
export const schemaObject: ObjectType = objectType(
  "Schema Object",
  {
    $id: lost(text, "`$id` of a schema: references are resolved from where the file lies", since31),
    $schema: lost(
      text,
      (dialect) =>
        knownDialects.has(String(dialect)) ? undefined : "`$schema`: schemas are read as JSON Schema 2020-12",
      since31,
    ),
    $anchor: honoured(text, since31),
    $dynamicAnchor: told(text, since31),
    $dynamicRef: lost(text, "`$dynamicRef` of a schema: any value is taken", since31),
    // Of JSON Schema 2019-09 and before; they are read as they are meant.
    $recursiveRef: honoured(text),
    $recursiveAnchor: told(flag),
    definitions: honoured(map(schema)),
    $vocabulary: lost(any, "`$vocabulary`", since31),
    $comment: told(text, since31),
    $defs: honoured(map(schema), since31),
    allOf: honoured(schemas),
    anyOf: honoured(schemas),
    oneOf: honoured(schemas),
    not: honoured(schema),
    if: honoured(schema, since31),
    // biome-ignore lint/suspicious/noThenProperty: it is a keyword of JSON Schema
    then: honoured(schema, since31),
    else: honoured(schema, since31),
    dependentSchemas: honoured(map(schema), since31),
    prefixItems: honoured(schemas, since31),
    items: honoured(schema),
    contains: honoured(schema, since31),
    properties: honoured(map(schema)),
    patternProperties: honoured(map(schema), since31),
    additionalProperties: honoured(schema),
    propertyNames: honoured(schema, since31),
    unevaluatedItems: lost(any, "`unevaluatedItems` is not checked", since31),
    unevaluatedProperties: lost(any, "`unevaluatedProperties` is not checked", since31),
    type: honoured(any, { spanOf: (type) => (type === "null" || Array.isArray(type) ? since31 : {}) }),
    enum: honoured(any),
    const: honoured(any, since31),
    multipleOf: honoured(number),
    maximum: honoured(number),
    exclusiveMaximum: honoured(any, exclusive),
    minimum: honoured(number),
    exclusiveMinimum: honoured(any, exclusive),
    maxLength: honoured(number),
    minLength: honoured(number),
    pattern: honoured(text),
    maxItems: honoured(number),
    minItems: honoured(number),
    uniqueItems: honoured(flag),
    maxContains: honoured(number, since31),
    minContains: honoured(number, since31),
    maxProperties: honoured(number),
    minProperties: honoured(number),
    required: honoured(any),
    dependentRequired: honoured(map(list(text)), since31),
    format: honoured(text),
    contentEncoding: honoured(text, since31),
    contentMediaType: honoured(text, since31),
    contentSchema: lost(schema, "`contentSchema` is not checked", since31),
    title: told(text),
    description: honoured(text),
    default: honoured(any),
    deprecated: honoured(flag),
    readOnly: honoured(flag),
    writeOnly: honoured(flag),
    example: honoured(any),
    examples: honoured(any, since31),
    discriminator: honoured(object(() => discriminatorObject)),
    nullable: honoured(flag, { until: "3.0" }),
    xml: told(any),
    externalDocs: told(any),
    "x-enum-varnames": ofNamedEnum("x-enum-varnames"),
    "x-enum-descriptions": ofNamedEnum("x-enum-descriptions"),
    "x-error": lost(any, (_, __, path) => notOfComponent("`x-error` is not used", path)),
  },
  { group: "schemas", isBoolean: true },
);

/** OpenAPI 3.1, 4.8.25. */
export const discriminatorObject: ObjectType = objectType("Discriminator Object", {
  propertyName: honoured(text),
  mapping: honoured(map(text)),
  defaultMapping: lost(text, "`defaultMapping` of a discriminator", since32),
});

/** OpenAPI 3.1, 4.8.27. */
export const securitySchemeObject: ObjectType = objectType(
  "Security Scheme Object",
  {
    type: honoured(text),
    description: honoured(text),
    name: honoured(text),
    in: honoured(text),
    scheme: honoured(text),
    bearerFormat: told(text),
    flows: honoured(any),
    openIdConnectUrl: told(text),
    oauth2MetadataUrl: told(text, since32),
    deprecated: told(flag, since32),
  },
  { group: "securitySchemes" },
);
