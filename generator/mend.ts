/** Stage: the document as it is meant. What is sloppy, and clear, is put right and told; what may mean anything ends the run. */
import {
  discriminatorObject,
  documentObject,
  mediaTypeObject,
  parameterObject,
  pathItemObject,
  pathsObject,
  schemaObject,
  securitySchemeObject,
} from "./coverage-table.js";
import type { Diagnostic, DiagnosticCode, Place } from "./diagnostics.js";
import { type ObjectType, type Shape, withArticle } from "./grammar.js";
import { flagOf, kindOf, type MendContext, type Mender, withChanges } from "./mend-context.js";
import { elsewhere } from "./mend-elsewhere.js";
import { mendParameter, mendPathItem, mendPaths } from "./mend-paths.js";
import { type Adoption, startAdoption, withComponents } from "./mend-references.js";
import { anchorsOf, mendDiscriminator, mendSchema } from "./mend-schema.js";
import type { Json } from "./model.js";
import { child, isObject, type JsonObject, pointerTokens, resolve, valueUnder } from "./openapi.js";
import { hasSiblings } from "./schema-references.js";
import { schemaTarget } from "./shape-at.js";

/** The document for the stages that follow. */
export interface Mended {
  /** The given one where nothing had to be changed. Each value is of the kind that the specification asks for. */
  readonly document: JsonObject;
  /** The place of a JSON Pointer into it. */
  readonly locate: (pointer: string) => Place;
  readonly diagnostics: readonly Diagnostic[];
}

/** `locate` turns a JSON Pointer into the given document into a place. */
export function mend(document: JsonObject, locate: (pointer: string) => Place): Mended {
  const path: (string | number)[] = [];
  const moves = new Map<string, string>();
  const open = new Set<string>();
  const findings: (Omit<Diagnostic, keyof Place> & { readonly pointer: string })[] = [];
  const here = (): string => path.reduce<string>(child, "#");
  // Now: what is there later may have another place.
  const written = (): string => original(here(), moves);
  const report =
    (code: DiagnosticCode, severity: Diagnostic["severity"]) =>
    (message: string, construct?: string): void => {
      findings.push({ code, severity, message, ...(construct ? { construct } : {}), pointer: written() });
    };
  let anchors: ReadonlyMap<string, string> | undefined;
  let schemas = 0;
  let drawn = 0;
  const [wrong, leftOut] = [report("spec-shape", "error"), report("construct-unsupported", "warning")];
  const { adopted, referenceTo } = startAdoption(document);
  const context: Walk = {
    document,
    path,
    below: (key, work) => {
      path.push(key);
      try {
        return work();
      } finally {
        path.pop();
      }
    },
    sloppy: report("spec-mended", "warning"),
    leftOut,
    wrong: (message) => (schemas > 0 ? leftOut(`${message}: it is left out`) : wrong(message)),
    inSchema: (work) => {
      schemas += 1;
      const result = work();
      schemas -= 1;
      return result;
    },
    written,
    moved: (key, from) => moves.set(child(here(), key), original(from.reduce<string>(child, "#"), moves)),
    anchor: (reference) => {
      anchors ??= anchorsOf(document);
      return anchors.get(reference);
    },
    isOpen: (pointer) => open.has(pointer),
    inPlaceOf: (pointer, work) => {
      open.add(pointer);
      moves.set(here(), pointer);
      const result = work();
      open.delete(pointer);
      return result;
    },
    referenceTo,
    mayDrawIn: (pointer) => {
      drawn += 1;
      return drawn <= MOST_DRAWN_IN && !open.has(pointer);
    },
  };
  const mended = mendObject(context, document, documentObject) as JsonObject;
  const added = mendAdopted(context, adopted);
  return {
    document: withComponents(mended, added),
    locate: (pointer) => locate(original(pointer, moves)),
    diagnostics: findings.map(({ pointer, ...finding }) => ({ ...finding, ...locate(pointer) })),
  };
}

