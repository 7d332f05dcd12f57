/** What a table of OpenAPI's objects is written with. */
import type { Json } from "./model.js";
import type { JsonObject } from "./openapi.js";

/** The kind of value that belongs at a place. */
export type Shape =
  | { readonly kind: "any" | "text" | "flag" | "number" }
  | { readonly kind: "object"; readonly type: () => ObjectType }
  | { readonly kind: "map"; readonly of: Shape }
  | {
      readonly kind: "list";
      readonly of: Shape;
      /** Whether one entry that stands without its list can mean nothing else than a list of one. */
      readonly isTolerant: boolean;
    };

/** What becomes of a field in the client. */
export type Standing =
  /** A stage works with it; where it cannot, it says so itself. */
  | "honoured"
  /** It is for people, or for types only: nothing that is sent or checked depends on it. */
  | "told"
  /** Nobody works with it; gives the finding, unless this value asks for nothing. `path` leads to it. */
  | ((value: Json, owner: JsonObject, path: readonly string[]) => Finding | string | undefined);

/** What is said of a keyword that nobody works with, and how to do without it. */
export interface Finding {
  readonly message: string;
  readonly fix: string;
}

/** The minor versions of OpenAPI, in their order. */
export const versions = ["3.0", "3.1", "3.2"] as const;

/** A minor version of OpenAPI. */
export type OpenApiVersion = (typeof versions)[number];

/** A keyword. */
export interface Field {
  readonly shape: Shape;
  readonly standing: Standing;
  /** The first version that has it; all, by default. */
  readonly since?: OpenApiVersion;
  /** The last version that has it; all, by default. */
  readonly until?: OpenApiVersion;
  /** The versions that have it with this value, where that is a matter of the value. */
  readonly spanOf?: (value: Json) => Span;
}

/** From which version to which. */
export type Span = Pick<Field, "since" | "until">;

/** An object of the specification. */
export interface ObjectType {
  /** As it is headed there, e.g. `Parameter Object`. */
  readonly name: string;
  readonly fields: ReadonlyMap<string, Field>;
  /** The field under a key that the document chooses. */
  readonly other?: (key: string) => Field | undefined;
  /** The group of `components` that a `$ref` in its place leads to; without one, none may stand there. */
  readonly group?: string;
  /** Whether `true` and `false` may stand in its place. */
  readonly isBoolean?: true;
}

/** Whatever stands there. */
export const any: Shape = { kind: "any" };
/** A string. */
export const text: Shape = { kind: "text" };
/** True or false. */
export const flag: Shape = { kind: "flag" };
/** A number. */
export const number: Shape = { kind: "number" };
/** A list of one kind of entry; `isTolerant` as in its shape. */
export const list = (of: Shape, isTolerant = false): Shape => ({ kind: "list", of, isTolerant });
/** An object whose keys the document chooses. */
export const map = (of: Shape): Shape => ({ kind: "map", of });
/** An object; late, since they contain each other. */
export const object = (type: () => ObjectType): Shape => ({ kind: "object", type });

/** A keyword that a stage works with. */
export const honoured = (shape: Shape, span: Span | Pick<Field, "spanOf"> = {}): Field => ({
  shape,
  standing: "honoured",
  ...span,
});
/** A keyword for people, or for types only. */
export const told = (shape: Shape, span: Span | Pick<Field, "spanOf"> = {}): Field => ({
  shape,
  standing: "told",
  ...span,
});
/** A keyword that nobody works with, and what is said of it. */
export const lost = (
  shape: Shape,
  finding: string | Exclude<Standing, string>,
  span: Span | Pick<Field, "spanOf"> = {},
): Field => ({ shape, standing: typeof finding === "string" ? () => finding : finding, ...span });

/** An object of the specification, from its keywords. */
export function objectType(
  name: string,
  fields: Readonly<Record<string, Field>>,
  more: Partial<Pick<ObjectType, "other" | "group" | "isBoolean">> = {},
): ObjectType {
  return { name, fields: new Map(Object.entries(fields)), ...more };
}

/** As it is spoken of, e.g. `an Encoding Object`. */
export function withArticle({ name }: ObjectType): string {
  return `${/^[AEIO]/.test(name) ? "an" : "a"} ${name}`;
}
