/** Emits what walks the pages of an operation: how they follow each other, as data, and two functions. */
import type { OperationModel, PaginationModel, SchemaModel } from "../model.js";
import type { Names, OperationNames } from "../names.js";
import { code, docs } from "./comment.js";
import { constant, frozen } from "./constant.js";
import { operationFunction } from "./function.js";
import { identifier, type Literal, literal, stringLiteral } from "./literal.js";
import type { ModuleImports, Statement } from "./module.js";

const module = "runtime/pagination";
const styles = { cursor: "byCursor", offset: "byOffset", link: "byLink" } as const;

/** Nothing for an operation without pages. */
export function emitPagination(operation: OperationModel, names: Names, imports: ModuleImports): readonly Statement[] {
  const { pagination } = operation;
  const own = names.operation(operation);
  if (!pagination || !own.pagination) return [];
  const { constant: name, pages, items } = own.pagination;
  const type = imports.type("Pagination", module);
  const page = `${own.result}["data"]`;
  const path = `[${pagination.items.map(stringLiteral).join(", ")}]`;
  const walk = (walker: string, what: string, fn: string, item: string): Statement =>
    operationFunction(operation, own, imports, {
      name: fn,
      docs: docs(`The ${what} of ${code(own.functionName)}.`, about(what, operation)),
      returnType: `AsyncGenerator<${item}, void, undefined>`,
      callee: imports.value(walker, module),
      data: [name],
    });
  return [
    constant({
      name,
      type,
      value: frozen(literal(paginationLiteral(pagination, own, imports)), type),
      docs: docs(`How the pages of ${code(own.functionName)} follow each other.`),
      isExported: false,
    }),
    walk("pagesOf", "pages", pages, page),
    walk("itemsOf", "items of all pages", items, `${imports.type("ItemOf", "runtime/types")}<${page}, ${path}>`),
  ];
}

function paginationLiteral(pagination: PaginationModel, own: OperationNames, imports: ModuleImports): Literal {
  return {
    style: identifier(imports.value(styles[pagination.style], module)),
    key: pagination.style === "link" ? undefined : own.inputKey(pagination.parameter),
    items: pagination.items,
    next: pagination.style === "offset" ? undefined : pagination.next,
    total: pagination.style === "offset" ? pagination.total : undefined,
    first: pagination.style === "offset" ? firstOffset(pagination.parameter.schema) : undefined,
    isText: (pagination.style === "cursor" && pagination.parameter.schema.type === "string") || undefined,
  };
}

/** Where counting begins, if not at 0: some services begin at 1 (RFC 7644, 3.4.2.4). */
function firstOffset({ default: given, minimum = 0 }: SchemaModel): number | undefined {
  return (typeof given === "number" ? given : minimum) || undefined;
}

function about(what: string, { deprecated }: OperationModel): string {
  return [
    `A page is asked for when the ${what} before it have been taken; leaving the loop asks for no more.`,
    "",
    "@param client From `createClient`.",
    "@param input Parameters of the first page; for a cursor or an offset, where to begin.",
    "@param options For each call.",
    "@throws What the operation throws, and DecodeError for a page that leads to one that was there before.",
    ...(deprecated ? ["@deprecated"] : []),
  ].join("\n");
}