interface Walk extends MendContext {
  /** Where what is under way was written. */
  readonly written: () => string;
  /** Works on a schema: of one that is not understood, less is checked, which is no reason to refuse the rest. */
  readonly inSchema: <T>(work: () => T) => T;
  /** The pointer of the schema that a reference such as `#name` leads to. */
  readonly anchor: (reference: string) => string | undefined;
  /** Works on what was written at `pointer`, as if it stood here. */
  readonly inPlaceOf: <T>(pointer: string, work: () => T) => T;
  /** Whether that is under way. */
  readonly isOpen: (pointer: string) => boolean;
  /** Whether it comes to an end to put what was written at `pointer` in place of one more reference. */
  readonly mayDrawIn: (pointer: string) => boolean;
}

/** Maps that refer to each other twice would double with each. */
const MOST_DRAWN_IN = 10_000;

/** What becomes a component, by its group and name. */
function mendAdopted(context: Walk, adopted: Adoption["adopted"]): ReadonlyMap<string, ReadonlyMap<string, Json>> {
  const added = new Map<string, Map<string, Json>>();
  for (const { type, group, name, from } of adopted) {
    const pointer = from.reduce<string>(child, "#");
    const work = () =>
      mendEntry(context, valueUnder(context.document, from) ?? null, { kind: "object", type: () => type });
    const value = context.below("components", () =>
      context.below(group, () => context.below(name, () => context.inPlaceOf(pointer, work))),
    );
    const members = added.get(group) ?? new Map<string, Json>();
    added.set(group, members.set(name, value ?? {}));
  }
  return added;
}

/** Where it was written what `pointer` leads to now. */
function original(pointer: string, moves: ReadonlyMap<string, string>): string {
  if (moves.size === 0) return pointer;
  for (let end = pointer.length; end > 0; end = pointer.lastIndexOf("/", end - 1)) {
    const from = moves.get(pointer.slice(0, end));
    if (from !== undefined) return from + pointer.slice(end);
  }
  return pointer;
}

/** Undefined for what is to be left out. */
function mendValue(context: Walk, value: Json, shape: Shape): Json | undefined {
  const target = isObject(value) && "$ref" in value ? elsewhere(context.document, value, shape) : undefined;
  if (!target) return mendShape(context, value, shape);
  const what = `${subject(context)} is a reference, which has no place there`;
  if (!context.mayDrawIn(target.pointer)) {
    context.leftOut(`${what}, and there are more and more of them: it is left out`);
    return undefined;
  }
  context.sloppy(`${what}: it is read as what that leads to`);
  return context.inPlaceOf(target.pointer, () => mendShape(context, target.value, shape));
}

function mendShape(context: Walk, value: Json, shape: Shape): Json | undefined {
  switch (shape.kind) {
    case "any":
      return value;
    case "map":
      return mendMap(context, value, shape);
    case "list":
      return mendList(context, value, shape);
    case "object":
      return mendObject(context, value, shape.type());
    default:
      return mendScalar(context, value, shape.kind);
  }
}

const scalars = { text: "a text", flag: "true or false", number: "a number" } as const;

function mendScalar(context: Walk, value: Json, kind: keyof typeof scalars): Json | undefined {
  const type = typeof value;
  if (kind === "text" ? type === "string" : kind === "flag" ? type === "boolean" : type === "number") return value;
  if (value === null) return nothing(context, value);
  const meant = meaningOf(value, kind);
  if (meant !== undefined) {
    context.sloppy(`${subject(context)} is ${kindOf(value)}: it is read as ${JSON.stringify(meant)}`);
    return meant;
  }
  if (kind === "text") context.wrong(`${subject(context)} is ${kindOf(value)}; ${scalars[kind]} belongs there`);
  else context.leftOut(`${subject(context)} is left out: it is ${kindOf(value)}, not ${scalars[kind]}`);
  return undefined;
}

function meaningOf(value: Json, kind: keyof typeof scalars): Json | undefined {
  if (kind === "text") return typeof value === "object" ? undefined : String(value);
  if (kind === "flag") return flagOf(value);
  return typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value)) ? Number(value) : undefined;
}

