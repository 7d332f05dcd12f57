/** The bindings as they grow: declarations whose members come part by part. */
import type ts from "typescript";
import { LEVELS, outlineOf, REFERRED_TO } from "./outline.js";
import type { BindingsPrinter } from "./print.js";

/** What openapi-typescript makes of a document. */
export interface Bindings {
  /** For reading: the outline of the `operations` interface, and of what it refers to whole. */
  readonly operations: string;
  /** The whole module: `paths`, `components`, `operations`, … */
  readonly text: string;
}

/** Takes the nodes of one part after the other. */
export interface Assembly {
  readonly add: (nodes: readonly ts.Node[]) => void;
  /** `frame` are the nodes of a document without parts: they say what is declared, also where it has no members. */
  readonly finish: (frame: readonly ts.Node[]) => Bindings;
}

/** What openapi-typescript declares of each document, and of each part. */
export const DECLARED: ReadonlySet<string> = new Set(["paths", "webhooks", "components", "$defs", "operations"]);

/** Prints at once, so that no node is kept; `compiler` is the nodes' own. */
export function assemble(compiler: typeof ts, printer: BindingsPrinter): Assembly {
  /** Of declarations, by name; of the groups of `components`; and the same for reading. */
  const [members, groups, outlines] = [textsByName(), textsByName(), textsByName()];
  /** Statements beside them: parts may have one in common. */
  const [before, behind] = [new Set<string>(), new Set<string>()];

  const addGroup = (member: ts.TypeElement): void => {
    if (!compiler.isPropertySignature(member) || !member.type || !compiler.isTypeLiteralNode(member.type)) return;
    const name = nameOf(member);
    groups.add(name, printer.members(member.type.members, 2));
    if (!REFERRED_TO.has(name)) return;
    outlines.add(name, outlineOf(compiler, printer, member.type.members, LEVELS.components));
  };
  const addMembers = (node: ts.InterfaceDeclaration): void => {
    const name = nameOf(node);
    members.add(name, printer.members(node.members, 1));
    if (name === "operations") outlines.add(name, outlineOf(compiler, printer, node.members, LEVELS.operations));
  };
  const printComponents = ({ members }: ts.InterfaceDeclaration): string => {
    const all = members.map((member) => {
      const text = groups.get(nameOf(member));
      return text ? `    ${nameOf(member)}: {\n${text}    };\n` : printer.members([member], 1);
    });
    return declaration("components", all.join(""));
  };
  const printDeclared = (node: ts.Node): string => {
    const name = nameOf(node);
    if (name === "components" && compiler.isInterfaceDeclaration(node)) return printComponents(node);
    const text = members.get(name);
    return text ? declaration(name, text) : printer.statement(node);
  };

  return {
    add: (nodes) => {
      let isBehind = false;
      for (const node of nodes) {
        const isDeclared = DECLARED.has(nameOf(node));
        isBehind ||= isDeclared;
        if (!isDeclared) (isBehind ? behind : before).add(printer.statement(node));
        else if (!compiler.isInterfaceDeclaration(node)) continue;
        else if (nameOf(node) === "components") node.members.forEach(addGroup);
        else addMembers(node);
      }
    },
    finish: (frame) => ({
      operations: [
        declaration("operations", outlines.get("operations")),
        declaration("components", [...REFERRED_TO].map((name) => `${name}: {\n${outlines.get(name)}};\n`).join("")),
      ].join(""),
      text: [...before, ...frame.map(printDeclared), ...behind].join(""),
    }),
  };
}

const declaration = (name: string, members: string): string => `export interface ${name} {\n${members}}\n`;

/** Texts that belong to a name, one behind the other; empty where there is none. */
function textsByName() {
  const texts = new Map<string, string[]>();
  return {
    get: (name: string): string => texts.get(name)?.join("") ?? "",
    add: (name: string, text: string): void => {
      const all = texts.get(name);
      if (all) all.push(text);
      else texts.set(name, [text]);
    },
  };
}

/** The name of a declaration or a member; empty where it has none that is a text. */
export function nameOf(node: object): string {
  const name = "name" in node ? node.name : undefined;
  return typeof name === "object" && name !== null && "text" in name ? String(name.text) : "";
}
