/**
 * A program: imports packages and tells, for each, what the import did. It runs in a process of its own. Its arguments
 * are a folder, as an address that ends in a slash, and the names of the packages in it.
 */

import { existsSync, readdirSync } from "node:fs";

/** The last that is told: the seconds of the processor that the process took. */
export interface Took {
  readonly seconds: number;
}

/** What is told of one package: what its import changed, and which texts its descriptors hold. */
export interface Told {
  readonly name: string;
  readonly problems: readonly string[];
  readonly operations: readonly ToldOperation[];
}

export interface ToldOperation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
}

const watched: Readonly<Record<string, object>> = {
  globalThis,
  process,
  "process.env": process.env,
  "Object.prototype": Object.prototype,
  "Array.prototype": Array.prototype,
  "String.prototype": String.prototype,
  "Function.prototype": Function.prototype,
  "Promise.prototype": Promise.prototype,
  "Headers.prototype": Headers.prototype,
};

const owners = Object.entries(watched);

// With nothing but loops: a package may have put functions of its own in the place of the others.
const state = (): ReadonlyMap<string, unknown> => {
  const found = new Map<string, unknown>();
  for (const [name, owner] of owners) {
    for (const key of Reflect.ownKeys(owner)) {
      const { value, get } = Reflect.getOwnPropertyDescriptor(owner, key) ?? {};
      found.set(`${name}.${String(key)}`, value ?? get);
    }
  }
  return found;
};

const changes = (before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): readonly string[] => {
  const found = new Set<string>();
  for (const [key, value] of before) if (!after.has(key) || !Object.is(after.get(key), value)) found.add(key);
  for (const [key] of after) if (!before.has(key)) found.add(key);
  return [...found];
};

const isOperation = (value: unknown): value is ToldOperation =>
  typeof value === "object" && value !== null && "operationId" in value && "path" in value;

async function tell(folder: string, name: string): Promise<Told> {
  const before = state();
  const resources = process.getActiveResourcesInfo().length;
  const problems: string[] = [];
  let exports: Readonly<Record<string, unknown>> = {};
  try {
    await import(`${folder}${name}/src/node.js`);
    exports = await import(`${folder}${name}/src/index.js`);
    // Its command line is a program, which runs when it is imported; the texts in it are in these.
    const commands = new URL(`${folder}${name}/src/commands/`);
    for (const file of existsSync(commands) ? readdirSync(commands) : []) await import(new URL(file, commands).href);
  } catch (error) {
    problems.push(String(error));
  }
  const operations: ToldOperation[] = [];
  for (const [key, value] of Object.entries(exports)) {
    if (typeof value !== "function" && !Object.isFrozen(value)) problems.push(`${key} is not frozen`);
    if (isOperation(value)) operations.push({ operationId: value.operationId, method: value.method, path: value.path });
  }
  for (const key of changes(before, state())) problems.push(`${key} was changed`);
  if (process.getActiveResourcesInfo().length > resources) problems.push("something goes on");
  return { name, problems, operations };
}

const [folder = "", ...names] = process.argv.slice(2);
// What Node itself adds when it is first asked for something is no package's doing.
await tell(folder, names[0] ?? "");
for (const name of names) process.send?.(await tell(folder, name));
const { user, system } = process.cpuUsage();
process.send?.({ seconds: (user + system) / 1e6 } satisfies Took);
process.disconnect?.();
