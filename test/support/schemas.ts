/** Schemas as a package checks them: read from a document, emitted, bundled with the runtime and imported. */
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { buildModel } from "../../generator/build-model.js";
import { literal } from "../../generator/emit/literal.js";
import { type EmittedFile, moduleImports } from "../../generator/emit/module.js";
import { ownSchema } from "../../generator/emit/schema.js";
import { emitSchemaModules } from "../../generator/emit/schema-module.js";
import type { Direction, Json } from "../../generator/model.js";
import { assignNames } from "../../generator/names.js";
import type { Schema } from "../../generator/runtime/schema-descriptor.js";
import { printFiles } from "./print-files.js";

const runtime = fileURLToPath(new URL("../../generator/runtime", import.meta.url));

export interface SchemaOptions {
  /** Default: 3.1.0. */
  readonly openapi?: string;
  readonly direction?: Direction;
  /** `components/schemas`. */
  readonly components?: { readonly [name: string]: Json };
}

/** One broken rule: `pointer rule`. */
export type Broken = readonly { readonly pointer: string; readonly rule: string; readonly limit: unknown }[];

/** The schemas of one document. */
export interface CheckedSchemas {
  /** What a value breaks of the schema at this place of the list. */
  readonly check: (index: number, value: unknown) => Broken;
  /** What is not honoured: `pointer: message`. */
  readonly notes: readonly string[];
}

/** Emits and imports any number of schemas at once. */
export async function checkedSchemas(
  schemas: readonly Json[],
  { openapi = "3.1.0", direction = "request", components = {} }: SchemaOptions = {},
): Promise<CheckedSchemas> {
  const parameter = (schema: Json) => ({ name: "p", in: "query", content: { "application/json": { schema } } });
  const response = (schema: Json) => ({ description: "", content: { "application/json": { schema } } });
  const operation = (schema: Json, index: number) => [
    `/s${index}`,
    direction === "request"
      ? { get: { parameters: [parameter(schema)], responses: { 204: { description: "" } } } }
      : { get: { responses: { 200: response(schema) } } },
  ];
  const paths = Object.fromEntries(schemas.map(operation));
  const { model, diagnostics } = buildModel({ openapi, paths, components: { schemas: components } }, (pointer) => ({
    pointer,
  }));
  const { names } = assignNames(model);
  const roots = model.operations.map(({ parameters, responses }, index): EmittedFile => {
    const schema = parameters[0]?.schema ?? responses[0]?.content[0]?.schema;
    if (!schema) throw new Error("a schema was lost");
    const imports = moduleImports(`roots/r${index}`);
    const text = literal(ownSchema(schema, { names, imports, direction }));
    return { path: `src/roots/r${index}.ts`, statements: [...imports.structures(), `export const root = ${text};`] };
  });
  const files = new Map(
    printFiles("", [...roots, ...emitSchemaModules(model, names)]).map(({ path, text }) => [path, text]),
  );
  const list = roots.map(({ path }, index) => `import { root as r${index} } from "./${path.replace(/ts$/, "js")}";`);
  const entry = `${list.join("\n")}\nexport const roots = [${list.map((_, index) => `r${index}`).join(", ")}];`;
  const { roots: loaded } = (await import(await bundled(entry, files))) as { readonly roots: readonly Schema[] };
  return {
    check(index, value) {
      const broken: { pointer: string; rule: string; limit: unknown }[] = [];
      const schema = loaded[index];
      if (!schema) throw new Error(`there is no schema ${index}`);
      schema.type(value, schema, "", (pointer, rule, limit) => broken.push({ pointer, rule, limit }));
      return broken;
    },
    notes: diagnostics.map(({ pointer, message }) => `${pointer}: ${message}`),
  };
}

/** The address of one module made of an entry and of files that are nowhere on disk. */
async function bundled(entry: string, files: ReadonlyMap<string, string>): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: entry, loader: "ts", resolveDir: "/" },
    bundle: true,
    format: "esm",
    write: false,
    logLevel: "silent",
    plugins: [
      {
        name: "emitted",
        setup(plugin) {
          plugin.onResolve({ filter: /runtime\// }, ({ path }) => ({
            path: `${runtime}/${path.split("runtime/")[1]?.replace(/js$/, "ts")}`,
          }));
          plugin.onResolve({ filter: /^\.\.?\/.*\.js$/ }, ({ path, importer, namespace }) => {
            if (namespace === "file" && importer.startsWith(runtime)) return undefined;
            const base = importer === "<stdin>" ? "" : importer;
            return {
              path: new URL(path.replace(/js$/, "ts"), `file:///${base}`).pathname.slice(1),
              namespace: "emitted",
            };
          });
          plugin.onLoad({ filter: /.*/, namespace: "emitted" }, ({ path }) => ({
            contents: files.get(path) ?? "",
            loader: "ts",
          }));
        },
      },
    ],
  });
  return `data:text/javascript,${encodeURIComponent(outputFiles[0]?.text ?? "")}`;
}
