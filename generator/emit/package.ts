/** Emits what makes the sources a package: manifest, compiler settings, licence, the document itself. */
import { programName } from "../command-names.js";
import { DOCUMENT } from "../manifest.js";
import type { ApiModel } from "../model.js";
import type { Names } from "../names.js";
import type { JsonObject } from "../openapi.js";
import type { EmittedFile } from "./module.js";

/** What the package is to be called, and what it is built with. */
export interface PackageInfo {
  readonly name: string;
  readonly version: string;
  /** Exact versions. */
  readonly openapiFetch: string;
  readonly typescript: string;
  readonly nodeTypes: string;
}

/** `package.json`, `tsconfig.json`, `LICENSE` and `openapi.json`. */
export function emitPackage(
  model: ApiModel,
  names: Names,
  document: JsonObject,
  info: PackageInfo,
): readonly EmittedFile[] {
  return [
    { path: "package.json", text: json(manifest(model, names, info)) },
    { path: "tsconfig.json", text: json(compilerSettings) },
    { path: "LICENSE", text: licence(info) },
    { path: DOCUMENT, text: json(document) },
  ];
}

function manifest(model: ApiModel, names: Names, info: PackageInfo): object {
  const entry = (name: string) => ({ types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` });
  const tags = names.operationFiles.flatMap(({ file, subpath }) =>
    subpath === undefined ? [] : [[`./${subpath}`, entry(file)] as const],
  );
  return {
    name: info.name,
    version: info.version,
    description: (model.summary ?? `A typed, validated client of ${model.title}.`).replace(/\s+/g, " ").trim(),
    license: "MIT",
    type: "module",
    sideEffects: false,
    engines: { node: ">=20" },
    bin: { [programName(info.name)]: "dist/cli.js" },
    imports: platform,
    exports: {
      ".": entry("index"),
      "./node": entry("node"),
      ...Object.fromEntries(tags),
      "./openapi.json": "./openapi.json",
      "./package.json": "./package.json",
    },
    files: ["dist", "src", "openapi.json"],
    scripts: { build: "tsc -p tsconfig.json", prepack: "npm run build" },
    dependencies: { "openapi-fetch": info.openapiFetch },
    devDependencies: { "@types/node": info.nodeTypes, typescript: info.typescript },
  };
}

/** Workers ask for what pages have, and are not given it. */
const notPages = ["workerd", "edge-light", "worker"];

/** Modules that are simpler in a page: it makes few calls, is not told where a redirect goes, and has no listeners counted. */
const platform = Object.fromEntries(
  ["dispatch", "follow", "platform"].map((name) => [
    `#${name}`,
    {
      // Wherever it is compiled to.
      types: `./src/runtime/${name}.ts`,
      ...Object.fromEntries(notPages.map((condition) => [condition, `./dist/runtime/${name}.js`])),
      browser: `./dist/runtime/${name}-browser.js`,
      default: `./dist/runtime/${name}.js`,
    },
  ]),
);

const compilerSettings = {
  compilerOptions: {
    target: "ES2022",
    module: "nodenext",
    lib: ["ES2022", "ES2024.String", "DOM", "DOM.Iterable", "ESNext.Disposable"],
    types: ["node"],
    rootDir: "src",
    outDir: "dist",
    declaration: true,
    declarationMap: true,
    sourceMap: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noImplicitOverride: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    verbatimModuleSyntax: true,
    isolatedModules: true,
    erasableSyntaxOnly: true,
    skipLibCheck: false,
  },
  include: ["src"],
};

function licence(info: PackageInfo): string {
  return `MIT License

Copyright (c) the authors of ${info.name}
Copyright (c) the authors of specproof (src/runtime)

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE,
ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`;
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
