/** Whole documents, OpenAPI 3.0 and 3.1, with a hostile text in every place that holds one. */
import fc from "fast-check";
import type { Json } from "../../generator/model.js";
import { httpMethods, type JsonObject } from "../../generator/openapi.js";
import { hostile } from "./hostile.js";

type Fields = { readonly [key: string]: fc.Arbitrary<Json> };

/** Each field is there or not; those of `required` always are. */
function object(fields: Fields, required: readonly string[] = []): fc.Arbitrary<JsonObject> {
  return fc.record(fields, { requiredKeys: [...required], noNullPrototype: true }) as fc.Arbitrary<JsonObject>;
}

/** Keys are hostile, too; `__proto__` is a key like any other. */
function mapOf(value: fc.Arbitrary<Json>, most = 2, key: fc.Arbitrary<string> = hostile): fc.Arbitrary<JsonObject> {
  return fc.array(fc.tuple(key, value), { maxLength: most }).map((entries) => Object.fromEntries(entries));
}

const list = (value: fc.Arbitrary<Json>, most = 2): fc.Arbitrary<Json> => fc.array(value, { maxLength: most });
const some = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

const data: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: hostile },
  { weight: 1, arbitrary: some<Json>(0, -1, 1.5, true, null, [], {}) },
  { weight: 1, arbitrary: list(hostile) },
  { weight: 1, arbitrary: mapOf(hostile) },
);

/** What any object of a document may carry. */
const externalDocs = object({ url: hostile, description: hostile }, ["url"]);
const extension: Fields = { "x-extension": data };

/** Names are few, so that references often lead somewhere; the first is hostile in each document. */
const SCHEMA = "Plain";
const reference = (kind: string, name: string): Json => ({ $ref: `#/components/${kind}/${pointerToken(name)}` });
const elsewhere = (...names: readonly string[]): Json => ({ $ref: `#/${names.map(pointerToken).join("/")}` });

/** RFC 6901, 3 and 6: as a URI fragment; half a surrogate pair, which no URI holds, stays as it is. */
function pointerToken(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1").replaceAll("%", "%25").replaceAll("#", "%23");
}

/** Of a component: openapi-typescript follows no reference that ends in nothing. */
const named = hostile.map((text) => text || "_");

const texts: Fields = { title: hostile, description: hostile };

/** Schemas: scalars, enumerations with names, objects, lists, compositions, references. */
function schemaOf(schemas: readonly string[]): fc.Arbitrary<Json> {
  const { schema } = fc.letrec<{ readonly schema: Json }>((tie) => ({
    schema: fc.oneof(
      { maxDepth: 2, depthSize: "small" },
      object(
        {
          ...texts,
          ...extension,
          type: some("string"),
          format: hostile,
          default: data,
          example: data,
          pattern: hostile,
        },
        ["type"],
      ),
      object(
        {
          type: some("integer", "number"),
          ...texts,
          minimum: some(1),
          maximum: some(9),
          default: data,
          example: some(3),
        },
        ["type"],
      ),
      enumeration,
      ...(schemas.length > 0 ? [some(...schemas.map((name) => reference("schemas", name)))] : []),
      object(
        {
          ...texts,
          ...extension,
          type: some("object"),
          properties: mapOf(tie("schema"), 3),
          required: list(hostile),
          additionalProperties: some<Json>(true, false, { type: "string" }),
          "x-error": object({ code: hostile, message: hostile, requestId: hostile }),
          externalDocs,
          xml: object({ name: hostile, namespace: hostile, prefix: hostile }),
        },
        ["type"],
      ),
      object({ ...texts, type: some("array"), items: tie("schema") }, ["type", "items"]),
      object({ ...texts, allOf: list(tie("schema")), required: list(hostile) }, ["allOf"]),
      object({ ...texts, oneOf: list(tie("schema")), discriminator: discriminatorOf(schemas) }, ["oneOf"]),
      object({ ...texts, anyOf: list(tie("schema")), nullable: some(true) }, ["anyOf"]),
      object({ const: data, ...texts }, ["const"]),
      object(
        {
          $defs: mapOf(tie("schema")),
          patternProperties: mapOf(tie("schema")),
          propertyNames: tie("schema"),
          dependentRequired: mapOf(list(hostile)),
          dependentSchemas: mapOf(tie("schema")),
        },
        ["patternProperties"],
      ),
      // biome-ignore lint/suspicious/noThenProperty: it is a keyword of JSON Schema
      object({ not: tie("schema"), if: tie("schema"), then: tie("schema"), else: tie("schema") }, ["if"]),
      object({ prefixItems: list(tie("schema")), contains: tie("schema"), items: tie("schema") }, ["prefixItems"]),
      object({
        type: some("string"),
        contentMediaType: hostile,
        contentEncoding: hostile,
        contentSchema: tie("schema"),
      }),
    ),
  }));
  return schema;
}

