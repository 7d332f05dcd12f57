/**
 * Stage: the printed modules, parsed again: nothing but the statements that emitters are known to make. Types run nothing
 * and are passed over; what is left is data, and functions that hand their arguments on. A text of the document that
 * became code shows here, and nothing is written.
 */
import { createRequire } from "node:module";
import { posix } from "node:path";
import type ts from "typescript";
import type { Diagnostic } from "./diagnostics.js";
import type { OutputFile } from "./print.js";

// As the CommonJS that it is: as an ES module, Node would read it twice.
const require = createRequire(import.meta.url);
const compiler: typeof ts = require("typescript");

/**
 * One diagnostic for each file that is not as it should be; the runtime and the bindings are not for this check. `paths`
 * are all that the package has.
 */
export function checkStatements(files: readonly OutputFile[], paths: ReadonlySet<string>): readonly Diagnostic[] {
  return files.filter(isChecked).flatMap((file) => {
    const problem = findProblem(file, paths);
    if (!problem) return [];
    const message = `${file.path}:${problem.line} would hold ${problem.what}: \`${problem.text}\``;
    return [{ code: "output-unsafe", severity: "error", message } satisfies Diagnostic];
  });
}

function isChecked({ path }: OutputFile): boolean {
  return path.endsWith(".ts") && !path.startsWith("src/runtime/") && path !== "src/bindings.ts";
}

interface Problem {
  readonly what: string;
  readonly line: number;
  readonly text: string;
}

function findProblem({ path, text }: OutputFile, paths: ReadonlySet<string>): Problem | undefined {
  const file = compiler.createSourceFile(path, text, parsing, false, compiler.ScriptKind.TS);
  const problem = (position: number, what: string): Problem => ({
    what,
    line: file.getLineAndCharacterOfPosition(position).line + 1,
    text: text.slice(position, position + 60).replace(/\s+/g, " "),
  });
  const [error] = (file as Parsed).parseDiagnostics;
  if (error) return problem(error.start, "a syntax error");
  if (hasDirectives(file as Parsed)) return problem(0, "a directive to the compiler");

  const names = boundNames(file);
  for (const statement of file.statements) {
    const bad = findBad(statement, { file, names, calls: calledByConstants, paths });
    if (bad) return problem(bad.getStart(file), "an unknown statement or expression");
  }
  return undefined;
}

const parsing: ts.CreateSourceFileOptions = {
  languageVersion: compiler.ScriptTarget.ES2022,
  jsDocParsingMode: compiler.JSDocParsingMode.ParseNone,
};

/** What the parser keeps beside its public interface. */
interface Parsed extends ts.SourceFile {
  readonly parseDiagnostics: readonly ts.DiagnosticWithLocation[];
  readonly commentDirectives?: readonly unknown[];
  readonly checkJsDirective?: unknown;
}

/** A reference to another file, an order to ignore errors: comments that a compiler obeys. */
function hasDirectives(file: Parsed): boolean {
  const { referencedFiles, typeReferenceDirectives, libReferenceDirectives, amdDependencies, commentDirectives } = file;
  const lists = [referencedFiles, typeReferenceDirectives, libReferenceDirectives, amdDependencies, commentDirectives];
  return lists.some((list) => list !== undefined && list.length > 0) || file.checkJsDirective !== undefined;
}

