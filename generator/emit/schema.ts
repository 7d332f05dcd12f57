/** From a schema of the model to the data that the runtime checks values with. */
import { checkedFormats } from "../formats.js";
import type { Direction, Json, PatternModel, SchemaModel, SchemaType } from "../model.js";
import type { Names } from "../names.js";
import { asksLess, isBytes, isFree, isPlain, leftOutBy, reachableFrom, requiredBy } from "../schema-graph.js";
import { identifier, type Literal, later } from "./literal.js";
import type { ModuleImports } from "./module.js";

/** Where a schema is written, and which side its values come from. */
export interface SchemaScope {
  readonly names: Names;
  readonly imports: ModuleImports;
  readonly direction: Direction;
  /** Whatever the value is written into holds texts only: a URL, a header. */
  readonly isText?: true;
  /** Properties of the same value that another schema says this side leaves out. */
  readonly left?: readonly string[];
  /**
   * Whatever is required is asked for: under `not`, to ask for less is to refuse more; and what `if` asks is which branch a
   * value is meant for.
   */
  readonly strict?: "not" | "if" | undefined;
  /** Schemas with a module of their own that are being written out all the same: none is written within itself. */
  readonly around?: ReadonlySet<SchemaModel>;
}

/** A schema descriptor: written out where it is plain, or a part of another; else a reference to the module that it is. */
export function schemaLiteral(schema: SchemaModel, scope: SchemaScope): Literal {
  const { names, imports, direction } = scope;
  // A module does not know that its values are to be texts.
  const isInPlace = isPlain(schema) || (scope.isText && isBytes(schema));
  const own = isInPlace ? undefined : names.schema(schema, direction);
  if (!own) return ownSchema(schema, scope);
  if (scope.strict ? isLenient(schema, scope) : asksForLeftOut(schema, scope))
    return ownSchema(schema, { ...scope, around: new Set([...(scope.around ?? []), schema]) });
  const name = imports.value(own.constant, own.file);
  // Of two modules that refer to each other, one is not there yet when the other is made.
  return own.isLeaf ? identifier(name) : { type: check("schemaRef", "ref", scope), ref: later(name) };
}

/** Whether a module would ask for what this side leaves out: it knows nothing of the other schemas of a value. */
function asksForLeftOut(schema: SchemaModel, { left = [], around, direction }: SchemaScope): boolean {
  if (left.length === 0 || around?.has(schema)) return false;
  const own = leftOutBy(schema, direction);
  return requiredBy(schema).some((name) => left.includes(name) && !own.includes(name));
}

/** Whether a module does not ask for all that is required, of whatever value. */
function isLenient(schema: SchemaModel, { around = new Set(), direction }: SchemaScope): boolean {
  if (around.has(schema) || around.size === MOST_AROUND) return false;
  return [...reachableFrom(schema)].some((one) => asksLess(one, direction));
}

/** So many modules are written out within each other: any more may be many times more. */
const MOST_AROUND = 3;

/** The same, always written out. */
export function ownSchema(schema: SchemaModel, scope: SchemaScope): Literal {
  const parts = schema.more.isNever ? [part("noValue", "value")] : partsOf(schema, scope);
  const checks = parts.length > 0 ? parts : [part("anything", "")];
  const fields: Literal = Object.assign({}, ...checks.map((one) => one.fields));
  const [only, ...more] = checks.map(({ name, module }) => check(name, module, scope));
  if (schema.nullable && schema.type !== "null" && parts.length > 0) {
    return { type: check("nullable", "every", scope), checks: [only, ...more], ...(fields as object) };
  }
  if (more.length === 0) return { type: only, ...(fields as object) };
  return { type: check("everyCheck", "every", scope), checks: [only, ...more], ...(fields as object) };
}

type Module =
  | ""
  | "every"
  | "ref"
  | "value"
  | "array"
  | "object"
  | "members"
  | "compose"
  | "date"
  | "format"
  | "form"
  | "header";

function check(name: string, module: Module, { imports }: Pick<SchemaScope, "imports">): Literal {
  return identifier(imports.value(name, `runtime/schema${module && `-${module}`}`));
}