function mendMap(context: Walk, value: Json, { of }: Extract<Shape, { kind: "map" }>): Json | undefined {
  if (isObject(value)) return withEach(context, value, (_, entry) => mendEntry(context, entry, of));
  if (isEmpty(value)) return nothing(context, value);
  context.wrong(`${subject(context)} is ${kindOf(value)}; an object belongs there`);
  return undefined;
}

/** An entry has a name, so that it is there even where it says nothing. */
function mendEntry(context: Walk, entry: Json, of: Shape): Json | undefined {
  if (of.kind !== "object" || !isEmpty(entry) || isObject(entry)) {
    return mendValue(context, entry, of) ?? (isSchema(of) ? {} : undefined);
  }
  context.sloppy(
    `${subject(context)} is ${kindOf(entry)}: it is read as an empty object`,
    "an entry is null or an empty list",
  );
  return {};
}

function mendList(context: Walk, value: Json, shape: Extract<Shape, { kind: "list" }>): Json | undefined {
  const { of, isTolerant } = shape;
  if (Array.isArray(value)) return withItems(context, value, of);
  if (isEmpty(value)) return nothing(context, value);
  if (isTolerant && (of.kind === "text" ? typeof value !== "object" : isObject(value))) {
    context.sloppy(`${subject(context)} is ${kindOf(value)}: it is read as a list of one`);
    return withItems(context, [value], of);
  }
  context.wrong(`${subject(context)} is ${kindOf(value)}; a list belongs there`);
  return undefined;
}

function withItems(context: Walk, items: readonly Json[], of: Shape): readonly Json[] {
  const mended: Json[] = [];
  items.forEach((item, index) => {
    if (item === null && !isSchema(of)) {
      context.below(index, () => nothing(context, item));
      return;
    }
    if (mended.length < index) context.moved(mended.length, [...context.path, index]);
    mended.push(context.below(mended.length, () => mendItem(context, item, of)));
  });
  return mended.length < items.length || mended.some((item, index) => item !== items[index]) ? mended : items;
}

function mendItem(context: Walk, item: Json, of: Shape): Json {
  if (isSchema(of)) return mendEntry(context, item, of) ?? item;
  const isNothing = isEmpty(item) && !isObject(item);
  if (isNothing && of.kind !== "list") context.wrong(`${subject(context)} is ${kindOf(item)}`);
  return (isNothing ? undefined : mendValue(context, item, of)) ?? item;
}

const menders: ReadonlyMap<ObjectType, Mender> = new Map([
  [schemaObject, mendSchema],
  [pathsObject, mendPaths],
  [pathItemObject, mendPathItem],
  [parameterObject, mendParameter],
  [discriminatorObject, mendDiscriminator],
]);

function mendObject(context: Walk, given: Json, type: ObjectType): Json | undefined {
  return type === schemaObject
    ? context.inSchema(() => mendFields(context, given, type))
    : mendFields(context, given, type);
}

function mendFields(context: Walk, given: Json, type: ObjectType): Json | undefined {
  const value = asObject(context, given, type);
  if (!isObject(value)) return value;
  if (type.group !== undefined && Object.hasOwn(value, "$ref")) {
    const reference = value.$ref;
    if (typeof reference !== "string") {
      context.below("$ref", () => context.wrong(`\`$ref\` is ${kindOf(reference ?? null)}; a text belongs there`));
      return mendFields(context, withChanges(value, new Map([["$ref", undefined]])), type);
    }
    if (type !== schemaObject) return mendReference(context, value, reference, type);
  }
  const mender = menders.get(type);
  const start = mender ? mender(context, value) : value;
  let isLost = false;
  const mended = withEach(context, start, (key, entry) => {
    if (key === "$ref" && type === schemaObject) {
      const reference = mendSchemaReference(context, String(entry));
      isLost = reference === undefined;
      return reference;
    }
    const field = type.fields.get(key) ?? (key.startsWith("x-") ? undefined : type.other?.(key));
    if (field === undefined) return entry;
    // Without a schema a parameter would not be sent at all.
    const isNeeded = key === "schema" || !type.fields.has(key);
    if (forPeople.has(key) && field.shape.kind === "text" && typeof entry === "object" && entry !== null) {
      context.leftOut(`${subject(context)} is ${kindOf(entry)}; ${scalars.text} belongs there: it is left out`);
      return undefined;
    }
    return isNeeded ? mendEntry(context, entry, field.shape) : mendValue(context, entry, field.shape);
  });
  // What stood beside it counted for nothing.
  return isLost && !hasSiblings(context.document) ? {} : mended;
}

