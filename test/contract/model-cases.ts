import { fileURLToPath } from "node:url";
import { buildModel } from "../../generator/build-model.js";
import type { JsonObject } from "../../generator/document.js";
import { loadSpec } from "../../generator/load.js";
import { needsContentType } from "../../generator/media-type.js";
import { mend } from "../../generator/mend.js";
import type { ApiModel, OperationModel, ParameterModel, RequestContentModel } from "../../generator/model.js";
import { assignNames, type Names } from "../../generator/names.js";
import { sample, type Variant, variants } from "./model-values.js";

/** A golden fixture as the generator sees it. */
export interface Fixture {
  readonly name: string;
  /** Absolute path of the document. */
  readonly file: string;
  readonly document: JsonObject;
  readonly model: ApiModel;
  readonly names: Names;
}

/** One call, worked out from the model. */
export interface ModelCase {
  readonly label: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** What it varies; undefined: it is the least that the operation asks for. */
  readonly parameter: ParameterModel | undefined;
  readonly content: RequestContentModel | undefined;
  /** What the parameter, or the body, is given. */
  readonly value: unknown;
  readonly credentials: boolean;
  /** `place: rule` is in the client's verdict. */
  readonly expected: "accepted" | "unknown" | { readonly entry: string };
}

export async function readFixture(name: string): Promise<Fixture> {
  const file = fileURLToPath(new URL(`../golden/fixtures/${name}.yaml`, import.meta.url));
  const spec = await loadSpec(file);
  // As the pipeline does: a sloppy document is read as it is meant, by Prism, too.
  const { document, locate } = mend(spec.document, spec.locate);
  const { model } = buildModel(document, locate);
  return { name, file, document, model, names: assignNames(model).names };
}

/**
 * What is required and nothing else; then each parameter and the body in each of their variants, or missing; and the call
 * without credentials, where some are needed.
 */
export function modelCases({ model, names }: Fixture, operation: OperationModel): readonly ModelCase[] {
  const { inputKey } = names.operation(operation);
  const { parameters, requestBody, security } = operation;
  const nothing = { parameter: undefined, content: undefined, value: undefined, credentials: true } as const;
  const required = parameters.filter((parameter) => parameter.required);
  const least: Readonly<Record<string, unknown>> = {
    ...Object.fromEntries(required.map((parameter) => [inputKey(parameter), exampleOf(parameter)])),
    ...(requestBody?.required ? bodyInput(operation, requestBody.content[0]) : {}),
  };
  const without = (...keys: readonly string[]) =>
    Object.fromEntries(Object.entries(least).filter(([key]) => !keys.includes(key)));
  const found: ModelCase[] = [{ ...nothing, label: "the least", input: least, expected: "accepted" }];

  for (const parameter of parameters) {
    const place = `${parameter.in} ${parameter.name.toLowerCase()}`;
    const key = inputKey(parameter);
    for (const variant of sendable(variants(parameter.schema))) {
      const { label, value } = variant;
      const expected = parameter.allowsEmpty && value === "" ? "accepted" : expectedAt(place, variant);
      found.push({
        ...nothing,
        label: `${place}: ${label}`,
        input: { ...without(key), [key]: value },
        parameter,
        value,
        expected,
      });
    }
    if (!parameter.required) continue;
    const expected = { entry: `${place}: required` };
    found.push({ ...nothing, label: `${place}: missing`, input: without(key), parameter, expected });
  }

  for (const content of requestBody?.content ?? []) {
    for (const variant of bodyVariants(content)) {
      const input = { ...without("body"), ...bodyInput(operation, content), body: variant.value };
      const label = `${content.mediaType}: ${variant.label}`;
      found.push({ ...nothing, label, input, content, value: variant.value, expected: expectedAt("body", variant) });
    }
  }
  if (requestBody?.required) {
    const [content] = requestBody.content;
    const input = without("body", "contentType");
    found.push({ ...nothing, label: "body: missing", input, content, expected: { entry: "body: required" } });
  }

  const alternatives = security.length > 0 ? security : [];
  if (
    model.securitySchemes.length > 0 &&
    alternatives.length > 0 &&
    alternatives.every((needed) => needed.length > 0)
  ) {
    found.push({
      ...nothing,
      label: "no credentials",
      input: least,
      credentials: false,
      expected: { entry: "security: required" },
    });
  }
  return found;
}

/** Nothing is no segment of a path (RFC 3986, 3.3): there, what is empty is filled. */
function exampleOf({ example, schema, in: location }: ParameterModel): unknown {
  if (example !== undefined || location !== "path") return example ?? sample(schema);
  return variants(schema).find(({ value, expected }) => expected === "accepted" && !isEmpty(value))?.value;
}

function isEmpty(value: unknown): boolean {
  return value === "" || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
}

function bodyInput(
  operation: OperationModel,
  content: RequestContentModel | undefined,
): Readonly<Record<string, unknown>> {
  if (content === undefined || operation.requestBody === undefined) return {};
  const { mediaType, kind, schema } = content;
  const body = kind === "binary" || schema === undefined ? new Blob(["bytes"]) : bodyValue(content, sample(schema));
  return needsContentType(operation.requestBody) ? { body, contentType: mediaType.replace("*", "png") } : { body };
}

/** Null is for no parameter a value that is sent. */
function sendable(cases: readonly Variant[]): readonly Variant[] {
  return cases.filter(({ value }) => value !== null);
}

function bodyVariants(content: RequestContentModel): readonly Variant[] {
  const { kind, schema } = content;
  if (schema === undefined || kind === "binary") return [];
  if (kind === "text" && schema.type !== "string") return [{ label: "text", value: "<a/>", expected: "accepted" }];
  return variants(schema).map(({ label, value, expected }) => {
    // A form leaves null out, and makes text of the rest: whether that is still right is for the two to say.
    const isTold = kind === "json" || typeof expected === "string" || expected.rule !== "type";
    return { label, value: bodyValue(content, value), expected: isTold ? expected : "unknown" };
  });
}

/** Bytes are a part of a form; in JSON they are text. */
function bodyValue({ kind }: RequestContentModel, value: unknown): unknown {
  if (kind !== "json") return kind === "text" && typeof value === "object" ? "<a/>" : value;
  return JSON.parse(JSON.stringify(value, (_, one: unknown) => (one instanceof Blob ? "bytes" : one)));
}

function expectedAt(place: string, { expected }: Variant): ModelCase["expected"] {
  return typeof expected === "string" ? expected : { entry: `${place}${expected.pointer}: ${expected.rule}` };
}
