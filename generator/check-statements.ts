/**
 * Stage: the printed modules, read again: nothing but the statements that emitters are known to make. Types run nothing;
 * what is left is data, and functions that hand their arguments on. A text of the document that became code shows here,
 * and nothing is written. The grammar is that of the emitters alone, so that it needs the tokens and no syntax tree.
 */
import { posix } from "node:path";
import { type DataScope, readData } from "./check-statements/data.js";
import { findingOf, type Import, UNKNOWN } from "./check-statements/finding.js";
import { list, type Tokens, tokensOf, Unexpected } from "./check-statements/tokens.js";
import { readAnnotation, readMembers, readParameters, readType, readTypeParameters } from "./check-statements/types.js";
import type { Diagnostic } from "./diagnostics.js";
import type { OutputFile } from "./print.js";

/** What is found in some modules. */
export interface Checked {
  /** One for each module that is not as it should be. */
  readonly diagnostics: readonly Diagnostic[];
  /** What they import: that it is there is known when all of the package is. */
  readonly imports: readonly Import[];
}

/** Checks modules, by their paths below the package's folder. */
export function checkStatements(files: readonly OutputFile[]): Checked {
  const imports = new Map<string, Import>();
  const diagnostics = files.flatMap((file) => findProblem(file, imports) ?? []);
  return { diagnostics, imports: [...imports.values()] };
}

function findProblem(file: OutputFile, imports: Map<string, Import>): Diagnostic | undefined {
  try {
    readModule(file, (path, position) => {
      if (!imports.has(path)) imports.set(path, { path, by: file.path, position });
    });
    return undefined;
  } catch (error) {
    if (!(error instanceof Unexpected)) throw error;
    return findingOf(file, error.position, error.what);
  }
}

/** Calls that may run on import: they make data of data. Not `call`, which sends. */
const calledByConstants: ReadonlySet<string> = new Set([
  "checkedHeaders",
  "checkedJson",
  "checkedJsonRange",
  "checkedJsonEvents",
  "checkedJsonLines",
  "checkedJsonSequence",
  "checkedText",
  "checkedTextRange",
  "checkedTextEvents",
  "table",
]);

/** Calls that a generated function is made of. */
const calledByFunctions: ReadonlySet<string> = new Set([
  "call",
  "createRuntimeClient",
  "itemsOf",
  "pagesOf",
  "fillServer",
  "withContent",
  "withoutQueries",
]);

/** What the program of a package runs: it is the one module that does something when it is loaded. */
const runByProgram: ReadonlySet<string> = new Set(["runCli"]);

/** Names that are known as the runtime's, or the platform's: no other thing may have one. */
const known: ReadonlySet<string> = new Set([...calledByConstants, ...calledByFunctions, ...runByProgram, "Object"]);

/** A module as it is read. */
interface Module {
  readonly path: string;
  readonly tokens: Tokens;
  /** The values that it imports and declares. */
  readonly names: Set<string>;
  readonly scope: DataScope;
}

function readModule({ path, text }: OutputFile, imported: (path: string, position: number) => void): void {
  const tokens = tokensOf(text);
  const names = new Set<string>();
  // A name may be declared behind where it is mentioned.
  const mentions: (readonly [name: string, position: number])[] = [];
  const load = (specifier: string, position: number): string => {
    if (!/^\.\.?\/(?:[\w.-]+\/)*[\w.-]+\.js$/.test(specifier)) tokens.fail(UNKNOWN, position);
    const found = posix.join(posix.dirname(path), specifier).replace(/\.js$/, ".ts");
    imported(found, position);
    return found;
  };
  const mention = (name: string, position: number): void => void mentions.push([name, position]);
  const scope: DataScope = { calls: calledByConstants, mention, load };
  const module: Module = { path, tokens, names, scope };
  while (tokens.text() !== "") readStatement(module);
  const unknown = mentions.find(([name]) => !names.has(name));
  if (unknown) tokens.fail(UNKNOWN, unknown[1]);
}

/** Declares a value, or a parameter. */
function readOwnName(tokens: Tokens): string {
  if (known.has(tokens.text())) tokens.fail();
  return tokens.name();
}

