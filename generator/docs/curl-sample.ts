import type { Json, ParameterLocation } from "../model.js";
import type { Choice } from "./choose.js";
import { headerText, shellWord } from "./literals.js";
import { type Credential, downloadName, type Sample } from "./sample.js";

/** The operation as a command for a POSIX shell; a credential is in a variable of the environment. */
export function curlSample({
  operation,
  choices,
  body,
  baseUrl,
  server = baseUrl,
  credentials,
  result,
}: Sample): string {
  const inPlace = (location: ParameterLocation): readonly Choice[] =>
    choices.filter(({ parameter }) => parameter.in === location);
  const path = inPlace("path").reduce(
    (template, { parameter, value }) => template.replaceAll(`{${parameter.name}}`, () => joined(value)),
    operation.template,
  );
  const query = inPlace("query").flatMap(queryPairs).join("&");
  const headers = inPlace("header").map(({ parameter, value }) => `${parameter.name}: ${[value].flat().join(",")}`);
  return [
    `curl --fail-with-body${methodWords(operation.method)}${result === "binary" ? ` --output ${downloadName}` : ""}`,
    ...credentials.map(credentialWords),
    ...headers.map((header) => `--header ${shellWord(headerText(header))}`),
    ...(body ? [`--header ${shellWord(headerText(`Content-Type: ${body.mediaType}`))}`] : []),
    ...(body ? [`--data-raw ${shellWord(JSON.stringify(body.value))}`] : []),
    shellWord(`${address(`${server}${path}`)}${query && "?"}${query}`),
  ].join(" \\\n  ");
}

function methodWords(method: string): string {
  if (method === "get") return "";
  return method === "head" ? " --head" : ` --request ${method.toUpperCase()}`;
}

/** An option of curl; `--url-query` encodes what follows the name. */
function credentialWords({ scheme: { kind, in: location, parameter }, user, secret }: Credential): string {
  if (kind === "basic") return `--user "$${user}:$${secret}"`;
  if (kind === "bearer") return `--header "Authorization: Bearer $${secret}"`;
  if (location === "query") return `--url-query ${word(`${encode(parameter)}=`, secret)}`;
  return location === "cookie"
    ? `--cookie ${word(`${parameter}=`, secret)}`
    : `--header ${word(`${headerText(parameter)}: `, secret)}`;
}

/** In double quotes, for the sake of the variable, where what stands before it is free of what they leave special. */
function word(before: string, variable: string): string {
  return /^[\w%:= -]+$/.test(before) ? `"${before}$${variable}"` : `${shellWord(before)}"$${variable}"`;
}

/** OpenAPI, Style Values, `form`. */
function queryPairs({ parameter, value }: Choice): readonly string[] {
  const name = encode(parameter.name);
  const values = parameter.explode ? [value].flat().map(encode) : [joined(value)];
  return Array.isArray(value) && value.length === 0 ? [] : values.map((text) => `${name}=${text}`);
}

function joined(value: Json): string {
  return [value].flat().map(encode).join(",");
}

/** Spaces, control characters and letters beyond ASCII have no place in a URL (RFC 3986, 2). */
function address(url: string): string {
  return scalars(url).replace(/[^!-~]/gu, encodeURIComponent);
}

/** As the client does it: all but RFC 3986's unreserved characters. */
function encode(value: Json): string {
  return encodeURIComponent(scalars(String(value))).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Half a surrogate pair becomes U+FFFD, as in every URL (WHATWG Infra, scalar value string). */
function scalars(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}
