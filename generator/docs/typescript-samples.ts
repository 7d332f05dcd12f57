import { flatLiteral as literal, literal as nested } from "../emit/literal.js";
import type { ParameterLocation } from "../model.js";
import type { Choice } from "./choose.js";
import { objectLiteral, property } from "./literals.js";
import { type Credential, downloadName, type Sample } from "./sample.js";

/** The operation through its generated function. */
export function helperSample(sample: Sample): string {
  const { operation, result, body } = sample;
  const { functionName, inputKey } = sample.names.operation(operation);
  const inputs = sample.choices.map((choice) => ({ key: inputKey(choice.parameter), ...inputValue(sample, choice) }));
  const constants = new Set(inputs.flatMap(({ constant }) => constant ?? []));
  const fields = [
    ...inputs.map(({ key, expression }) => property([key, expression])),
    ...(body ? [`body: ${nested(body.value, 1)}`] : []),
  ];
  const input = fields.map((field) => `  ${field},\n`).join("");
  const call = `await ${functionName}(client${input === "" ? "" : `, {\n${input}}`});`;
  return text([
    importLine(["createClient", functionName, ...constants], sample.package),
    ...(result === "binary" ? [importLine(["saveFile"], `${sample.package}/node`)] : []),
    "",
    ...clientLines(sample),
    "",
    ...(result === undefined ? [call] : [`const ${resultName(result)} = ${call}`]),
    ...(result === "binary" ? [`await saveFile(file, file.name ?? ${literal(downloadName)});`] : []),
    ...(result === "json" || result === "text" ? ["console.log(data);"] : []),
    ...(result === "stream" ? ["for await (const item of stream) console.log(item);"] : []),
  ]);
}

/** The operation through `client.raw`, the typed openapi-fetch client. */
export function rawSample(sample: Sample): string {
  const { operation, result, body } = sample;
  const parameters = locations.flatMap((location) => {
    const entries = sample.choices
      .filter(({ parameter }) => parameter.in === location)
      .map(({ parameter, value }) => [parameter.name, literal(value)] as const);
    return entries.length > 0 ? [`    ${location}: ${objectLiteral(entries)},`] : [];
  });
  const init = [
    // It knows the client's address only.
    ...(sample.server === undefined ? [] : [`  baseUrl: ${literal(sample.server)},`]),
    ...(parameters.length > 0 ? ["  params: {", ...parameters, "  },"] : []),
    ...(body ? `  body: ${nested(body.value, 1)},`.split("\n") : []),
    // openapi-fetch reads a body as JSON unless told otherwise.
    ...(result === "binary" ? ['  parseAs: "blob",'] : []),
    ...(result === "text" || result === "stream" ? [`  parseAs: "${result}",`] : []),
  ];
  return text([
    importLine(["createClient"], sample.package),
    "",
    ...clientLines(sample),
    "",
    `const { ${result === undefined ? "" : "data, "}error, response } = await client.raw.${operation.method.toUpperCase()}(`,
    `  ${literal(operation.path)},`,
    ...(init.length > 0 ? [`  {`, ...init.map((line) => `  ${line}`), "  },"] : []),
    ");",
    // Not `if (error)`: a failure without a body leaves `error` undefined too.
    `if (${result === undefined ? "!response.ok" : "data === undefined"}) {`,
    `  throw new Error(\`HTTP \${response.status}\`, { cause: error });`,
    "}",
    ...(result === undefined ? [] : [`console.log(${result === "binary" ? "data.size" : "data"});`]),
  ]);
}

const locations: readonly ParameterLocation[] = ["path", "query", "header"];

function resultName(result: NonNullable<Sample["result"]>): string {
  if (result === "binary") return "file";
  return result === "stream" ? "stream" : "data";
}

/** A named constant where the package has one for the value. */
function inputValue(
  { names, enums }: Sample,
  { parameter, value }: Choice,
): { readonly expression: string; readonly constant?: string } {
  const named = enums.find(({ name }) => name === parameter.schema.ref);
  const index = named?.members.findIndex((member) => member.value === value) ?? -1;
  if (!named || index < 0) return { expression: literal(value) };
  const { constant, memberName } = names.enum(named.name);
  return { expression: `${constant}.${memberName(index)}`, constant };
}

function clientLines({ baseUrl, credentials }: Sample): readonly string[] {
  const variables = credentials
    .flatMap(({ user, secret }) => (user === undefined ? [secret] : [user, secret]))
    .map((name) => `${name} = ""`);
  const auth = objectLiteral(credentials.map((credential) => [credential.scheme.name, credentialValue(credential)]));
  return [
    ...(credentials.length > 0 ? [`const {${list(variables, 1)}} = process.env;`] : []),
    "const client = createClient({",
    `  baseUrl: ${literal(baseUrl)},`,
    ...(credentials.length > 0 ? [`  auth: ${auth},`] : []),
    "});",
  ];
}

function credentialValue({ user, secret }: Credential): string {
  if (user === undefined) return secret;
  return objectLiteral([
    ["username", user],
    ["password", secret],
  ]);
}

function importLine(names: readonly string[], from: string): string {
  return `import {${list(names, 2)}} from ${literal(from)};`;
}

/** The panel of the page shows about sixty characters of a line: more names than fit on one stand below each other. */
function list(names: readonly string[], most: number): string {
  return names.length > most ? `\n  ${names.join(",\n  ")},\n` : ` ${names.join(", ")} `;
}

function text(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}