const enumeration = fc.array(fc.tuple(hostile, hostile, hostile), { minLength: 1, maxLength: 3 }).chain((rows) =>
  object(
    {
      ...texts,
      ...extension,
      type: some("string"),
      enum: some<Json>(rows.map(([value]) => value)),
      "x-enum-varnames": some<Json>(rows.map(([, name]) => name)),
      "x-enum-descriptions": some<Json>(rows.map(([, , label]) => label)),
    },
    ["type", "enum"],
  ),
);

function discriminatorOf(schemas: readonly string[]): fc.Arbitrary<Json> {
  const targets = schemas.map((name) => `#/components/schemas/${pointerToken(name)}`);
  const mapping = targets.length > 0 ? mapOf(some(...targets)) : some({});
  return object({ propertyName: hostile, mapping }, ["propertyName"]);
}

const mediaTypes = fc.oneof(
  some("application/json", "application/problem+json", "text/plain", "application/octet-stream", "*/*"),
  some("application/x-www-form-urlencoded", "multipart/form-data", "text/event-stream"),
  hostile,
  hostile.map((text) => `application/json; x=${text}`),
);

const examples = mapOf(object({ summary: hostile, description: hostile, value: data }));

/** A document of few parts: what makes it hostile is text, not size. */
export const documents: fc.Arbitrary<JsonObject> = fc
  .record({
    schemas: fc.array(named, { maxLength: 2 }),
    scheme: named,
    response: named,
    parameter: named,
    other: named,
  })
  .chain(({ schemas: hostileSchemas, scheme, response, parameter: shared, other }) => {
    const schemas = [...new Set([SCHEMA, ...hostileSchemas])];
    const schema = schemaOf(schemas);
    const header = fc.oneof(
      { weight: 4, arbitrary: object({ description: hostile, schema, example: data }, ["schema"]) },
      { weight: 1, arbitrary: some(reference("headers", other)) },
    );
    const encoding = object({
      contentType: hostile,
      headers: mapOf(header),
      style: fc.oneof(some("form", "deepObject"), hostile),
      explode: some(true, false),
    });
    const mediaType = object({
      schema,
      example: data,
      examples,
      encoding: mapOf(encoding),
      "x-error-envelope": some(true),
    });
    const form = fc.tuple(hostile, encoding, schema).map(
      ([name, value, property]): Json => ({
        schema: { type: "object", properties: Object.fromEntries([[name, property]]) },
        encoding: Object.fromEntries([[name, value]]),
      }),
    );
    const content = fc.oneof(
      { weight: 4, arbitrary: mapOf(mediaType, 2, mediaTypes) },
      { weight: 1, arbitrary: mapOf(form, 1, some("multipart/form-data", "application/x-www-form-urlencoded")) },
    );
    const requestBody = object({ description: hostile, content, required: some(true, false) }, ["content"]);

    const parameterFields: Fields = {
      description: hostile,
      required: some(true, false),
      deprecated: some(true),
      schema,
      example: data,
      examples,
      style: fc.oneof(
        { weight: 6, arbitrary: some("form", "simple", "deepObject", "label") },
        { weight: 1, arbitrary: hostile },
      ),
      explode: some(true, false),
      ...extension,
    };
    const parameterIn = (location: string, name: fc.Arbitrary<string> = hostile): fc.Arbitrary<Json> =>
      object({ ...parameterFields, name, in: some(location) }, ["name", "in", "schema"]);
    const parameter = fc.oneof(
      ...["query", "header", "cookie"].map((location) => parameterIn(location)),
      some(
        reference("parameters", shared),
        elsewhere("x-hidden", "parameters", other),
        elsewhere("x-parameters", other),
      ),
      object(
        { name: hostile, in: some("query"), content: some({ "application/json": { schema: { type: "object" } } }) },
        ["name", "in", "content"],
      ),
    );

    const link = object({ operationId: hostile, description: hostile, parameters: mapOf(hostile) });
    const responseObject = object(
      { description: hostile, headers: mapOf(header), content, links: mapOf(link), ...extension },
      ["description"],
    );
    const statuses = fc.oneof(
      { weight: 8, arbitrary: some("200", "201", "204", "400", "4XX", "default") },
      { weight: 1, arbitrary: hostile },
    );
    const responses = mapOf(
      fc.oneof(
        { weight: 5, arbitrary: responseObject },
        { weight: 1, arbitrary: some(reference("responses", response), elsewhere("x-responses", other)) },
      ),
      3,
      statuses,
    );
    const requirement = some<Json>({}, { [scheme]: [] }, { [scheme]: ["a"], other: [] });
    const variables = mapOf(object({ default: hostile, description: hostile, enum: list(hostile) }, ["default"]));
    const server = object({ url: hostile, description: hostile, variables, ...extension }, ["url"]);

    const operationId = fc.oneof({ weight: 6, arbitrary: hostile }, { weight: 1, arbitrary: some("notify") });
    /** Of the server's own requests. */
    const told = object({
      post: object({ operationId, summary: hostile, parameters: list(parameter), responses }, ["responses"]),
    });
    const toldItems = fc.oneof(
      { weight: 4, arbitrary: told },
      { weight: 1, arbitrary: some(reference("pathItems", other)) },
    );
    const callback = fc.oneof(
      { weight: 4, arbitrary: mapOf(toldItems) },
      { weight: 1, arbitrary: some(reference("callbacks", other)) },
    );

    const operationFields: Fields = {
      operationId,
      summary: hostile,
      description: hostile,
      tags: list(hostile),
      deprecated: some(true),
      parameters: list(parameter, 3),
      requestBody: fc.oneof(
        { weight: 4, arbitrary: requestBody },
        { weight: 1, arbitrary: some(reference("requestBodies", other)) },
      ),
      responses,
      security: list(requirement),
      servers: list(server),
      externalDocs,
      callbacks: mapOf(callback),
      "x-codeSamples": list(object({ lang: hostile, label: hostile, source: hostile })),
      "x-pagination": object({
        style: fc.oneof(some("cursor", "offset", "link"), hostile),
        items: hostile,
        next: hostile,
      }),
      ...extension,
    };
    const operation = object(operationFields, ["responses"]);

    /** A path, with the parameters that stand in it. */
    const pathItem = fc
      .tuple(fc.array(hostile, { maxLength: 2 }), hostile, some(...httpMethods), operation, fc.boolean(), list(server))
      .chain(([inPath, text, method, value, isGiven, servers]) =>
        fc
          .tuple(...inPath.map((name) => parameterIn("path", some(name))))
          .map((pathParameters): readonly [string, Json] => [
            `/${text}${inPath.map((name) => `/{${name}}`).join("")}`,
            {
              [method]: value,
              ...(isGiven ? { summary: text, description: text, servers } : {}),
              ...(pathParameters.length > 0 ? { parameters: pathParameters } : {}),
            },
          ]),
      );
    /** One whose pages can be walked, whatever its names are. */
    const paged = fc
      .tuple(hostile, hostile, hostile, some<"cursor" | "offset" | "link">("cursor", "offset", "link"))
      .map(([name, items, next, style]): readonly [string, Json] => {
        const [toItems, toNext] = [items, next].map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`);
        const properties = Object.fromEntries([
          [next, { type: style === "offset" ? "integer" : "string" }],
          [items, { type: "array", items: { type: "string" } }],
        ]);
        const ways = {
          cursor: { parameter: name, next: toNext },
          offset: { offset: name, total: toNext },
          link: { next: toNext },
        };
        return [
          "/paged",
          {
            get: {
              "x-pagination": { style, items: toItems, ...ways[style] } as Json,
              parameters: [{ name, in: "query", schema: { type: style === "offset" ? "integer" : "string" } }],
              responses: {
                200: { description: "", content: { "application/json": { schema: { type: "object", properties } } } },
              },
            },
          },
        ];
      });
    const paths = fc
      .tuple(fc.array(pathItem, { minLength: 1, maxLength: 2 }), fc.option(paged, { freq: 4, nil: undefined }))
      .map(([items, more]) => Object.fromEntries(more ? [...items, more] : items));

    const namedAs = (names: readonly string[], value: fc.Arbitrary<Json>) =>
      fc
        .tuple(...names.map(() => value))
        .map((values): Json => Object.fromEntries(names.map((name, index) => [name, values[index] ?? {}])));
    const securityScheme = fc.oneof(
      object({ type: some("apiKey"), in: some("header", "query", "cookie"), name: hostile, description: hostile }, [
        "type",
        "in",
        "name",
      ]),
      object(
        {
          type: some("http"),
          scheme: fc.oneof(some("basic", "bearer"), hostile),
          bearerFormat: hostile,
          description: hostile,
        },
        ["type", "scheme"],
      ),
      object({ type: some("oauth2", "openIdConnect"), flows: some({}), openIdConnectUrl: hostile }, ["type"]),
    );
    return object(
      {
        openapi: some("3.0.3", "3.1.0"),
        info: object(
          {
            title: hostile,
            version: hostile,
            summary: hostile,
            description: hostile,
            termsOfService: hostile,
            contact: object({ name: hostile, url: hostile, email: hostile }),
            license: object({ name: hostile, url: hostile, identifier: hostile }, ["name"]),
          },
          ["title", "version"],
        ),
        servers: list(server),
        tags: list(object({ name: hostile, description: hostile, externalDocs }, ["name"])),
        security: list(requirement),
        externalDocs,
        paths,
        webhooks: mapOf(toldItems),
        components: object(
          {
            schemas: namedAs(schemas, schema),
            responses: namedAs([response], responseObject),
            parameters: namedAs([shared], parameterIn("query")),
            securitySchemes: namedAs([scheme, "other"], securityScheme),
            examples,
            requestBodies: namedAs([other], requestBody),
            headers: namedAs([other], object({ description: hostile, schema }, ["schema"])),
            callbacks: namedAs([other], mapOf(toldItems)),
            pathItems: namedAs([other], told),
          },
          [
            "schemas",
            "responses",
            "parameters",
            "securitySchemes",
            "requestBodies",
            "headers",
            "callbacks",
            "pathItems",
          ],
        ),
        "x-hostile": data,
        "x-parameters": namedAs([other], parameterIn("query")),
        "x-responses": namedAs([other], responseObject),
        "x-hidden": namedAs(["parameters"], namedAs([other], parameterIn("header"))),
      },
      ["openapi", "info", "paths", "components", "x-parameters", "x-responses", "x-hidden"],
    );
  });
