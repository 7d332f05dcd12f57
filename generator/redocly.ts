/**
 * What of Redocly's core reads files. Every run needs it; the whole, with its rules, takes ten times as long to load, and is
 * imported where it is used. Its parts have no name of their own: the exact version is ours.
 */
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type * as core from "@redocly/openapi-core";

const whole = pathToFileURL(createRequire(import.meta.url).resolve("@redocly/openapi-core"));
const part = (path: string): Promise<typeof core> => import(new URL(path, whole).href);

const [reading, names, places, yaml] = await Promise.all(
  ["resolve.js", "ref-utils.js", "format/codeframes.js", "js-yaml/index.js"].map(part) as [
    Promise<typeof core>,
    Promise<typeof core>,
    Promise<typeof core>,
    Promise<typeof core>,
  ],
);

/** A text, by where it comes from. */
export type Source = core.Source;

/** Reads files, each once. */
export const { BaseResolver, Source, ResolveError, YamlParseError } = reading;
/** Whether a reference is an address. */
export const { isAbsoluteUrl } = names;
/** Line and column of a location. */
export const { getLineColLocation } = places;
/** The data of a text of YAML. */
export const { parseYaml } = yaml;
