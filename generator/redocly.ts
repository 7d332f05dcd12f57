/**
 * What of Redocly's core reads files. Every run needs it; the whole, with its rules, takes ten times as long to load, and is
 * imported where it is used. Its parts have no names for others: the exact version is ours, and a test compares them.
 */
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type * as core from "@redocly/openapi-core";

/** A text, by where it comes from. */
export type Source = core.Source;

const whole = pathToFileURL(createRequire(import.meta.url).resolve("@redocly/openapi-core"));
const part = (path: string): Promise<typeof core> => import(new URL(path, whole).href);

/** Reads files, each once. */
export const { BaseResolver, Source, ResolveError } = await part("resolve.js");
/** What it throws for a text that is no YAML. */
export const { YamlParseError } = await part("errors/yaml-parse-error.js");
/** The data of a text of YAML. */
export const { parseYaml } = await part("js-yaml/index.js");
/** Whether a reference is an address. */
export const { isAbsoluteUrl } = await part("ref-utils.js");
/** Line and column of a location. */
export const { getLineColLocation } = await part("format/codeframes.js");