/** A schema's reference; to the schema that is meant, where it leads to what has just one; undefined for any other. */
function mendSchemaReference(context: Walk, written: string): string | undefined {
  const reference = context.anchor(written) ?? written;
  const target = schemaTarget(context.document, reference);
  if (target.kind === "schema") return context.referenceTo(reference, schemaObject);
  if (target.reference === undefined) {
    context.leftOut(`\`$ref\` is left out: it leads to ${target.name}`);
    return undefined;
  }
  context.sloppy(`\`$ref\` leads to ${target.name}: it is read as one to the schema that is in there`);
  return context.referenceTo(target.reference, schemaObject);
}

/** Texts that nothing depends on that is sent or checked. */
const forPeople: ReadonlySet<string> = new Set(["summary", "description"]);

/** A reference to a component of its kind; or what it leads to, of which nobody who follows makes a component. */
function mendReference(context: Walk, value: JsonObject, written: string, type: ObjectType): Json | undefined {
  if (!inlined.has(type)) {
    const reference = context.referenceTo(written, type);
    return reference === written ? value : withChanges(value, new Map([["$ref", reference]]));
  }
  const [root, group, ...rest] = pointerTokens(written);
  const isPath = (root === "paths" || root === "webhooks") && group !== undefined && rest.length === 0;
  const isComponent = root === "components" && group === type.group && rest.length === 1;
  if (type !== mediaTypeObject && (isPath || isComponent)) return value;
  const target = resolve(context.document, value, "");
  if (!target) return value;
  const pointer = pointerTokens(target.pointer).reduce(child, "#");
  return context.isOpen(pointer) ? value : context.inPlaceOf(pointer, () => mendObject(context, target.value, type));
}

/** A security scheme more would be one more credential, and path items are components since 3.1, media types since 3.2. */
const inlined: ReadonlySet<ObjectType> = new Set([securitySchemeObject, pathItemObject, mediaTypeObject]);

function asObject(context: Walk, value: Json, type: ObjectType): Json | undefined {
  if (isObject(value) || (type.isBoolean && typeof value === "boolean")) return value;
  if (isEmpty(value)) return nothing(context, value);
  const meant = type.isBoolean && typeof value === "string" ? flagOf(value) : undefined;
  if (meant !== undefined) {
    context.sloppy(`${subject(context)} is a text: it is read as ${meant}`);
    return meant;
  }
  if (type === discriminatorObject && typeof value === "string") {
    context.sloppy("`discriminator` is a text: it is read as `propertyName`");
    return { propertyName: value };
  }
  context.wrong(`${subject(context)} is ${kindOf(value)}; ${withArticle(type)} belongs there`);
  return undefined;
}

function withEach(context: Walk, value: JsonObject, work: (key: string, entry: Json) => Json | undefined): JsonObject {
  const changes = new Map<string, Json | undefined>();
  for (const [key, before] of Object.entries(value)) {
    const after = context.below(key, () => work(key, before));
    if (after !== before) changes.set(key, after);
  }
  return withChanges(value, changes);
}

function nothing(context: Walk, value: Json): undefined {
  context.sloppy(`${subject(context)} is ${kindOf(value)}: it is left out`);
  return undefined;
}

function isEmpty(value: Json): boolean {
  return value === null || (typeof value === "object" && Object.keys(value).length === 0);
}

function isSchema(shape: Shape): boolean {
  return shape.kind === "object" && shape.type() === schemaObject;
}

/** What is spoken of, e.g. `` `paths` `` or `` entry 0 of `tags` ``. */
function subject({ path, written }: Walk): string {
  const [parent, key] = path.slice(-2);
  const last = path.length > 1 ? key : parent;
  if (typeof last === "number") return `entry ${pointerTokens(written()).at(-1)} of \`${parent}\``;
  return last === undefined ? "the document" : `\`${last}\``;
}
