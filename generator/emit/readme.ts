/** Emits the README of the package. */
import { codeSamples } from "../docs/samples.js";
import { isRange, needsContentType } from "../media-type.js";
import type { ApiModel, OperationModel, RequestBodyModel, SecuritySchemeModel } from "../model.js";
import type { Names, OperationNames } from "../names.js";
import { describeBounds } from "./bounds.js";
import { code } from "./comment.js";
import { isInputOptional } from "./input.js";
import { memberName } from "./literal.js";
import { cell, fence, markdown } from "./markdown.js";
import type { EmittedFile } from "./module.js";
import { wayOf } from "./security.js";

/** `README.md`: what it is, an example that runs, and a table of inputs for each operation. */
export function emitReadme(model: ApiModel, names: Names, packageName: string): EmittedFile {
  const [operation] = codeSamples(model, names, packageName);
  const first = operation?.samples[0];
  return {
    path: "README.md",
    text: `${paragraphs([
      `# ${packageName}`,
      markdown(model.summary ?? ""),
      `Typed functions for ${markdown(model.title)}: every input is checked before anything is sent, every failure is an error with a code. ` +
        "It runs wherever `fetch` does: Node 20 or newer, browsers, Deno, Bun, workers.",
      fence("sh", `npm install ${packageName}`),
      `Without a program: ${code(`npx ${packageName} --help`)} lists a command for each function. Integers beyond 2^53 are rounded in the JSON that it writes.`,
      first ? fence("ts", first.source) : "",
      "## Operations",
      ...operationSections(names, packageName),
      usage(model, names),
    ])}\n`,
  };
}

/** Those that say nothing leave no blank line. */
function paragraphs(texts: readonly string[]): string {
  return texts.filter((text) => text !== "").join("\n\n");
}

function operationSections({ operationFiles, operation }: Names, packageName: string): readonly string[] {
  const sections = (operations: readonly OperationModel[], heading: string): readonly string[] =>
    operations.map((one) => operationSection(one, operation(one), heading));
  if (operationFiles.length === 1) return operationFiles.flatMap(({ own }) => sections(own, "###"));
  return operationFiles.flatMap(({ tag, subpath, own, others }) => [
    `### ${markdown(tag ?? "") || "Others"}`,
    code(`import { … } from "${subpath === undefined ? packageName : `${packageName}/${subpath}`}"`),
    ...sections(own, "####"),
    others.length > 0 ? `Here, too: ${others.map((one) => code(operation(one).functionName)).join(", ")}.` : "",
  ]);
}

function operationSection(operation: OperationModel, own: OperationNames, heading: string): string {
  const { functionName, pagination } = own;
  const rows = inputRows(operation, own);
  return paragraphs([
    `${heading} \`${functionName}(client, ${isInputOptional(operation) ? "input?" : "input"}, options?)\``,
    markdown(operation.summary ?? ""),
    code(`${operation.method.toUpperCase()} ${operation.path}`),
    pagination
      ? `\`${pagination.pages}\` and \`${pagination.items}\` take the same, and give its pages and their items by \`for await\`.`
      : "",
    rows.length > 0 ? ["| input | type | bounds | |", "|---|---|---|---|", ...rows].join("\n") : "",
  ]);
}

function inputRows({ parameters, requestBody }: OperationModel, { inputKey }: OperationNames): readonly string[] {
  const rows = parameters.map((parameter) => {
    const type = `${parameter.schema.type ?? "any"}${parameter.required ? ", required" : ""}`;
    const bounds = cell(describeBounds(parameter.schema) ?? "");
    return `| \`${inputKey(parameter)}\` | ${type} | ${bounds} | ${cell(markdown(parameter.description ?? ""))} |`;
  });
  if (!requestBody) return rows;
  const types = requestBody.content.map(({ mediaType }) => code(mediaType));
  const list = cell(markdown(types.join(", ")));
  const description = cell(markdown(requestBody.description ?? ""));
  return [
    ...rows,
    ...(needsContentType(requestBody)
      ? [`| \`contentType\` | string | one of ${list} | ${cell(markdown(contentTypeNote(requestBody)))} |`]
      : []),
    `| \`body\` | ${list}${requestBody.required ? ", required" : ""} | | ${description} |`,
  ];
}

