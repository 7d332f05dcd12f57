/**
 * What discriminators say of the schemas they choose from (OpenAPI 3.1, 4.8.25): the values that a property has there.
 * openapi-typescript joins what the document, the mapping and the name of the schema say, which may leave nothing.
 */
import type { Json } from "../model.js";
import { get, getArray, getObject, getString, isObject } from "../openapi.js";
import type { Values } from "./forms.js";
import { behind, type References, referenceIn } from "./references.js";
import type { Component, Discriminator, Survey } from "./survey.js";

/** The values that the properties of named schemas have. */
export interface Discriminators {
  /** By property: what a schema is to say of itself, where it does not say just that. */
  readonly of: (name: string) => ReadonlyMap<string, Values>;
  /** What a schema has where it is chosen, if its children, which it stands for elsewhere, have more. */
  readonly chosen: (name: string, property: string) => Values | undefined;
}

/**
 * A schema has the values of its children, too: a child is one of its kind. What it says itself goes before the mapping,
 * and that before its name, which many documents do not mean.
 */
export function discriminatorsOf(survey: Survey, references: References): Discriminators {
  const children = childrenOf(survey.components);
  const of = new Map<string, Map<string, Values>>();
  const chosen = new Map<string, ReadonlyMap<string, Values>>();
  for (const [property, discriminators] of grouped(survey.discriminators)) {
    const reading = { references, property };
    const own = new Map<string, Values>();
    for (const [name, mapped] of choices(discriminators, children)) {
      const values = ownValues(reading, survey.components.get(name), mapped);
      if (values) own.set(name, values);
    }
    chosen.set(property, own);
    const bases = discriminators.flatMap(({ base }) => base ?? []);
    for (const name of new Set([...own.keys(), ...bases])) {
      const component = survey.components.get(name);
      const said = sayingsOf(reading, component?.schema);
      const values = own.get(name) ?? said.values;
      if (!component || !values || isNoObject(component)) continue;
      const family = descendants(name, children).flatMap((child) => {
        return own.get(child) ?? sayingsOf(reading, survey.components.get(child)?.schema).values ?? [];
      });
      const all = distinct([...values, ...family]);
      const isSaid = said.values !== undefined && isSame(said.values, all) && (said.required || !own.has(name));
      if (!isSaid) of.set(name, (of.get(name) ?? new Map<string, Values>()).set(property, all));
    }
  }
  return {
    of: (name) => of.get(name) ?? new Map(),
    chosen: (name, property) => {
      const [own, all] = [chosen.get(property)?.get(name), of.get(name)?.get(property)];
      return own && all && !isSame(own, all) ? own : undefined;
    },
  };
}

function grouped(discriminators: readonly Discriminator[]): ReadonlyMap<string, readonly Discriminator[]> {
  const groups = new Map<string, Discriminator[]>();
  for (const discriminator of discriminators) {
    const group = groups.get(discriminator.property);
    if (group) group.push(discriminator);
    else groups.set(discriminator.property, [discriminator]);
  }
  return groups;
}

/** Every schema that is chosen, with the values that mappings give it: none leaves its name. */
function choices(
  discriminators: readonly Discriminator[],
  children: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { base, members, mapping } of discriminators) {
    const inherited = base === undefined ? [] : descendants(base, children);
    const isBase = base !== undefined && mapping.has(base) ? [base] : [];
    for (const name of [...members, ...inherited, ...isBase]) {
      found.set(name, [...(found.get(name) ?? []), ...(mapping.get(name) ?? [])]);
    }
  }
  return found;
}

interface Reading {
  readonly references: References;
  readonly property: string;
}

