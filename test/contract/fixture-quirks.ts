import type { SchemaModel } from "../../generator/model.js";
import { pointerTokens } from "../../generator/openapi.js";
import type { Difference } from "./difference.js";
import { merged } from "./model-values.js";

/** One way in which client and Prism say something else of a call that only the two of them together explain. */
export interface FixtureQuirk {
  readonly name: string;
  readonly reason: string;
  readonly explains: (difference: Difference) => boolean;
}

/**
 * Every known difference; the first line that explains one is taken. Measured on prism-cli 5.14.2; a line that no case needs
 * fails the run, as does a difference that no line explains.
 */
export const fixtureQuirks: readonly FixtureQuirk[] = [
  {
    name: "ignored-header",
    reason:
      "header parameters named Accept, Content-Type and Authorization are ignored (OpenAPI 3.1, 4.8.12.2), but not by Prism",
    explains: ({ by, place }) => by === "Prism" && /^header (accept|content-type|authorization)$/.test(place),
  },
  {
    name: "header-names-with-case",
    reason:
      "the header of a path item and that of the operation, in other letters, are two headers for Prism, and one for HTTP",
    explains: ({ by, place, subject: { parameter, expected } }) =>
      by === "Prism" &&
      parameter?.in === "header" &&
      place === `header ${parameter.name.toLowerCase()}` &&
      expected === "accepted",
  },
  {
    name: "null-is-no-body",
    reason: "Prism takes the body `null` of JSON for none",
    explains: ({ place, subject: { content, value } }) =>
      content?.kind === "json" && value === null && place === "body",
  },
  {
    name: "null-is-only-listed",
    reason: "the client takes null that `enum` lists, though `type` does not allow it; Prism goes by `type`",
    explains: ({ by, place, rule, operation: { operationId } }) =>
      by === "Prism" && operationId === "echo" && place === "body/state" && rule === "type",
  },
  {
    name: "other-credentials",
    reason:
      "the client needs none where one alternative needs none, or where it can meet no other; Prism goes by the first that it knows",
    explains: ({ by, place, operation: { security } }) =>
      by === "Prism" &&
      place === "security" &&
      (security.length === 0 || security.some((needed) => needed.length === 0)),
  },
  {
    name: "first-range",
    reason:
      "Prism goes by the first media type that holds that of a body, be it a range, and the client by the one that names it",
    explains: ({ by, place, operation: { operationId } }) =>
      by === "client" && operationId === "sendRanges" && place === "body",
  },
  {
    name: "json-is-text",
    reason: "Prism does not look into a parameter that is JSON",
    explains: ({ by, subject: { parameter } }) => by === "client" && parameter?.isJson === true,
  },
  {
    name: "cookie",
    reason: "Prism does not look at cookies",
    explains: ({ by, subject: { parameter } }) => by === "client" && parameter?.in === "cookie",
  },
  {
    name: "declared-keys-of-a-deep-object",
    reason:
      "Prism takes out of a query the keys that a deepObject declares, which are there whether they are sent or not",
    explains: ({ by, rule, subject: { parameter } }) =>
      by === "client" && parameter?.style === "deepObject" && (rule === "additionalProperties" || rule === "required"),
  },
  {
    name: "text-has-no-type",
    reason: "what is of the wrong type goes over the wire as text, and Prism judges the text",
    explains: ({ place, client, subject }) =>
      isText(subject) &&
      client.some((entry) => entry.endsWith(": type") && isAtOrBelow(place, entry.slice(0, -": type".length))),
  },
  {
    name: "no-type-no-number",
    reason: "text is not turned into a number where the schema asks for no type",
    explains: ({ by, rule, subject: { parameter, value } }) =>
      by === "Prism" && rule === "enum" && parameter?.schema.type === undefined && typeof value !== "string",
  },
  {
    name: "slow-pattern",
    reason: "a pattern that can take exponential time is not matched by the client, and is in its coverage report",
    explains: ({ by, rule, subject: { parameter } }) =>
      by === "Prism" && rule === "pattern" && parameter !== undefined && parameter.schema.more.pattern === undefined,
  },
  {
    name: "explode-behind-a-reference",
    reason:
      "Prism knows no default of `explode` for a parameter behind a reference: of repeated keys it reads the last",
    explains: ({ by, rule, subject: { parameter, value } }) =>
      by === "client" &&
      rule === "maxItems" &&
      parameter?.style === "form" &&
      parameter.explode &&
      Array.isArray(value) &&
      value.length > 1,
  },
  {
    name: "place-of-a-repetition",
    reason: "the client points at the item that is there already, Prism at the array",
    explains: ({ rule, client, prism }) =>
      rule === "uniqueItems" &&
      [client, prism].every((verdict) => verdict.some((entry) => entry.endsWith(": uniqueItems"))),
  },
  {
    name: "list-or-object-in-a-form",
    reason: "without a style in the encoding of a field, Prism takes a list or an object in a form for one text",
    explains: ({ place, subject: { content, value } }) => {
      const [, field = ""] = place.split("/");
      const isForm = content?.kind === "urlencoded" || content?.kind === "multipart";
      const given = (value as Readonly<Record<string, unknown>> | undefined)?.[field];
      return isForm && place.startsWith("body/") && typeof given === "object" && given !== null;
    },
  },
  {
    name: "empty-form",
    reason: "a form without fields is an empty body, which Prism takes for none",
    explains: ({ place, rule, subject: { content, value } }) =>
      content?.kind === "urlencoded" &&
      rule === "required" &&
      place.startsWith("body") &&
      Object.keys(value as object).length === 0,
  },
  {
    name: "text-is-no-object",
    reason: "Prism holds the text of XML against the schema of what it stands for",
    explains: ({ by, place, rule, subject: { content } }) =>
      by === "Prism" &&
      place === "body" &&
      rule === "type" &&
      content?.kind === "text" &&
      content.schema?.type === "object",
  },
  {
    name: "read-only-below-the-top",
    reason: "Prism asks for what is read only where it stands in a list, a choice, or behind a reference",
    explains: ({ by, place, prism, subject: { content } }) =>
      by === "Prism" &&
      prism
        .filter((entry) => entry.endsWith(": required"))
        .map((entry) => entry.slice(0, -": required".length))
        .filter((missing) => isReadOnly(content?.schema, missing.replace(/^body/, "")))
        .some((missing) => missing === place || isAtOrBelow(place, parentOf(missing))),
  },
  {
    name: "default-is-asked-for",
    reason: "what has a default is optional in a request, and required all the same by Prism",
    explains: ({ by, subject: { label } }) => by === "Prism" && label.endsWith("its default is left to the service"),
  },
  {
    name: "all-branches",
    reason: "of a choice of schemas Prism tells what is wrong with each, the client what is wrong with the nearest",
    explains: ({ place, client, prism }) =>
      client.length > 0 &&
      prism.some((entry) => {
        const choice = /^(.*): (oneOf|anyOf)$/s.exec(entry)?.[1];
        return (
          choice !== undefined &&
          isAtOrBelow(place, choice) &&
          client.some((own) => isAtOrBelow(own.replace(/: [^:]*$/, ""), choice))
        );
      }),
  },
  {
    name: "inherited-names",
    reason: "Ajv finds a property that every object inherits",
    explains: ({ by, place, rule, client }) =>
      (place.split("/").at(-1) ?? "") in {} &&
      (client.includes(`${place}: required`) || (by === "Prism" && rule === "type")),
  },
  {
    name: "reference-in-a-form",
    reason: "Prism loses the references of a form's schema that holds itself, and then checks nothing of the form",
    explains: ({ by, prism, subject: { content } }) =>
      by === "client" &&
      prism.length === 0 &&
      content?.kind === "urlencoded" &&
      content.schema !== undefined &&
      holdsItself(content.schema),
  },
  {
    name: "property-named-proto",
    reason: "Prism checks nothing of a body whose schema has a property named `__proto__`",
    explains: ({ by, prism, subject: { content } }) =>
      by === "client" &&
      prism.length === 0 &&
      content?.schema?.more.properties?.some(({ name }) => name === "__proto__") === true,
  },
];

