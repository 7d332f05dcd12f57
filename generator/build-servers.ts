/** Servers and their variables (OpenAPI 3.1, 4.8.5 and 4.8.6). */
import type { Context } from "./build-context.js";
import type { Json, ServerModel, ServerVariableModel, VariablePosition } from "./model.js";
import {
  child,
  get,
  getArray,
  getObject,
  getString,
  isObject,
  type JsonObject,
  type Node,
  type OperationNode,
} from "./openapi.js";

/** The servers of the document, the path item or the operation, as far as a client can call them; the others are told. */
export function buildServers(context: Context, owner: Node): readonly ServerModel[] {
  return getArray(owner.value, "servers").flatMap((server, index) =>
    buildServer(context, server, child(child(owner.pointer, "servers"), index)),
  );
}

/** An operation's own servers: they override its path item's, and those the document's (OpenAPI 3.1, 4.8.10). */
export function buildOwnServers(context: Context, operation: OperationNode): readonly ServerModel[] {
  const owner = [operation, operation.pathItem].find(({ value }) => getArray(value, "servers").length > 0);
  return owner ? buildServers(context, owner) : [];
}

const VARIABLE = /\{([^{}]*)\}/g;

function buildServer(context: Context, server: Json, pointer: string): readonly ServerModel[] {
  const written = getString(server, "url")?.trim();
  if (!isObject(server) || written === undefined) {
    context.unsupported(pointer, "a server without `url` is left out");
    return [];
  }
  const template = absolute(written);
  const variables = buildVariables(context, server, template, pointer);
  const defaults = new Map(variables.map((variable) => [variable.name, variable.default]));
  const url = template.replace(VARIABLE, (whole, name: string) => defaults.get(name) ?? whole);
  // A value that nobody knows yet could be anything.
  const problem = problemOf(url.replace(VARIABLE, "x"));
  if (problem) {
    const what = `is left out: ${problem}`;
    context.unsupported(child(pointer, "url"), `server \`${written}\` ${what}`, `a server ${what}`);
    return [];
  }
  const isRelative = !/^[^/?#]*:\/\//.test(url);
  return [
    {
      url: variables.some((variable) => variable.default === undefined) ? undefined : trimmed(url),
      template: trimmed(template),
      description: getString(server, "description"),
      isRelative,
      variables,
    },
  ];
}

/** A host without a scheme is called by https; a path begins with a slash: where the document lies is not known. */
function absolute(url: string): string {
  if (url.startsWith("//")) return `https:${url}`;
  return /^[^/?#]*:/.test(url) || url.startsWith("{") ? url : `/${url.replace(/^(\.?\/)+/, "")}`;
}

/** Without slashes at its end; a path is one at least. */
function trimmed(url: string): string {
  return url.replace(/\/+$/, "") || "/";
}

function problemOf(url: string): string | undefined {
  if (!URL.canParse(url, "http://localhost")) return "it is no URL";
  const { protocol, username, password, search, hash } = new URL(url, "http://localhost");
  if (!/^https?:$/.test(protocol)) return `its scheme is \`${protocol}\``;
  if (username || password) return "it has a user name or a password";
  return search || hash ? "it has a query or a fragment" : undefined;
}

/** Those that the template mentions, each once, in its order. */
function buildVariables(
  context: Context,
  server: JsonObject,
  template: string,
  pointer: string,
): readonly ServerVariableModel[] {
  const defined = getObject(server, "variables");
  const found = new Map<string, ServerVariableModel>();
  let before = "";
  let end = 0;
  for (const { 0: whole, 1: name = "", index } of template.matchAll(VARIABLE)) {
    before += template.slice(end, index);
    end = index + whole.length;
    const node = getObject(defined, name);
    const place = child(child(pointer, "variables"), name);
    const preset = textOf(get(node, "default"));
    if (preset === undefined && !found.has(name)) {
      const what = "of a server has no default";
      context.unsupported(node ? place : child(pointer, "url"), `variable \`${name}\` ${what}`, `a variable ${what}`);
    }
    const position = positionOf(before, template.slice(end), preset);
    if (!found.has(name)) {
      const known = getArray(node, "enum").flatMap((value) => textOf(value) ?? []);
      const values = known.filter((value) => value === preset || canStand(value, position));
      for (const value of known.filter((one) => !values.includes(one))) {
        context.unsupported(
          child(place, "enum"),
          `value \`${value}\` of variable \`${name}\` cannot stand in its place`,
          "a value of a server's variable cannot stand in its place",
        );
      }
      found.set(name, {
        name,
        description: getString(node, "description"),
        default: preset,
        // The default has to be one of them, and people forget it.
        enum: values.length > 0 ? [...new Set([...values, ...(preset === undefined ? [] : [preset])])] : undefined,
        position,
      });
    }
    before += preset ?? "x";
  }
  return [...found.values()];
}

/** A port may be written as a number. */
function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

/** What a variable is a part of; `before` has the defaults in it. */
function positionOf(before: string, after: string, preset: string | undefined): VariablePosition {
  if (before === "") return after.startsWith("://") ? "scheme" : "start";
  if (!/^[^/?#]*:\/\/[^/?#]*$/.test(before)) return "path";
  return preset !== undefined && /^($|\/)/.test(preset) ? "afterHost" : "host";
}

/** As the runtime judges it. */
function canStand(value: string, position: VariablePosition): boolean {
  if (position === "scheme") return /^https?$/i.test(value);
  if (position === "host") return /^[\p{L}\p{N}._~:[\]-]+$/u.test(value);
  return position === "start" || (!/(^|\/)\.\.?(\/|$)/.test(value) && (position === "path" || /^($|\/)/.test(value)));
}
