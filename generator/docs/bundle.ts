/** Redoc's browser bundle, as `@redocly/cli` carries it for its own `build-docs`. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** A text of the bundle that cannot stay, and why. */
interface Edit {
  readonly find: string;
  readonly put: string;
  readonly why: string;
}

const logo = (text: string, width: number): string =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="12"><text y="10" font-family="sans-serif" font-size="11" fill="#0044d4">${text}</text></svg>`,
  )}`;

const edits: readonly Edit[] = [
  {
    find: "export{RedocStandalone,hydrate,init};",
    put: "",
    why: "a module cannot be loaded from file://, a classic script can",
  },
  { find: "import.meta", put: "({})", why: "is for modules only; stands in branches that a page never takes" },
  { find: "https://cdn.redoc.ly/redoc/logo-mini-full.svg", put: logo("Redocly", 42), why: "asks another host" },
  { find: "https://cdn.redoc.ly/redoc/logo-mini.svg", put: logo("R", 9), why: "asks another host" },
];

/** The bundle as a classic script that declares `init`, and the licences of what is in it. */
export interface RedocBundle {
  readonly script: string;
  readonly notices: string;
}

/** Reads the bundle from the installed `@redocly/cli`, whose version package.json pins exactly. */
export async function readBundle(): Promise<RedocBundle> {
  const cli = dirname(createRequire(import.meta.url).resolve("@redocly/cli/package.json"));
  const [script, license, notices] = await Promise.all(
    ["lib/chunks/redoc.standalone.js", "LICENSE", "THIRD_PARTY_NOTICES"].map((file) =>
      readFile(join(cli, file), "utf8"),
    ),
  );
  return { script: classicScript(script ?? ""), notices: `${license}\n${notices}` };
}

/** Strict, as a module is; without what ties it to modules and to other hosts. */
export function classicScript(module: string): string {
  const edited = edits.reduce((text, { find, put, why }) => {
    if (!text.includes(find))
      throw new Error(`Redoc's bundle no longer has "${find}", which must be replaced: ${why}.`);
    return text.replaceAll(find, () => put);
  }, module);
  return `"use strict";\n${edited}`;
}
