/** Emits the schemas that are modules of their own. */
import type { ApiModel, SchemaModuleModel } from "../model.js";
import type { Names } from "../names.js";
import { code, docs } from "./comment.js";
import { constant, frozen } from "./constant.js";
import { literal } from "./literal.js";
import { type EmittedFile, moduleImports } from "./module.js";
import { ownSchema } from "./schema.js";

/** `src/schemas/requests/<name>.ts` and `src/schemas/responses/<name>.ts`. */
export function* emitSchemaModules({ schemas }: ApiModel, names: Names): Generator<EmittedFile, void, undefined> {
  for (const module of schemas) yield* emitSchemaModule(module, names);
}

function emitSchemaModule({ schema, wanted, direction }: SchemaModuleModel, names: Names): readonly EmittedFile[] {
  const own = names.schema(schema, direction);
  if (!own) return [];
  const imports = moduleImports(own.file);
  const type = imports.type("Schema", "runtime/schema-descriptor");
  const statement = constant({
    name: own.constant,
    type,
    value: frozen(literal(ownSchema(schema, { names, imports, direction })), type),
    docs: docs(`What ${code(wanted)} is checked with.`),
    isExported: true,
  });
  const asDefault = `export { ${own.constant} as default };`;
  return [{ path: `src/${own.file}.ts`, statements: [...imports.structures(), statement, asDefault] }];
}
