import { bundle, createConfig } from "@redocly/openapi-core";

/** The part of a JSON Schema that decides what a parameter may carry. */
export interface ValueSchema {
  readonly type?: string | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly minItems?: number | undefined;
  readonly maxItems?: number | undefined;
  readonly items?: ValueSchema | undefined;
}

export interface DeclaredParameter {
  readonly name: string;
  readonly in: "query" | "header";
  readonly required: boolean;
  readonly schema: ValueSchema;
  readonly examples: readonly unknown[];
  /** Key of the helper's input; undefined for the header that a credential fills. */
  readonly key: string | undefined;
}

export interface DeclaredAnswer {
  /** `200` or `default`. */
  readonly status: string;
  readonly mediaType: string;
  /** `x-error-envelope`: a failure whatever its status. */
  readonly envelope: boolean;
  /** What Prism answers with: the first example. */
  readonly example: unknown;
  /** Names of the properties that `x-error` points at; undefined where the body is no error. */
  readonly error: { readonly code?: string; readonly message?: string; readonly requestId?: string } | undefined;
}

export interface DeclaredOperation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly DeclaredParameter[];
  readonly answers: readonly DeclaredAnswer[];
  /** The security scheme that is needed, with the header that it fills; of the first alternative. */
  readonly credential: { readonly scheme: string; readonly header: string } | undefined;
}

/**
 * What the document declares, read with as little code as will do and none of the generator's: a parameter that the
 * generator loses must still be missed here.
 */
export async function readContract(file: string): Promise<readonly DeclaredOperation[]> {
  const { bundle: document } = await bundle({ ref: file, config: await createConfig({}), dereference: true });
  const { paths, security = [], components } = document.parsed as OpenApi;
  return Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      if (operation === undefined) return [];
      const scheme = Object.keys((operation.security ?? security)[0] ?? {})[0];
      const header = scheme === undefined ? undefined : components.securitySchemes?.[scheme]?.name;
      const credential = scheme === undefined || header === undefined ? undefined : { scheme, header };
      return [
        {
          operationId: operation.operationId,
          method: method.toUpperCase(),
          path,
          parameters: operation.parameters.map((parameter) => declaredParameter(parameter, header)),
          answers: Object.entries(operation.responses).flatMap(([status, { content = {} }]) =>
            Object.entries(content).map(([mediaType, media]) => declaredAnswer(status, mediaType, media)),
          ),
          credential,
        },
      ];
    }),
  );
}

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

interface OpenApi {
  readonly security?: readonly Readonly<Record<string, unknown>>[];
  readonly paths: Readonly<Record<string, Readonly<Partial<Record<(typeof methods)[number], OperationObject>>>>>;
  readonly components: { readonly securitySchemes?: Readonly<Record<string, { readonly name: string }>> };
}

interface OperationObject {
  readonly operationId: string;
  readonly security?: readonly Readonly<Record<string, unknown>>[];
  readonly parameters: readonly ParameterObject[];
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, MediaTypeObject>> }>>;
}

interface ParameterObject extends Examples {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: ValueSchema;
}

interface MediaTypeObject extends Examples {
  readonly schema?: { readonly "x-error"?: NonNullable<DeclaredAnswer["error"]> };
  readonly "x-error-envelope"?: boolean;
}

interface Examples {
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

function declaredParameter(parameter: ParameterObject, credential: string | undefined): DeclaredParameter {
  const { name, in: location, required = false, schema } = parameter;
  if (location !== "query" && location !== "header")
    throw new Error(`No cases for a parameter in ${location}: ${name}`);
  const key = location === "header" && name === credential ? undefined : camelCase(name);
  return { name, in: location, required, schema, examples: examplesOf(parameter), key };
}

function declaredAnswer(status: string, mediaType: string, media: MediaTypeObject): DeclaredAnswer {
  const envelope = media["x-error-envelope"] ?? false;
  return { status, mediaType, envelope, example: examplesOf(media)[0], error: media.schema?.["x-error"] };
}

function examplesOf({ example, examples = {} }: Examples): readonly unknown[] {
  return [...(example === undefined ? [] : [example]), ...Object.values(examples).map(({ value }) => value)];
}

function camelCase(name: string): string {
  const [first = "", ...others] = name.toLowerCase().split(/[^a-z0-9]+/);
  return first + others.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}
