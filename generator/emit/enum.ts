/** Emits a named enumeration: constants, their type, their labels. Never a TypeScript `enum`. */
import type { EnumModel } from "../model.js";
import type { Names } from "../names.js";
import { StructureKind } from "../structures.js";
import { code, docs, line, prose } from "./comment.js";
import { constant } from "./constant.js";
import { literal, propertyKey } from "./literal.js";
import { type EmittedFile, moduleImports, type Statement } from "./module.js";

/** Whether the document says what its values mean. */
export function hasLabels({ members }: EnumModel): boolean {
  return members.some(({ label }) => label !== undefined);
}

/** `src/enums/<name>.ts`. */
export function emitEnum(model: EnumModel, names: Names): EmittedFile {
  const { constant: name, labels, file, memberName } = names.enum(model.name);
  const imports = moduleImports(file);
  const table = (entries: readonly string[]) =>
    `/*@__PURE__*/ ${imports.value("table", "runtime/table")}({\n${entries.join("")}})`;
  const members = model.members.map(({ value, label }, index) => {
    const comment = label === undefined ? "" : `  /** ${line(label)} */\n`;
    return `${comment}  ${propertyKey(memberName(index))}: ${literal(value)},\n`;
  });
  // 1 and "1" are the same key.
  const labelOf = new Map(model.members.map(({ value, label }) => [String(value), label]));
  const labelEntries = [...labelOf].flatMap(([value, label]) =>
    label === undefined ? [] : [`  ${propertyKey(value)}: ${literal(label)},\n`],
  );
  const isComplete = labelEntries.length === labelOf.size;
  const statements: Statement[] = [
    constant({
      name,
      value: table(members),
      docs: docs(prose(model.description) ?? `The values of ${code(model.name)}.`),
      isExported: true,
    }),
    {
      kind: StructureKind.TypeAlias,
      isExported: true,
      name,
      type: `(typeof ${name})[keyof typeof ${name}]`,
      docs: docs(`One of the values of ${code(name)}.`),
    },
  ];
  if (hasLabels(model)) {
    statements.push(
      constant({
        name: labels,
        type: isComplete ? `Readonly<Record<${name}, string>>` : `Readonly<Partial<Record<${name}, string>>>`,
        value: table(labelEntries),
        docs: docs(`What each value of ${code(name)} means, for people.`),
        isExported: true,
      }),
    );
  }
  return { path: `src/${file}.ts`, statements: [...imports.structures(), ...statements] };
}
