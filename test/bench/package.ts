import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import createFetchClient from "openapi-fetch";
import { run, specproof } from "./child.js";
import { type Context, compared, inTurn, limited, median, type Row } from "./row.js";

const github = fileURLToPath(new URL("../../../shared/corpus/github.json", import.meta.url));
const modules = fileURLToPath(new URL("../../node_modules", import.meta.url));
const compiler = join(modules, "typescript/bin/tsc");

/** A project that has GitHub's package, built, in its `node_modules`. */
async function project({ folder }: Context): Promise<string> {
  const home = join(folder, "node_modules/benched");
  await mkdir(join(folder, "node_modules"), { recursive: true });
  await specproof(github, home, folder, "--no-lint");
  for (const name of ["openapi-fetch", "openapi-typescript-helpers", "@types"]) {
    await symlink(join(modules, name), join(folder, "node_modules", name), "junction");
  }
  // Its declarations are all that is asked for: that it compiles is for the tests to say.
  const settings = JSON.parse(await readFile(join(home, "tsconfig.json"), "utf8"));
  Object.assign(settings.compilerOptions, { skipLibCheck: true, noEmitOnError: false });
  await writeFile(join(home, "tsconfig.bench.json"), JSON.stringify(settings));
  await promisify(execFile)(process.execPath, [compiler, "-p", join(home, "tsconfig.bench.json")]);
  const manifest = JSON.parse(await readFile(join(home, "package.json"), "utf8"));
  manifest.exports["./bindings"] = { types: "./dist/bindings.d.ts", default: "./dist/bindings.js" };
  await writeFile(join(home, "package.json"), JSON.stringify(manifest));
  return folder;
}

const input = `{ owner: "a", repo: "b", path: "c" }`;

const users = {
  alone: `import createClient from "openapi-fetch";
import type { paths } from "benched/bindings";
const client = createClient<paths>({ baseUrl: "https://api.github.com" });
export const answer = client.GET("/repos/{owner}/{repo}/contents/{path}", { params: { path: ${input} } });
`,
  package: `import { createClient, reposGetContent } from "benched";
export const answer = reposGetContent(createClient({ baseUrl: "https://api.github.com" }), ${input});
`,
  tag: `import { createClient } from "benched";
import { reposGetContent } from "benched/repos";
export const answer = reposGetContent(createClient({ baseUrl: "https://api.github.com" }), ${input});
`,
} as const;

const settings = {
  compilerOptions: {
    target: "es2022",
    module: "nodenext",
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    lib: ["es2022", "dom", "dom.iterable", "esnext.disposable"],
  },
  files: ["user.ts"],
};

async function typeCheck(folder: string, repeats: number): Promise<readonly Row[]> {
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const check = async (name: keyof typeof users) => {
    const home = join(folder, `check-${name}`);
    await mkdir(home, { recursive: true });
    await writeFile(join(home, "user.ts"), users[name]);
    await writeFile(join(home, "tsconfig.json"), JSON.stringify(settings));
    return () => run(compiler, ["-p", home], folder);
  };
  const subjects = { alone: await check("alone"), package: await check("package"), tag: await check("tag") };
  const cost = await inTurn(subjects, repeats);
  return [
    compared("type-check of one operation", [cost.package.wall, cost.alone.wall], "ms", 1.1),
    compared("  imported from its tag", [cost.tag.wall, cost.alone.wall], "ms", 1.1),
  ];
}

interface GitHub {
  readonly createClient: (options: object) => unknown;
  readonly issuesListForRepo: (client: unknown, input: object) => Promise<unknown>;
}

