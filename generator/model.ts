/**
 * The API model: what the document says once every rule of the OpenAPI specification has been applied. Readonly data,
 * built once by build-model, read by everything after it. Names are absent here: they are `names.ts`' work.
 */
import type { Place } from "./diagnostics.js";
import type { ResponseKind } from "./media-type.js";

/** OpenAPI 3.1, 4.8.12, `in`. */
export type ParameterLocation = "path" | "query" | "header" | "cookie";
/** OpenAPI 3.1, 4.8.12.3. */
export type ParameterStyle = "matrix" | "label" | "simple" | "form" | "spaceDelimited" | "pipeDelimited" | "deepObject";
/** The fixed fields of a Path Item Object (OpenAPI 3.1, 4.8.9). */
export type HttpMethod = "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace";

/** A value of JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A document, ready to be emitted. */
export interface ApiModel {
  readonly title: string;
  /** `info.version`: the version of the API. */
  readonly version: string;
  readonly summary: string | undefined;
  readonly description: string | undefined;
  readonly servers: readonly ServerModel[];
  /** The document's own requirements: in force where an operation has none of its own. */
  readonly security: readonly (readonly string[])[];
  readonly operations: readonly OperationModel[];
  readonly securitySchemes: readonly SecuritySchemeModel[];
  /** Named enumerations that carry `x-enum-varnames`. */
  readonly enums: readonly EnumModel[];
  /** Schemas that are modules of their own, in the order of the operations. */
  readonly schemas: readonly SchemaModuleModel[];
  /** Named error schemas that carry `x-error`, or look like RFC 9457's problem details. */
  readonly errorSchemas: readonly ErrorSchemaModel[];
}

/** OpenAPI 3.1, 4.8.5: one that a client can call, without a slash at its end. */
export interface ServerModel {
  /** With its variables replaced by their defaults; undefined where one has none. */
  readonly url: string | undefined;
  /** As written, e.g. `https://{host}`; a relative one begins with a slash. */
  readonly template: string;
  readonly description: string | undefined;
  /** It is a path on a host that the document does not name. */
  readonly isRelative: boolean;
  readonly variables: readonly ServerVariableModel[];
}

/** What a variable is a part of: `start` may be all before a path, `afterHost` is a path with its slash. */
export type VariablePosition = "start" | "scheme" | "host" | "afterHost" | "path";

/** OpenAPI 3.1, 4.8.6. */
export interface ServerVariableModel {
  readonly name: string;
  readonly description: string | undefined;
  readonly default: string | undefined;
  /** Those values that can stand in its place. */
  readonly enum: readonly string[] | undefined;
  readonly position: VariablePosition;
}

/** OpenAPI 3.1, 4.8.10, with what its path item gives it. */
export interface OperationModel {
  /** As written, or made from method and path. */
  readonly operationId: string;
  /** False without an operationId of its own: its bindings then stand under `paths` only. */
  readonly hasOperationId: boolean;
  readonly method: HttpMethod;
  /** As written: the key of the bindings. */
  readonly path: string;
  /** What a URL has of it: neither query nor fragment. */
  readonly template: string;
  readonly summary: string | undefined;
  readonly description: string | undefined;
  readonly deprecated: boolean;
  readonly tags: readonly string[];
  /** Inputs, in the order path item, operation; a parameter that a security scheme fills is not among them. */
  readonly parameters: readonly ParameterModel[];
  /** Optional parameters that are no inputs, because they are not honoured yet. */
  readonly leftOut: readonly Pick<ParameterModel, "name" | "in" | "required">[];
  readonly requestBody: RequestBodyModel | undefined;
  readonly responses: readonly ResponseModel[];
  /** Of `x-pagination`. */
  readonly pagination: PaginationModel | undefined;
  /** Alternatives (OR) of schemes that are all needed (AND), each one that the client can meet; empty: none is needed. */
  readonly security: readonly (readonly string[])[];
  /** Not what the document asks for. */
  readonly hasOwnSecurity: boolean;
  /** Its own, or its path item's; empty: those of the document. */
  readonly servers: readonly ServerModel[];
  readonly place: Place;
}

/** OpenAPI 3.1, 4.8.12, with its defaults filled in. */
export interface ParameterModel {
  readonly name: string;
  readonly in: ParameterLocation;
  readonly required: boolean;
  readonly deprecated: boolean;
  readonly description: string | undefined;
  readonly style: ParameterStyle;
  readonly explode: boolean;
  readonly allowReserved: boolean;
  /** An empty text is a value, whatever the schema says (OpenAPI 3.1, 4.8.12.2.1). */
  readonly allowsEmpty: boolean;
  /** It has `content` of JSON in the place of a schema: its text is JSON. */
  readonly isJson: boolean;
  readonly schema: SchemaModel;
  /** A first example: from `example`, `examples`, or the schema. */
  readonly example: Json | undefined;
  readonly place: Place;
}