/** Whether a value travels as text that has no types: anything but a body of JSON. */
function isText({ parameter, content }: Difference["subject"]): boolean {
  return parameter !== undefined || (content !== undefined && content.kind !== "json");
}

function isAtOrBelow(place: string, above: string): boolean {
  return place === above || place.startsWith(`${above}/`);
}

function parentOf(place: string): string {
  return place.slice(0, place.lastIndexOf("/"));
}

/** Whether the property at a place (RFC 6901) is read only, by any schema of the value that holds it. */
function isReadOnly(schema: SchemaModel | undefined, pointer: string): boolean {
  const tokens = [...pointerTokens(`#${pointer}`)];
  const last = tokens.pop();
  if (schema === undefined || last === undefined) return false;
  const owners = tokens.reduce((values, token) => values.flatMap((one) => inside(one, token)), family(schema));
  return owners.some(({ more }) => more.properties?.some(({ name, readOnly }) => name === last && readOnly));
}

/** A schema with its parts and its choices. */
function family(schema: SchemaModel): readonly SchemaModel[] {
  const whole = merged(schema);
  return [whole, ...[...(whole.more.oneOf ?? []), ...(whole.more.anyOf ?? [])].flatMap(family)];
}

function inside({ items, more }: SchemaModel, token: string): readonly SchemaModel[] {
  const named = (more.properties ?? []).filter(({ name }) => name === token).map(({ schema }) => schema);
  const others = named.length > 0 || more.additionalProperties === undefined ? [] : [more.additionalProperties];
  return [...named, ...others, ...(items === undefined ? [] : [items])].flatMap(family);
}

function holdsItself(schema: SchemaModel, around: readonly SchemaModel[] = []): boolean {
  if (around.includes(schema)) return true;
  const { items, more } = schema;
  const parts = [
    ...(more.properties ?? []).map((one) => one.schema),
    ...(more.allOf ?? []),
    ...(more.anyOf ?? []),
    ...(items ? [items] : []),
  ];
  return parts.some((part) => holdsItself(part, [...around, schema]));
}