/** A check, and the keywords that it reads. */
interface Part {
  readonly name: string;
  readonly module: Module;
  readonly fields: { readonly [key: string]: Literal };
}

function part(name: string, module: Module, fields: Part["fields"] = {}): Part {
  return { name, module, fields };
}

/** The checks of a schema; none where it takes any value. */
function partsOf(schema: SchemaModel, scope: SchemaScope): readonly Part[] {
  // Where they are no text, the codec of a body knows: JSON has none of them.
  if (schema.more.header) return [headerPart(schema.more.header, scope)];
  if (schema.more.isBinary) return schema.type === "string" ? [bytesPart(scope)] : [];
  const left = [...(scope.left ?? []), ...leftOutBy(schema, scope.direction)];
  // A schema of another value has nothing to do with it.
  const inner = { ...scope, left: [] };
  return [
    ...typeParts(schema, inner, scope.strict ? [] : left),
    ...valueParts(schema),
    ...arrayParts(schema, inner),
    ...objectParts(schema, inner),
    ...composedParts(schema, { ...scope, left }),
  ];
}

/** A text that stands for a value. */
function headerPart({ reading, schema }: NonNullable<SchemaModel["more"]["header"]>, scope: SchemaScope): Part {
  return part(`header${reading.charAt(0).toUpperCase()}${reading.slice(1)}`, "header", {
    of: schemaLiteral(schema, scope),
  });
}

/** Bytes are sent by a form of parts alone, so that what is received is a text. */
function bytesPart({ direction, isText }: SchemaScope): Part {
  return direction === "request" && !isText ? part("textOrBytes", "form") : part("string", "");
}

/** A bound that no size is below. */
const positive = (bound: number | undefined): number | undefined => (bound === 0 ? undefined : bound);

const isFlat = (value: Json): boolean => typeof value !== "object" || value === null;

/** `enum`, where identity tells its values apart: 5 and 5n are equal. */
const flatEnum = ({ type, format, enum: values }: SchemaModel): readonly Json[] | undefined =>
  values?.every(isFlat) && !(type === "integer" && format === "int64") ? values : undefined;

/** A text that a Date may stand for. */
const isMoment = ({ type, format }: SchemaModel): boolean => type === "string" && /^date(-time)?$/.test(format ?? "");

/** The type, with the keywords that only values of the type have. */
function typeParts(schema: SchemaModel, scope: SchemaScope, left: readonly string[]): readonly Part[] {
  const { type, format, more, minimum, maximum } = schema;
  const { minLength, maxLength } = { minLength: positive(schema.minLength), maxLength: schema.maxLength };
  switch (type) {
    case "string":
      if (isMoment(schema)) {
        return [part(format === "date" ? "dateText" : "dateTimeText", "date"), ...untypedParts(schema, scope, left)];
      }
      return [part("string", "", { enum: flatEnum(schema), minLength, maxLength })];
    case "integer":
    case "number":
      return [part(type, "", { enum: flatEnum(schema), minimum, maximum })];
    case "boolean":
      return [part("boolean", "", { enum: flatEnum(schema) })];
    case "array": {
      const items = more.prefixItems || !schema.items || isFree(schema.items) ? undefined : schema.items;
      const bounds = { minItems: positive(schema.minItems), maxItems: schema.maxItems };
      return [part("array", "", { ...bounds, items: items && schemaLiteral(items, scope) })];
    }
    case "object":
      return [part("object", "object", memberFields(schema, scope, left))];
    case "null":
      return [part("typeIn", "value", { types: ["null"] })];
    default:
      return [
        ...(more.types ? [part("typeIn", "value", { types: more.types })] : []),
        ...untypedParts(schema, scope, left),
      ];
  }
}

