/** A constant of a module. As a statement of text: ts-morph's structure would indent a value of several lines twice. */
import { docComment } from "../doc-comment.js";

/** `value` and `type` are TypeScript; `docs` are as in a structure. */
export interface Constant {
  readonly name: string;
  readonly type?: string;
  readonly value: string;
  readonly docs?: readonly string[];
  readonly isExported: boolean;
}

/** The statement; it starts with an empty line. */
export function constant({ name, type, value, docs = [], isExported }: Constant): string {
  const comments = docs.map(docComment);
  const annotation = type === undefined ? "" : `: ${type}`;
  return `\n${comments.join("")}${isExported ? "export " : ""}const ${name}${annotation} = ${value};`;
}

/** A value that cannot be changed, and that a bundler may drop; `type` is what the literal is checked against. */
export function frozen(value: string, type?: string): string {
  return `/*@__PURE__*/ Object.freeze${type === undefined ? "" : `<${type}>`}(${value})`;
}