function contentTypeNote({ content: [first] }: RequestBodyModel): string {
  const preset = first && !isRange(first.mediaType) ? `; ${code(first.mediaType)} where none is given` : "";
  return `Media type of the body${preset}.`;
}

function usage(model: ApiModel, names: Names): string {
  return `## What to know

- A call is a promise of its data. \`.result()\` gives a union told apart by \`ok\` and \`status\` instead of throwing; \`.withResponse()\` adds the \`Response\`.
${credentials(model)}${servers(model, names)}- Errors: \`ValidationError\` (nothing was sent; \`violations\` lists every broken rule), \`HttpError\` (\`status\`, \`code\`, \`body\`, \`requestId\`), \`NetworkError\`, \`TimeoutError\`, \`DecodeError\`. Each has a guard: \`isHttpError(error)\`.
- \`validate: false\`, for a client or a call, sends what you say: the service may be newer than its contract.
${bodies(model)}- Time limit 30 s, also between bytes of a file; two retries of idempotent calls, and of those with \`Idempotency-Key\`: \`timeout\`, \`idleTimeout\` and \`retry\` change them. A timer keeps no process alive.
- \`hooks: observe({ onRequest, onResponse, onRetry, onError })\` tells what happens, without credentials, and can change none of it.
- \`client.raw\` is the typed openapi-fetch client, with the same credentials, retries, time limits and redirects.
- The document itself is \`openapi.json\` of this package.

Generated by specproof from the API's own document. License: MIT.`;
}

function credentials({ securitySchemes }: ApiModel): string {
  const [first, ...more] = securitySchemes;
  if (!first) return "";
  const key = ({ name }: SecuritySchemeModel) => code(memberName(name));
  const subject =
    more.length === 0 && first.kind !== "basic"
      ? `${key(first)} in \`auth\` is a string`
      : "What is in `auth` is a string (for `Basic`, `{ username, password }`)";
  const ways = securitySchemes.map((scheme) => `  - ${key(scheme)} is sent ${wayOf(scheme)}.\n`);
  return (
    `- ${subject}, or a (possibly async) function that gives one or \`{ value, expiresAt }\`. It is asked again after a 401, once.` +
    `${more.length > 0 ? " Where an operation takes one of several, the first that is there is sent." : ""}\n${ways.join("")}`
  );
}

/** What to know of answers, where some have more than one form. */
function bodies({ operations }: ApiModel): string {
  const successes = operations.flatMap(({ responses }) => responses.filter(({ outcome }) => outcome !== "failure"));
  const contents = successes.map(({ content }) => content.filter(({ envelope }) => !envelope));
  const isStream = contents.flat().some(({ kind }) => /-(events|lines|sequence)$/.test(kind));
  return [
    ...(contents.some(({ length }) => length > 1)
      ? [
          "- Where an answer has several media types, `headers: { Accept }` asks for one, and `mediaType` of a result tells which came.\n",
        ]
      : []),
    ...(isStream
      ? [
          "- A stream gives its items by `for await`, once; leaving the loop closes the connection, `signal` ends it at any time.\n",
        ]
      : []),
    ...(operations.some(({ pagination }) => pagination)
      ? [
          "- Pages are asked for one by one, each when it is taken. A page that leads to one that was there before, or that the contract lets nobody ask for, is a `DecodeError`. Of a link to the next page only the query is taken: no request leaves the operation's own path.\n",
        ]
      : []),
  ].join("");
}

function servers(model: ApiModel, names: Names): string {
  const makers = model.servers.map((server) => {
    const call = `${names.server(server).functionName}(${server.isRelative ? "origin" : ""})`;
    return `${code(call)} (${code(server.template)})`;
  });
  const exceptions = model.operations.flatMap((operation) => {
    const [server] = operation.servers;
    return server?.url ? [`${code(names.operation(operation).functionName)} goes to ${code(server.url)}`] : [];
  });
  return (
    `- \`baseUrl\` is any http(s) address${makers.length > 0 ? `; the document's: ${makers.join(", ")}` : ""}.` +
    `${exceptions.length > 0 ? ` ${exceptions.join(", ")}, unless the option \`baseUrl\` of the call says otherwise.` : ""}\n`
  );
}