/** The keywords of each type that a value may have, for a value of any. */
function untypedParts(schema: SchemaModel, scope: SchemaScope, left: readonly string[]): readonly Part[] {
  const { type, more, minimum, maximum, minItems, maxItems, maxLength, items } = schema;
  const mayBe = (...types: readonly SchemaType[]): boolean =>
    types.some((one) => (more.types?.includes(one) ?? true) && (type ?? one) === one);
  const minLength = positive(schema.minLength);
  const isGiven = (...bounds: readonly unknown[]): boolean => bounds.some((bound) => bound !== undefined);
  return [
    ...(mayBe("string") && isGiven(minLength, maxLength)
      ? [part("textLengths", "value", { minLength, maxLength })]
      : []),
    ...(mayBe("integer", "number") && isGiven(minimum, maximum)
      ? [part("numberBounds", "value", { minimum, maximum })]
      : []),
    ...(mayBe("array") && isGiven(minItems, maxItems) ? [part("itemCounts", "array", { minItems, maxItems })] : []),
    ...(mayBe("array") && items && !more.prefixItems && !isFree(items)
      ? [part("tuple", "array", { otherItems: schemaLiteral(items, scope) })]
      : []),
    ...(mayBe("object") && isGiven(more.properties, more.required)
      ? [part("namedMembers", "object", memberFields(schema, scope, left))]
      : []),
  ];
}

function memberFields({ more }: SchemaModel, scope: SchemaScope, left: readonly string[]): Part["fields"] {
  const { required = [], properties = [] } = more;
  const asked = required.filter((name) => !left.includes(name));
  return {
    required: asked.length > 0 ? asked : undefined,
    properties:
      properties.length > 0
        ? byName(
            properties.map((one) => [one.name, one.schema]),
            scope,
          )
        : undefined,
  };
}

function byName(entries: readonly (readonly [name: string, schema: SchemaModel])[], scope: SchemaScope): Literal {
  return Object.fromEntries(entries.map(([name, schema]) => [name, schemaLiteral(schema, scope)]));
}

/** What is checked of a single value, beside its type and its bounds. */
function valueParts(schema: SchemaModel): readonly Part[] {
  const { type, enum: values, more } = schema;
  const { exclusiveMinimum, exclusiveMaximum, multipleOf } = more;
  const hasOwnEnum = /^(string|integer|number|boolean)$/.test(type ?? "") && !isMoment(schema);
  const isEnumLeft = values !== undefined && !(hasOwnEnum && flatEnum(schema));
  const isStepped = [exclusiveMinimum, exclusiveMaximum, multipleOf].some((bound) => bound !== undefined);
  return [
    ...(isEnumLeft ? [part("amongValues", "value", { values })] : []),
    ...("const" in more ? [part("constantValue", "value", { const: more.const })] : []),
    ...(isStepped ? [part("numberSteps", "value", { exclusiveMinimum, exclusiveMaximum, multipleOf })] : []),
    ...(more.pattern ? [part("textPattern", "value", { pattern: patternLiteral(more.pattern) })] : []),
    ...formatParts(schema),
  ];
}

function patternLiteral({ source, length }: PatternModel): Literal {
  return { source, length };
}

function formatParts(schema: SchemaModel): readonly Part[] {
  const { type, format, more, minimum = -Infinity, maximum = Infinity } = schema;
  const known = checkedFormats.get(format ?? "");
  const types = more.types ?? (type === undefined ? undefined : [type]);
  if (!known || isMoment(schema) || (types && !types.includes(known.type))) return [];
  // Bounds that are narrower say it already.
  const width = known.type === "integer" ? 2 ** (format === "int32" ? 31 : 63) : Infinity;
  return minimum >= -width && maximum < width ? [] : [part(known.check, known.module)];
}

function arrayParts({ items, more }: SchemaModel, scope: SchemaScope): readonly Part[] {
  const { prefixItems, uniqueItems, contains, minContains, maxContains } = more;
  const others = items && !isFree(items) ? items : undefined;
  return [
    ...(prefixItems
      ? [
          part("tuple", "array", {
            prefixItems: prefixItems.map((one) => schemaLiteral(one, scope)),
            otherItems: others && schemaLiteral(others, scope),
          }),
        ]
      : []),
    ...(uniqueItems ? [part("uniqueItems", "array")] : []),
    ...(contains
      ? [part("containsItem", "array", { contains: schemaLiteral(contains, scope), minContains, maxContains })]
      : []),
  ];
}

