/** What a value may be: the schemas of descriptors, as data with each check an imported value. */
import type { Report } from "./descriptor.js";

/** A check as a value: reports every keyword of `schema` that it knows and that `value` breaks. */
export type TypeCheck = (value: unknown, schema: Schema, pointer: string, report: Report) => void;

/** A regular expression that is known to be matched in little time. */
export interface Pattern {
  /** ECMA-262, with the flag `u`. */
  readonly source: string;
  /** A longer text, in UTF-16 code units, would take long: it is not matched. */
  readonly length?: number;
}

/** Which schema of several a value is meant for (OpenAPI 3.1, 4.8.25). */
export interface Discriminator {
  readonly propertyName: string;
  /** The place among `oneOf` or `anyOf`, by the value of the property. */
  readonly mapping: Readonly<Record<string, number>>;
}

/**
 * What holds for a value that fits a schema, and what for any other. No tuple: a property of that name may be called
 * `constructor`, and the compiler then asks the type of every object's for what to make of a list.
 */
export interface Condition {
  readonly if: Schema;
  readonly then?: Schema;
  readonly else?: Schema;
}

/** A JSON Schema (2020-12, validation vocabulary), as far as it is checked. A bundle holds the checks that it names. */
export interface Schema {
  /** `string`, `integer`, `array`, … from `schema.ts`; `everyCheck`, where there are several. */
  readonly type: TypeCheck;
  /** What `everyCheck` and `nullable` check a value with. */
  readonly checks?: readonly TypeCheck[];
  /** Several types, or none of those that have a check of their own. */
  readonly types?: readonly string[];
  readonly enum?: readonly unknown[];
  /** `enum`, where identity does not tell its values apart. */
  readonly values?: readonly unknown[];
  readonly const?: unknown;
  /** In Unicode code points. */
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: Pattern;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  /** `items` beside `prefixItems`: of what comes after those. */
  readonly otherItems?: Schema;
  readonly contains?: Schema;
  readonly minContains?: number;
  readonly maxContains?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: readonly { readonly pattern: Pattern; readonly schema: Schema }[];
  readonly additionalProperties?: Schema;
  readonly propertyNames?: Schema;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly dependentRequired?: Readonly<Record<string, readonly string[]>>;
  readonly dependentSchemas?: Readonly<Record<string, Schema>>;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly discriminator?: Discriminator;
  readonly not?: Schema;
  readonly condition?: Condition;
  /** Of the fields of a form. */
  readonly form?: Schema;
  /** Of the value that a header's text stands for. */
  readonly of?: Schema;
  /** A schema of another module: asked for when it is needed, since two may refer to each other. */
  readonly ref?: () => Schema;
}
