/** One schema as openapi-typescript is to see it: in a form of which it makes the type that is meant. */
import type { Json } from "../model.js";
import { get, getArray, getObject, getString, isBinary, isObject, type JsonObject } from "../openapi.js";
import { isBareObject, saysSomething, textsOf, valuesOf, withNull, withValues } from "./forms.js";
import { isNarrowing, referring } from "./keywords.js";
import { pick } from "./map.js";
import { objectOf } from "./object.js";
import type { Path } from "./path.js";
import { type NamedSchema, referenceIn, referenceTo } from "./references.js";
import { askedIn, declarationOf, hiddenIn, isDeclaredInPlace, requiredIn } from "./required.js";
import { bindingType, type ChangeSchema, type Knowledge, type Scope, whole } from "./scope.js";
import { readShape, type Shape } from "./shape.js";
import { isMereReference, tidied } from "./tidy.js";

/** Changes schemas of one document. */
export function schemaChanger(knowledge: Knowledge): ChangeSchema {
  const { references, views, cycles, discriminators, dialect, notes } = knowledge;

  const change: ChangeSchema = (schema, path, scope) => {
    if (schema === true) return {};
    if (schema === false) return bindingType("never");
    if (!isObject(schema)) return {};
    if (get(schema, "$recursiveRef") !== undefined) return changeRecursive(schema, path, scope);
    if (referenceIn(schema) !== undefined) return changeReference(schema, path, scope);
    const tidy = tidied(knowledge, change, schema, path, scope);
    return tidy ?? changeShape(schema, readShape(schema, path, notes), path, scope);
  };

  /** Of JSON Schema 2019-09: the outermost schema that leads here, which is the one around it as far as a type can tell. */
  const changeRecursive = ({ $recursiveRef: _, ...schema }: JsonObject, path: Path, scope: Scope) => {
    notes.read("recursive", path);
    const around = scope.owner === undefined ? "#" : referenceTo(scope.owner);
    return change({ ...schema, $ref: around }, path, scope);
  };

  const changeReference = (schema: JsonObject, path: Path, scope: Scope): JsonObject | undefined => {
    const target = references.target(referenceIn(schema) ?? "");
    const { $ref: _, $dynamicRef, ...beside } = schema;
    if ($dynamicRef !== undefined) notes.read("dynamic", path);
    if (!target) {
      notes.read("lost", path);
      return textsOf(schema);
    }
    const isNullable = get(schema, "nullable") === true;
    if (isNullable && dialect === "3.0") notes.read("nullableReference", path);
    if (dialect === "3.1" && Object.keys(beside).some(isNarrowing)) {
      const parts = { ...beside, allOf: [pick(schema, referring), ...getArray(schema, "allOf")] };
      return changeShape(parts, readShape(parts, path, notes), path, { ...scope, family: parts });
    }
    const link = linkTo(target, path, scope);
    if (link && schema.$ref === link.$ref && isMereReference(schema)) return schema;
    return link && { ...(isNullable ? withNull(link) : link), ...textsOf(schema) };
  };

  /** The type of another component, by its name. */
  const linkTo = (target: NamedSchema, path: Path, scope: Scope): JsonObject | undefined => {
    const { owner, position, view } = scope;
    if (owner !== undefined && position === "direct" && cycles.isCut(owner, target.name)) {
      const base = cycles.baseOf(owner, target.name);
      if (base === undefined) notes.read("cycle", path);
      return base && change(base, target.path ?? path, scope);
    }
    const key = views.keyOf(target.name, view);
    const names = [...scope.hidden].filter((name) => {
      const declaration = declarationOf(references, target.schema, name, view);
      return declaration === "required" || declaration === "optional";
    });
    if (names.length > 0) return { ...bindingType("omit"), name: key, required: names };
    const isRecursive = owner !== undefined && cycles.recursive.has(owner) && cycles.recursive.has(target.name);
    return { $ref: isRecursive && position !== "inside" ? `#/${knowledge.aliasOf(key)}` : referenceTo(key) };
  };

  const changeShape = (schema: JsonObject, shape: Shape, path: Path, scope: Scope): JsonObject => {
    const family = scope.family ?? schema;
    const wanted = new Set(askedIn(references, family, requiredIn(schema), scope.view));
    const asked = wanted.size > 0 ? new Set([...scope.asked, ...wanted]) : scope.asked;
    const isAlone = !scope.isPart && shape.allOf.length + shape.anyOf.length + shape.oneOf.length === 0;
    const hiding = isAlone || !knowledge.hasHidden ? [] : hiddenIn(references, schema, scope.view);
    const hidden = hiding.length > 0 ? new Set([...scope.hidden, ...hiding]) : scope.hidden;
    const part = { ...scope, isPart: true, asked, hidden, family };
    const core = coreOf(schema, shape, path, { ...scope, asked, hidden }, isAlone);
    const members = shape.allOf.map((one, index) => change(one, at(path, "allOf", index), part));
    const unions = (["anyOf", "oneOf"] as const).map((keyword) => {
      return unionOf(schema, shape[keyword], at(path, keyword), part);
    });
    const missing = missingIn(schema, shape, wanted, scope);
    const rest = missing.length > 0 ? presentProperties(missing) : undefined;
    const all = [core, ...members, ...unions, rest].filter((one) => one !== undefined);
    const telling = all.filter((one) => saysSomething(one) && !isBareObject(one));
    const parts = telling.length > 0 ? telling : all.filter(isBareObject).slice(0, 1);
    const [first = {}] = parts;
    const joined = parts.length > 1 ? { allOf: parts } : first;
    return { ...(shape.nullable ? withNull(joined) : joined), ...textsOf(schema) };
  };

  /** What a schema says beside `allOf`, `oneOf` and `anyOf`. */
  const coreOf = (schema: JsonObject, shape: Shape, path: Path, scope: Scope, isAlone: boolean): JsonObject => {
    if (scope.view === "form" && isBinary(schema)) return bindingType("binary");
    const { types } = shape;
    const [only, ...more] = types;
    const type: JsonObject = only === undefined ? {} : { type: more.length > 0 ? types : only };
    if (shape.values) return valuesOf(shape, type);
    const isObjectToo = types.length === 0 || types.includes("object");
    const object = isObjectToo ? objectOf(knowledge, change, scope.family ?? schema, shape, path, scope, isAlone) : {};
    return { ...type, ...object, ...(types.includes("array") ? arrayOf(shape, path, scope) : {}) };
  };

  const arrayOf = (shape: Shape, path: Path, scope: Scope): JsonObject => {
    const position = scope.position === "inside" ? "inside" : "list";
    const item = (schema: Json, place: Path): JsonObject =>
      change(schema, place, whole(scope.view, scope.owner, position)) ?? {};
    const first = shape.prefixItems?.map((schema, index) => item(schema, at(path, "prefixItems", index)));
    if (shape.items === undefined || shape.items === false) {
      return first || shape.items === false ? { prefixItems: first ?? [] } : {};
    }
    const rest = item(shape.items, at(path, "items"));
    return { items: first ? { anyOf: [...first, rest] } : rest };
  };

  /** `oneOf` or `anyOf`: nothing where an alternative allows anything. */
  const unionOf = (
    schema: JsonObject,
    alternatives: readonly Json[],
    path: Path,
    scope: Scope,
  ): JsonObject | undefined => {
    const property = getString(getObject(schema, "discriminator"), "propertyName");
    const changed = alternatives.flatMap((alternative, index): JsonObject | readonly JsonObject[] => {
      const one = change(alternative, { parent: path, key: index }, scope);
      if (!one || property === undefined) return one ?? [];
      const name = references.target(referenceIn(alternative) ?? "")?.name;
      const values = name === undefined ? undefined : discriminators.chosen(name, property);
      const isShown = values && declarationOf(references, alternative, property, scope.view) !== "hidden";
      return isShown ? withValues(one, property, values) : one;
    });
    const [first, ...more] = changed;
    if (first === undefined || !changed.every(saysSomething)) return undefined;
    return more.length > 0 ? { oneOf: changed } : first;
  };

  /** What is required and declared nowhere in place: it is there, whatever it is. */
  const missingIn = (
    schema: JsonObject,
    shape: Shape,
    wanted: ReadonlySet<string>,
    scope: Scope,
  ): readonly string[] => {
    if (wanted.size === 0 || (shape.types.length > 0 && !shape.types.includes("object")) || shape.values) return [];
    return [...wanted].filter((name) => {
      if (scope.asked.has(name) || isDeclaredInPlace(schema, name)) return false;
      const declaration = declarationOf(references, scope.family ?? schema, name, scope.view);
      return declaration === undefined || declaration === "optional";
    });
  };
  return change;
}

/** Properties that are there, whatever they are. */
function presentProperties(names: readonly string[]): JsonObject {
  const properties = Object.fromEntries(names.map((name) => [name, bindingType("present")]));
  return { type: "object", properties, required: names };
}

function at(path: Path, keyword: string, index?: number): Path {
  const place = { parent: path, key: keyword };
  return index === undefined ? place : { parent: place, key: index };
}