/** Calls that may run on import: they make data of data. Not `call`, which sends. */
const calledByConstants: ReadonlySet<string> = new Set([
  "checkedJson",
  "checkedJsonRange",
  "checkedJsonEvents",
  "checkedJsonLines",
  "checkedJsonSequence",
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

interface Scope {
  readonly file: ts.SourceFile;
  /** What the module imports and declares. */
  readonly names: ReadonlySet<string>;
  readonly calls: ReadonlySet<string>;
  /** Every file of the output. */
  readonly paths: ReadonlySet<string>;
}

function boundNames(file: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of file.statements) {
    if (compiler.isImportDeclaration(statement)) {
      const named = statement.importClause?.namedBindings;
      if (named && compiler.isNamedImports(named)) for (const { name } of named.elements) names.add(name.text);
    } else if (compiler.isVariableStatement(statement)) {
      for (const { name } of statement.declarationList.declarations)
        if (compiler.isIdentifier(name)) names.add(name.text);
    }
  }
  return names;
}

/** The first node of a statement that is not on the list. */
function findBad(statement: ts.Statement, scope: Scope): ts.Node | undefined {
  if (compiler.isInterfaceDeclaration(statement) || compiler.isTypeAliasDeclaration(statement)) return undefined;
  if (compiler.isImportDeclaration(statement)) return isOwnImport(statement, scope) ? undefined : statement;
  if (compiler.isExportDeclaration(statement)) return isOwnExport(statement, scope) ? undefined : statement;
  if (compiler.isVariableStatement(statement)) return findBadConstant(statement, scope);
  if (compiler.isFunctionDeclaration(statement)) return findBadFunction(statement, scope);
  if (compiler.isExpressionStatement(statement) && scope.file.fileName === "src/cli.ts") {
    return findBadRun(statement.expression, scope);
  }
  return statement;
}

/** `runCli(program);` */
function findBadRun(node: ts.Expression, scope: Scope): ts.Node | undefined {
  return compiler.isCallExpression(node) ? findBadData(node, { ...scope, calls: runByProgram }) : node;
}

function isOwnImport({ importClause, attributes, modifiers, moduleSpecifier }: ts.ImportDeclaration, scope: Scope) {
  // Without a clause it is there for what it does.
  const named = importClause && !importClause.name && importClause.namedBindings;
  if (!named || !compiler.isNamedImports(named) || attributes || modifiers) return false;
  // What is known by its name goes by that name only.
  return named.elements.every(({ propertyName }) => !propertyName) && isOwn(moduleSpecifier, scope);
}

function isOwnExport({ exportClause, attributes, modifiers, moduleSpecifier }: ts.ExportDeclaration, scope: Scope) {
  const isNamed = exportClause !== undefined && compiler.isNamedExports(exportClause);
  return isNamed && !attributes && !modifiers && (!moduleSpecifier || isOwn(moduleSpecifier, scope));
}

/** A module of the same output. */
function isOwn(specifier: ts.Expression, { file, paths }: Scope): boolean {
  if (!compiler.isStringLiteral(specifier) || !/^\.\.?\/.*\.js$/.test(specifier.text)) return false;
  return paths.has(posix.join(posix.dirname(file.fileName), specifier.text).replace(/\.js$/, ".ts"));
}

function findBadConstant({ declarationList, modifiers }: ts.VariableStatement, scope: Scope): ts.Node | undefined {
  if (!(declarationList.flags & compiler.NodeFlags.Const) || !isExportOnly(modifiers)) return declarationList;
  for (const declaration of declarationList.declarations) {
    if (!compiler.isIdentifier(declaration.name) || !declaration.initializer) return declaration;
    const bad = findBadData(declaration.initializer, scope);
    if (bad) return bad;
  }
  return undefined;
}

function isExportOnly(modifiers: readonly ts.ModifierLike[] | undefined): boolean {
  return modifiers?.every(({ kind }) => kind === compiler.SyntaxKind.ExportKeyword) ?? true;
}

/** One function of the module's scope, called with data and the parameters: `return call(client, operation, input);` */
function findBadFunction(node: ts.FunctionDeclaration, scope: Scope): ts.Node | undefined {
  const { name, parameters, body, modifiers, asteriskToken } = node;
  const [statement, ...more] = body?.statements ?? [];
  const isKnown = name && isExportOnly(modifiers) && !asteriskToken && more.length === 0;
  if (!isKnown || !statement || !compiler.isReturnStatement(statement) || !statement.expression) return node;
  const names = new Set(scope.names);
  for (const parameter of parameters) {
    if (!compiler.isIdentifier(parameter.name) || parameter.initializer || parameter.modifiers) return parameter;
    names.add(parameter.name.text);
  }
  return findBadData(statement.expression, { ...scope, names, calls: calledByFunctions });
}

/** The first node of an expression that is more than data and imported values. */
function findBadData(node: ts.Expression, scope: Scope): ts.Node | undefined {
  const first = (parts: readonly ts.Expression[]): ts.Node | undefined => {
    for (const part of parts) {
      const bad = findBadData(part, scope);
      if (bad) return bad;
    }
    return undefined;
  };
  if (constantKinds.has(node.kind)) return undefined;
  if (compiler.isIdentifier(node)) return scope.names.has(node.text) || node.text === "undefined" ? undefined : node;
  if (compiler.isArrayLiteralExpression(node)) return first(node.elements);
  if (compiler.isObjectLiteralExpression(node)) return findBadProperty(node.properties, first);
  if (compiler.isAsExpression(node)) return first([node.expression]);
  if (compiler.isPrefixUnaryExpression(node)) {
    return node.operator === compiler.SyntaxKind.MinusToken && compiler.isNumericLiteral(node.operand)
      ? undefined
      : node;
  }
  if (compiler.isArrowFunction(node)) return isLater(node, scope) ? undefined : node;
  if (compiler.isCallExpression(node)) return isKnownCall(node, scope) ? first(node.arguments) : node;
  return node;
}

const constantKinds: ReadonlySet<ts.SyntaxKind> = new Set([
  compiler.SyntaxKind.StringLiteral,
  compiler.SyntaxKind.NumericLiteral,
  compiler.SyntaxKind.TrueKeyword,
  compiler.SyntaxKind.FalseKeyword,
  compiler.SyntaxKind.NullKeyword,
]);

function findBadProperty(
  properties: readonly ts.ObjectLiteralElementLike[],
  first: (parts: readonly ts.Expression[]) => ts.Node | undefined,
): ts.Node | undefined {
  for (const property of properties) {
    if (!compiler.isPropertyAssignment(property) || !isPlainName(property.name)) return property;
    const bad = first([property.initializer]);
    if (bad) return bad;
  }
  return undefined;
}

/** `__proto__` sets a prototype unless it is computed. */
function isPlainName(name: ts.PropertyName): boolean {
  if (compiler.isComputedPropertyName(name)) return compiler.isStringLiteral(name.expression);
  if (compiler.isNumericLiteral(name)) return true;
  return (compiler.isIdentifier(name) || compiler.isStringLiteral(name)) && name.text !== "__proto__";
}

/** `() => name` and `() => import("./module.js")`: what is there later, or loaded when it is asked for. */
function isLater({ parameters, modifiers, typeParameters, type, body }: ts.ArrowFunction, scope: Scope): boolean {
  if (parameters.length > 0 || modifiers || typeParameters || type) return false;
  if (compiler.isIdentifier(body)) return scope.names.has(body.text);
  if (!compiler.isCallExpression(body) || body.expression.kind !== compiler.SyntaxKind.ImportKeyword) return false;
  const [target, ...more] = body.arguments;
  return target !== undefined && more.length === 0 && isOwn(target, scope);
}

/** `Object.freeze`, or a known function that is imported; what is passed is looked at by the caller. */
function isKnownCall({ expression, questionDotToken }: ts.CallExpression, { names, calls }: Scope): boolean {
  if (questionDotToken) return false;
  if (compiler.isIdentifier(expression)) return names.has(expression.text) && calls.has(expression.text);
  if (!compiler.isPropertyAccessExpression(expression) || !compiler.isIdentifier(expression.expression)) return false;
  return expression.expression.text === "Object" && !names.has("Object") && expression.name.text === "freeze";
}