function ownValues(reading: Reading, component: Component | undefined, mapped: readonly string[]): Values | undefined {
  if (!component || isNoObject(component)) return undefined;
  const own = sayingsOf(reading, component.schema, "own");
  const all = sayingsOf(reading, component.schema);
  if (all.type === "boolean") return undefined;
  const meant = all.type === "integer" || all.type === "number" ? mapped.map(Number).filter(Number.isFinite) : mapped;
  const both = own.values && common(own.values, meant);
  if (own.values) return both && both.length > 0 ? both : own.values;
  if (meant.length > 0) {
    const narrowed = all.values ? common(all.values, meant) : [];
    return distinct(narrowed.length > 0 ? narrowed : meant);
  }
  const isPossible = all.values ? all.values.includes(component.name) : all.type === undefined || all.type === "string";
  return isPossible ? [component.name] : undefined;
}

/** What a schema says of the property: by itself, or with all that it is made of. */
interface Sayings {
  readonly values: Values | undefined;
  readonly required: boolean;
  readonly type: string | undefined;
}

/** Values of all its parts are those that each of them allows. */
function sayingsOf(
  { references, property }: Reading,
  schema: Json | undefined,
  reach: "own" | "all" = "all",
  seen: Set<string> = new Set(),
): Sayings {
  const reference = schema === undefined ? undefined : referenceIn(schema);
  if (reference !== undefined) {
    const target = references.target(reference);
    if (!target || reach === "own" || seen.has(reference)) return nothing;
    // What is said twice says no more.
    seen.add(reference);
    return sayingsOf({ references, property }, target.schema, reach, seen);
  }
  const declared = get(getObject(schema, "properties"), property);
  const parts = getArray(schema, "allOf").map((part) => sayingsOf({ references, property }, part, reach, seen));
  const described = declared === undefined ? undefined : behind(references, declared);
  const own: Sayings = {
    values: declared === undefined ? undefined : valuesOf(references, declared),
    required: getArray(schema, "required").includes(property),
    type: getString(described, "type"),
  };
  return [own, ...parts].reduce((a, b) => ({
    values: a.values && b.values ? common(a.values, b.values.map(String)) : (a.values ?? b.values),
    required: a.required || b.required,
    type: a.type ?? b.type,
  }));
}

const nothing: Sayings = { values: undefined, required: false, type: undefined };

/** The values of a property, where it has some only. */
function valuesOf(references: References, schema: Json, depth = 0): Values | undefined {
  const value = behind(references, schema);
  const constant = get(value, "const");
  const listed = get(value, "enum");
  const values = constant !== undefined ? [constant] : Array.isArray(listed) ? listed : undefined;
  if (values) return values.filter((item) => typeof item === "string" || typeof item === "number");
  if (depth > 8) return undefined;
  return getArray(value, "allOf").reduce<Values | undefined>(
    (found, part) => found ?? valuesOf(references, part, depth + 1),
    undefined,
  );
}

/** A union has no property of its own, and a reference is what it refers to. */
function isNoObject({ schema }: Component): boolean {
  if (!isObject(schema) || referenceIn(schema) !== undefined || "oneOf" in schema || "anyOf" in schema) return true;
  const type = get(schema, "type");
  return type !== undefined && ![type].flat().includes("object");
}

function childrenOf(components: ReadonlyMap<string, Component>): ReadonlyMap<string, readonly string[]> {
  const children = new Map<string, string[]>();
  for (const { name, parts } of components.values()) {
    for (const part of parts) {
      const list = children.get(part);
      if (list) list.push(name);
      else children.set(part, [name]);
    }
  }
  return children;
}

function descendants(name: string, children: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const found = new Set<string>([name]);
  // It grows while it is walked.
  for (const one of found) for (const child of children.get(one) ?? []) found.add(child);
  found.delete(name);
  return [...found];
}

function common(values: Values, other: readonly (string | number)[]): Values {
  const wanted = new Set(other.map(String));
  return values.filter((value) => wanted.has(String(value)));
}

function distinct(values: Values): Values {
  return [...new Set(values)];
}

function isSame(a: Values, b: Values): boolean {
  return a.length === b.length && common(a, b).length === a.length;
}