function readStatement(module: Module): void {
  const { tokens, path } = module;
  if (tokens.skip("import")) readImport(module);
  else if (tokens.skip("export")) readExport(module);
  else if (!readDeclaration(module)) {
    if (path !== "src/cli.ts" || tokens.text() !== "runCli") tokens.fail();
    readData(tokens, { ...module.scope, calls: runByProgram });
    tokens.expect(";");
  }
}

/** A constant, a function or a type; false where there is none of them. */
function readDeclaration(module: Module): boolean {
  const { tokens } = module;
  const read = declarations.get(tokens.text());
  if (!read) return false;
  tokens.next();
  read(module);
  return true;
}

/** `import type { A } from "./a.js";`: by its own name, as what is known is known by its name. A type is no value. */
function readImport({ tokens, names, scope }: Module): void {
  const position = tokens.position();
  const isTypeOnly = tokens.skip("type");
  const values: string[] = [];
  tokens.expect("{");
  list(tokens, "}", () => {
    const { name, isType } = readSpecifier(tokens);
    if (!isTypeOnly && !isType) values.push(name);
  });
  const isRuntime = readFrom(tokens, scope).startsWith("src/runtime/");
  for (const name of values) {
    if (known.has(name) && !isRuntime) tokens.fail(UNKNOWN, position);
    names.add(name);
  }
}

/** Behind `export`: names that are handed on, or what is declared. */
function readExport(module: Module): void {
  const { tokens, scope } = module;
  if (tokens.text() === "type") {
    tokens.next();
    // `export type { A }`
    if (tokens.text() !== "{") {
      readAlias(module);
      return;
    }
  }
  if (!tokens.skip("{")) {
    if (!readDeclaration(module)) tokens.fail();
    return;
  }
  const own: (readonly [name: string, position: number])[] = [];
  list(tokens, "}", () => {
    const position = tokens.position();
    own.push([readSpecifier(tokens).name, position]);
    if (tokens.skip("as")) tokens.word();
  });
  if (tokens.text() === "from") {
    readFrom(tokens, scope);
    return;
  }
  for (const [name, position] of own) scope.mention(name, position);
  tokens.expect(";");
}

/** `type A`, `A`, and what is called `type`. */
function readSpecifier(tokens: Tokens): { readonly name: string; readonly isType: boolean } {
  const name = tokens.name();
  const isType = name === "type" && tokens.text() !== "," && tokens.text() !== "}";
  return { name: isType ? tokens.name() : name, isType };
}

/** The path of the module. */
function readFrom(tokens: Tokens, { load }: DataScope): string {
  tokens.expect("from");
  const path = load(tokens.value(), tokens.position());
  tokens.string();
  tokens.expect(";");
  return path;
}

/** `const a: A = data;` */
function readConstant({ tokens, names, scope }: Module): void {
  names.add(readOwnName(tokens));
  if (tokens.text() === ":") readAnnotation(tokens);
  tokens.expect("=");
  readData(tokens, scope);
  tokens.expect(";");
}

/** One function of the module's scope, called with data and the parameters: `return call(client, operation, input);` */
function readFunction({ tokens, scope }: Module): void {
  readOwnName(tokens);
  readTypeParameters(tokens);
  tokens.expect("(");
  const parameters = new Set(readParameters(tokens));
  if ([...parameters].some((name) => known.has(name))) tokens.fail();
  readAnnotation(tokens);
  tokens.expect("{");
  tokens.expect("return");
  if (!tokens.isOnSameLine()) tokens.fail();
  const mention = (name: string, position: number): void => {
    if (!parameters.has(name)) scope.mention(name, position);
  };
  readData(tokens, { ...scope, calls: calledByFunctions, mention });
  tokens.expect(";");
  tokens.expect("}");
}

function readInterface({ tokens }: Module): void {
  readDeclaredName(tokens);
  readTypeParameters(tokens);
  tokens.expect("{");
  readMembers(tokens);
}

function readAlias({ tokens }: Module): void {
  readDeclaredName(tokens);
  readTypeParameters(tokens);
  tokens.expect("=");
  readType(tokens);
  tokens.expect(";");
}

/** On another line, `type` and `interface` are names themselves. */
function readDeclaredName(tokens: Tokens): void {
  if (!tokens.isOnSameLine()) tokens.fail();
  tokens.name();
}

const declarations: ReadonlyMap<string, (module: Module) => void> = new Map([
  ["const", readConstant],
  ["function", readFunction],
  ["interface", readInterface],
  ["type", readAlias],
]);
