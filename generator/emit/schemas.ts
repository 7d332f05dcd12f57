/** Emits what the properties of the document's error bodies mean. */
import type { ApiModel } from "../model.js";
import type { Names } from "../names.js";
import { code, docs } from "./comment.js";
import { constant } from "./constant.js";
import { literal } from "./literal.js";
import { type EmittedFile, moduleImports } from "./module.js";

/** `src/schemas.ts`; none where the document says nothing about its errors. */
export function emitSchemas(model: ApiModel, names: Names): readonly EmittedFile[] {
  if (model.errorSchemas.length === 0) return [];
  const imports = moduleImports("schemas");
  const statements = model.errorSchemas.map(({ name, required, code: codeProperty, message, requestId }) =>
    constant({
      name: names.errorSchema(name),
      type: imports.type("ErrorShape", "runtime/descriptor"),
      value: literal({ required, code: codeProperty, message, requestId }),
      docs: docs(`What the properties of ${code(name)} mean.`),
      isExported: true,
    }),
  );
  return [{ path: "src/schemas.ts", statements: [...imports.structures(), ...statements] }];
}