/** JSON Schema 2020-12, validation, 6.1.1. */
export type SchemaType = "string" | "integer" | "number" | "boolean" | "array" | "object" | "null";

/** A schema: what is documented and checked of it. Schemas refer to each other as in the document, in circles too. */
export interface SchemaModel {
  /** Where it stands: the same for all that refer to it. */
  readonly pointer: string;
  /** Name under `components/schemas`, where it stands there. */
  readonly ref: string | undefined;
  /** One type, or none where the document does not say, or says several. */
  readonly type: SchemaType | undefined;
  /** Null is a value, whatever else the schema says. */
  readonly nullable: boolean;
  readonly format: string | undefined;
  readonly description: string | undefined;
  readonly enum: readonly Json[] | undefined;
  readonly default: Json | undefined;
  readonly example: Json | undefined;
  readonly minLength: number | undefined;
  readonly maxLength: number | undefined;
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly minItems: number | undefined;
  readonly maxItems: number | undefined;
  readonly items: SchemaModel | undefined;
  /** The rest of what is checked. */
  readonly more: SchemaKeywords;
}

/** Keywords that few schemas have (JSON Schema 2020-12, core and validation). */
export interface SchemaKeywords {
  /** The schema `false`. */
  readonly isNever?: true;
  /** Bytes: they are no text, and not checked. */
  readonly isBinary?: true;
  /** Several types. */
  readonly types?: readonly SchemaType[];
  readonly const?: Json;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly pattern?: PatternModel;
  readonly prefixItems?: readonly SchemaModel[];
  readonly uniqueItems?: true;
  readonly contains?: SchemaModel;
  readonly minContains?: number;
  readonly maxContains?: number;
  readonly required?: readonly string[];
  readonly properties?: readonly PropertyModel[];
  readonly patternProperties?: readonly { readonly pattern: PatternModel; readonly schema: SchemaModel }[];
  readonly additionalProperties?: SchemaModel;
  readonly propertyNames?: SchemaModel;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly dependentRequired?: readonly (readonly [name: string, required: readonly string[]])[];
  readonly dependentSchemas?: readonly (readonly [name: string, schema: SchemaModel])[];
  readonly allOf?: readonly SchemaModel[];
  readonly anyOf?: readonly SchemaModel[];
  readonly oneOf?: readonly SchemaModel[];
  readonly discriminator?: DiscriminatorModel;
  readonly not?: SchemaModel;
  /** Of a text that stands for a value of another schema: no keyword, but what `style` makes of one. */
  readonly header?: { readonly reading: Exclude<HeaderReading, "text">; readonly schema: SchemaModel };
  /** `if`, then `then` and `else`. */
  readonly condition?: readonly [SchemaModel, SchemaModel | undefined, SchemaModel | undefined];
}

/** Which side a value comes from. */
export type Direction = "request" | "response";

/** A schema that is emitted once, and referred to. */
export interface SchemaModuleModel {
  readonly schema: SchemaModel;
  /** What it is to be named after. */
  readonly wanted: string;
  readonly direction: Direction;
  /** It refers to no other module. */
  readonly isLeaf: boolean;
  /** Where it stands, and where others do that check the same. */
  readonly pointers: ReadonlySet<string>;
}

/** A property of an object. */
export interface PropertyModel {
  readonly name: string;
  readonly schema: SchemaModel;
  /** It is not asked for in a request. */
  readonly readOnly: boolean;
  /** It is not asked for in a response. */
  readonly writeOnly: boolean;
  /** It is not asked for in a request, either. */
  readonly hasDefault: boolean;
}

/** A pattern that a client may match. */
export interface PatternModel {
  readonly source: string;
  /** Longer texts, in UTF-16 code units, are not matched. */
  readonly length: number | undefined;
}

/** OpenAPI 3.1, 4.8.25. */
export interface DiscriminatorModel {
  readonly propertyName: string;
  /** By value of the property: the place of the schema in `oneOf` or `anyOf`. */
  readonly mapping: readonly (readonly [value: string, index: number])[];
}

/** OpenAPI 3.1, 4.8.13. */
export interface RequestBodyModel {
  readonly required: boolean;
  readonly description: string | undefined;
  /** At least one; the first is meant where a caller does not choose. */
  readonly content: readonly RequestContentModel[];
  readonly place: Place;
}