async function call(folder: string, repeats: number): Promise<Row> {
  const { createClient, issuesListForRepo } = (await import(
    pathToFileURL(join(folder, "node_modules/benched/dist/index.js")).href
  )) as GitHub;
  const sent: string[] = [];
  const record = async (request: Request): Promise<Response> => {
    sent.push(request.url);
    return new Response("[]", { headers: { "Content-Type": "application/json" } });
  };
  const options = { baseUrl: "https://api.github.com", fetch: record };
  const client = createClient(options);
  const bare = createFetchClient<Readonly<Record<string, Record<string, never>>>>(options) as unknown as {
    readonly GET: (path: string, init: object) => Promise<unknown>;
  };
  // Both write their parameters down, as their users do: to build the input of one out of the other's is no part of a call.
  const subjects = {
    ours: () =>
      issuesListForRepo(client, {
        owner: "octo",
        repo: "cat",
        state: "open",
        labels: "bug,help wanted",
        perPage: 100,
        page: 2,
      }),
    alone: () =>
      bare.GET("/repos/{owner}/{repo}/issues", {
        params: {
          path: { owner: "octo", repo: "cat" },
          query: { state: "open", labels: "bug,help wanted", per_page: 100, page: 2 },
        },
      }),
  };
  const times = { ours: [] as number[], alone: [] as number[] };
  const batch = 2_000;
  // The first rounds are for the engine to get to know the code.
  for (let round = -2; round < Math.max(repeats, 5); round += 1) {
    for (const name of ["ours", "alone"] as const) {
      const start = performance.now();
      for (let index = 0; index < batch; index += 1) await subjects[name]();
      if (round >= 0) times[name].push(((performance.now() - start) / batch) * 1_000);
    }
  }
  if (new Set(sent).size !== 1) throw new Error(`they do not send the same: ${[...new Set(sent)].join(" ")}`);
  return compared("a call, validation on", [median(times.ours), median(times.alone)], "µs", 1.25);
}

async function bundle(folder: string): Promise<readonly Row[]> {
  const weigh = async (names: readonly string[], splitting = true): Promise<number> => {
    const { outputFiles, metafile } = await build({
      stdin: { contents: `export { createClient, ${names.join(", ")} } from "benched";`, resolveDir: folder },
      bundle: true,
      minify: true,
      format: "esm",
      platform: "browser",
      target: "es2022",
      write: false,
      logLevel: "silent",
      // The schemas of answers are in chunks of their own, which are loaded where answers are checked.
      splitting,
      outdir: folder,
      metafile: true,
    });
    const entry = Object.keys(metafile.outputs).find((path) => metafile.outputs[path]?.entryPoint === "<stdin>") ?? "";
    const loaded = new Set([entry]);
    for (const path of loaded) {
      const statics = metafile.outputs[path]?.imports.filter(({ kind }) => kind === "import-statement") ?? [];
      for (const { path: next } of statics) loaded.add(next);
    }
    const texts = outputFiles.filter(({ path }) => [...loaded].some((name) => path.endsWith(`/${basename(name)}`)));
    return texts.reduce((sum, { text }) => sum + gzipSync(text, { level: 9 }).length, 0);
  };
  const names = await sampleOf(folder);
  const sizes: number[] = [];
  const whole: number[] = [];
  for (const name of names) {
    sizes.push(await weigh([name]));
    whole.push(await weigh([name], false));
  }
  const [first = 0] = sizes;
  const more = ((await weigh(names)) - first) / (names.length - 1);
  return [
    limited(`bundle of one operation, median of ${names.length}`, median(sizes), "bytes", 8_192),
    limited("  largest", Math.max(...sizes), "bytes"),
    limited("  reposGetContent", await weigh(["reposGetContent"]), "bytes"),
    limited("  with the checks of its answers, median", median(whole), "bytes"),
    limited("  of one more, on average", Math.round(more), "bytes", 600),
  ];
}

/** Every fiftieth operation, in the order of its module and its name. */
async function sampleOf(folder: string): Promise<readonly string[]> {
  const operations = join(folder, "node_modules/benched/src/operations");
  const files = (await readdir(operations)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(operations, file), "utf8")));
  const names = texts.flatMap((text) => [...text.matchAll(/^export function (\w+)/gm)].map(([, name = ""]) => name));
  return names.filter((_, index) => index % 50 === 25);
}

export async function packageRows(context: Context): Promise<readonly Row[]> {
  const folder = await project(context);
  return [
    ...(await typeCheck(folder, context.repeats)),
    await call(folder, context.repeats),
    ...(await bundle(folder)),
  ];
}