function objectParts({ more }: SchemaModel, scope: SchemaScope): readonly Part[] {
  const { patternProperties, additionalProperties, propertyNames, dependentRequired, dependentSchemas } = more;
  const { minProperties = 0, maxProperties } = more;
  const others = additionalProperties && !isFree(additionalProperties) ? additionalProperties : undefined;
  return [
    ...(patternProperties || others
      ? [
          part("otherMembers", "members", {
            patternProperties: patternProperties?.map(({ pattern, schema }) => ({
              pattern: patternLiteral(pattern),
              schema: schemaLiteral(schema, scope),
            })),
            additionalProperties: others && otherMember(others, scope),
          }),
        ]
      : []),
    ...(propertyNames ? [part("memberNames", "members", { propertyNames: schemaLiteral(propertyNames, scope) })] : []),
    ...(minProperties > 0 || maxProperties !== undefined
      ? [part("memberCounts", "members", { minProperties: positive(minProperties), maxProperties })]
      : []),
    ...(dependentRequired || dependentSchemas
      ? [
          part("dependentMembers", "members", {
            dependentRequired: dependentRequired && Object.fromEntries(dependentRequired),
            dependentSchemas: dependentSchemas && byName(dependentSchemas, scope),
          }),
        ]
      : []),
  ];
}

/** A member that is not declared: where none may be, that is what it breaks. */
function otherMember(schema: SchemaModel, scope: SchemaScope): Literal {
  return schema.more.isNever ? { type: check("undeclared", "members", scope) } : schemaLiteral(schema, scope);
}

function composedParts({ more }: SchemaModel, scope: SchemaScope): readonly Part[] {
  const { allOf, anyOf, oneOf, discriminator, not, condition } = more;
  const all = (schemas: readonly SchemaModel[] | undefined): Literal =>
    schemas?.map((schema) => schemaLiteral(schema, scope));
  const one = (schema: SchemaModel | undefined, own = scope): Literal => schema && schemaLiteral(schema, own);
  const chosen = discriminator && {
    propertyName: discriminator.propertyName,
    mapping: Object.fromEntries(discriminator.mapping),
  };
  const named = oneOf ? "oneOf" : "anyOf";
  // A property that is not asked for tells no schemas apart: then more than one may fit.
  const isOpen = !scope.strict && oneOf?.some((schema) => asksLess(schema, scope.direction, scope.left));
  return [
    ...(allOf ? [part("allOf", "compose", { allOf: all(allOf) })] : []),
    ...(chosen ? [part("discriminated", "compose", { discriminator: chosen, [named]: all(oneOf ?? anyOf) })] : []),
    ...(oneOf && !chosen ? [part(isOpen ? "openOneOf" : "oneOf", "compose", { oneOf: all(oneOf) })] : []),
    ...(anyOf && !(chosen && named === "anyOf") ? [part("anyOf", "compose", { anyOf: all(anyOf) })] : []),
    ...(not ? [part("not", "compose", { not: one(not, { ...scope, strict: negated[scope.strict ?? ""] }) })] : []),
    ...(condition ? [part("conditional", "compose", { condition: conditionLiteral(condition, one, scope) })] : []),
  ];
}

/** What is excluded from what is excluded is allowed. */
const negated: Readonly<Record<"" | "not" | "if", SchemaScope["strict"]>> = { "": "not", not: undefined, if: "if" };

function conditionLiteral(
  [condition, ...branches]: NonNullable<SchemaModel["more"]["condition"]>,
  one: (schema: SchemaModel | undefined, scope?: SchemaScope) => Literal,
  scope: SchemaScope,
): Literal {
  const [met, missed] = branches.map((branch) => one(branch));
  // biome-ignore lint/suspicious/noThenProperty: the keyword is called so.
  return { if: one(condition, { ...scope, strict: "if" }), then: met, else: missed };
}
