/** Stage: what the document says that no other stage works with or speaks of, keyword by keyword. */
import { documentObject, schemaObject } from "./coverage-table.js";
import type { Diagnostic, Place } from "./diagnostics.js";
import { type ObjectType, type OpenApiVersion, type Shape, versions, withArticle } from "./grammar.js";
import type { Json } from "./model.js";
import { child, isObject, type JsonObject } from "./openapi.js";

/** One finding for each keyword that the client does not honour, or that is of another version, or none at all. */
export function survey(
  document: JsonObject,
  version: OpenApiVersion,
  locate: (pointer: string) => Place,
): readonly Diagnostic[] {
  const findings: Diagnostic[] = [];
  const path: string[] = [];
  const add = (finding: Pick<Diagnostic, "code" | "severity" | "message" | "fix">): void => {
    findings.push({ ...finding, ...locate(path.reduce<string>(child, "#")) });
  };
  const note = (message: string, fix?: string): void =>
    add({ code: "coverage-not-honoured", severity: "info", message, ...(fix ? { fix } : {}) });

  const visit = (value: Json, shape: Shape): void => {
    if (shape.kind === "object") visitObject(value, shape.type());
    else if (shape.kind === "list" && Array.isArray(value)) each(value.entries(), shape.of);
    else if (shape.kind === "map" && isObject(value)) each(Object.entries(value), shape.of);
  };
  const each = (entries: Iterable<readonly [string | number, Json]>, shape: Shape): void => {
    if (shape.kind === "any" || shape.kind === "text") return;
    for (const [key, value] of entries) below(key, () => visit(value, shape));
  };
  const below = (key: string | number, work: () => void): void => {
    path.push(String(key));
    work();
    path.pop();
  };

  const visitObject = (value: Json, type: ObjectType): void => {
    if (!isObject(value)) return;
    const isReference = type.group !== undefined && Object.hasOwn(value, "$ref");
    const isAlone = isReference && (type !== schemaObject || version === "3.0");
    for (const [key, entry] of Object.entries(value)) {
      if (isReference && key === "$ref") continue;
      below(key, () => {
        if (isAlone) {
          if (!besides.has(key) && !key.startsWith("x-")) note(`\`${key}\` counts for nothing beside \`$ref\``);
        } else visitField(key, entry, value, type);
      });
    }
  };
  const visitField = (key: string, entry: Json, owner: JsonObject, type: ObjectType): void => {
    const field = type.fields.get(key) ?? (key.startsWith("x-") ? undefined : type.other?.(key));
    if (field === undefined) {
      if (!key.startsWith("x-")) note(`\`${key}\` is no keyword of ${withArticle(type)}`, suggestion(key, type));
      return;
    }
    if (field.standing === "told") return;
    if (field.standing !== "honoured") {
      const finding = field.standing(entry, owner, path);
      if (typeof finding === "string") note(finding);
      else if (finding) note(finding.message, finding.fix);
      return;
    }
    const { since = "3.0", until = "3.2" } = field.spanOf?.(entry) ?? field;
    if (isBefore(version, since) || isBefore(until, version)) {
      const other = isBefore(version, since) ? since : until;
      const form = field.spanOf ? "in this form " : "";
      const message = `\`${key}\` of ${withArticle(type)} is ${form}of OpenAPI ${other}: it is read as there`;
      add({ code: "spec-mended", severity: "warning", message });
    }
    visit(entry, field.shape);
  };
  visitObject(document, documentObject);
  return findings;
}

/** What may stand beside a reference, or says nothing to a client. */
const besides: ReadonlySet<string> = new Set([
  ...["summary", "description", "title", "example", "examples", "externalDocs"],
  // Of a schema: it is read as it is meant.
  "nullable",
]);

function isBefore(one: OpenApiVersion, other: OpenApiVersion): boolean {
  return versions.indexOf(one) < versions.indexOf(other);
}

function suggestion(key: string, { fields }: ObjectType): string | undefined {
  const near = [...fields.keys()].find((known) => isNear(key.toLowerCase(), known.toLowerCase()));
  return near === undefined ? undefined : `Did you mean \`${near}\`? A keyword of your own starts with \`x-\`.`;
}

/** Whether one letter more, less or other, or two that changed places, make the one out of the other. */
function isNear(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1 || other.length < 4) return one === other;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  const rest = (text: string, from: number): string => text.slice(from);
  return (
    rest(one, start + 1) === rest(other, start + 1) ||
    rest(one, start + 1) === rest(other, start) ||
    rest(one, start) === rest(other, start + 1) ||
    (one[start] === other[start + 1] &&
      one[start + 1] === other[start] &&
      rest(one, start + 2) === rest(other, start + 2))
  );
}