/** One media type of a request body (OpenAPI 3.1, 4.8.14). */
export interface RequestContentModel {
  /** As written, e.g. `application/json; charset=utf-8`; may be a range such as `image/*`. */
  readonly mediaType: string;
  /** How the body is written: decided from the media type; for a range that holds JSON too, from the schema. */
  readonly kind: "json" | "urlencoded" | "multipart" | "text" | "binary";
  readonly schema: SchemaModel | undefined;
  /** Of a form, for those properties that have one. */
  readonly encoding: readonly EncodingModel[];
  readonly example: Json | undefined;
}

/** OpenAPI 3.1, 4.8.15. */
export interface EncodingModel {
  readonly property: string;
  readonly contentType: string | undefined;
  /** Undefined where neither style, explode nor allowReserved is given: then the media type decides. */
  readonly style: ParameterStyle | undefined;
  readonly explode: boolean;
  readonly allowReserved: boolean;
  /** How the texts of a part encode bytes; undefined where they are themselves. */
  readonly transferEncoding: string | undefined;
}

/** OpenAPI 3.1, 4.8.17. */
export interface ResponseModel {
  /** `200`, `4XX` or `default`. */
  readonly status: string;
  /** What an answer with it is; a `default` beside which there is no success is either, by the answer's status. */
  readonly outcome: "success" | "failure" | "either";
  readonly description: string | undefined;
  readonly content: readonly MediaTypeModel[];
  readonly headers: readonly HeaderModel[];
  /** An object of all headers that are checked, by their names in lower case. */
  readonly headersSchema: SchemaModel | undefined;
  /** The document says nothing of it. */
  readonly isImplied?: true;
}

/** OpenAPI 3.1, 4.8.21. */
export interface HeaderModel {
  readonly name: string;
  readonly required: boolean;
  readonly description: string | undefined;
  /** Where it stands: the same for all answers that refer to it. */
  readonly pointer: string;
  /** What its text is checked with; undefined where that is nothing. */
  readonly schema: SchemaModel | undefined;
}

/** What the text of a header stands for (OpenAPI 3.1, 4.8.12.3, `simple`, or `content` of JSON). */
export type HeaderReading = "text" | "number" | "boolean" | "list" | "numberList" | "booleanList" | "json";

/** OpenAPI 3.1, 4.8.14. */
export interface MediaTypeModel {
  /** As written, e.g. `application/json; charset=utf-8`. */
  readonly mediaType: string;
  /** Lower case, without parameters; may be a range such as `image/*`. */
  readonly type: string;
  /** How the body is read. */
  readonly kind: ResponseKind;
  readonly schema: SchemaModel | undefined;
  /** Whether its schema says what its value, or each of its items, may be. */
  readonly isChecked: boolean;
  /** Name of the error schema in `errorSchemas`. */
  readonly errorSchema: string | undefined;
  /** `x-error-envelope: true`: a failure whatever its status. */
  readonly envelope: boolean;
}

/** How the pages of an operation follow each other; each place in a page is a list of property names. */
export type PaginationModel = { readonly items: readonly string[] } & (
  | { readonly style: "cursor"; readonly parameter: ParameterModel; readonly next: readonly string[] }
  | { readonly style: "offset"; readonly parameter: ParameterModel; readonly total: readonly string[] | undefined }
  | { readonly style: "link"; readonly next: readonly string[] | undefined }
);

/** OpenAPI 3.1, 4.8.27. */
export interface SecuritySchemeModel {
  readonly name: string;
  readonly description: string | undefined;
  /** `bearer` is a token, whichever way it is got (oauth2, openIdConnect); `basic` a user name with a password. */
  readonly kind: "apiKey" | "bearer" | "basic";
  readonly in: "header" | "query" | "cookie";
  /** Wire name of the header, of the key of the query, of the cookie. */
  readonly parameter: string;
  /** Bounds: those of the parameter of that name, if the document has one; else any string. None for `basic`. */
  readonly schema: SchemaModel | undefined;
}

/** A schema with `enum` and `x-enum-varnames`. */
export interface EnumModel {
  /** Name under `components/schemas`. */
  readonly name: string;
  readonly description: string | undefined;
  readonly members: readonly {
    readonly name: string;
    readonly value: string | number;
    readonly label: string | undefined;
  }[];
  readonly place: Place;
}

/** A schema with `x-error`: which of its properties mean what. */
export interface ErrorSchemaModel {
  /** Name under `components/schemas`. */
  readonly name: string;
  /** What tells it from other data: its code, where that is required, else all that is. */
  readonly required: readonly string[];
  readonly code: string | undefined;
  readonly message: string | undefined;
  readonly requestId: string | undefined;
}
