import { defineConfig } from "vitest/config";

/** What starts a process for each of dozens of cases. */
const processes = [
  "test/demo/start.test.ts",
  "test/golden/cli{,-process,-refusals}.test.ts",
  "test/package/toolkit.test.ts",
  "test/unit/bad-input.test.ts",
  "test/unit/cli.test.ts",
];

export default defineConfig({
  test: {
    // A file is mostly waiting for servers, compilers and browsers: one for each core.
    maxWorkers: "100%",
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: "main",
          globalSetup: "test/support/compiled.ts",
          include: ["test/**/*.test.ts"],
          exclude: [
            ...processes,
            "test/compat/**",
            "test/corpus/**",
            "test/fuzz/long/**",
            "test/contract/fixtures.test.ts",
            "test/runtimes/runtimes.test.ts",
            "test/runtime/faults/long/**",
          ],
        },
      },
      { extends: true, test: { name: "processes", globalSetup: "test/support/compiled.ts", include: processes } },
      // Other compilers and other Nodes: slower, and it fetches them.
      { extends: true, test: { name: "compat", include: ["test/compat/**/*.test.ts"], testTimeout: 300_000 } },
      // Files of 1 GiB, and a thousand exports at once.
      { extends: true, test: { name: "faults", include: ["test/runtime/faults/**/*.test.ts"], testTimeout: 300_000 } },
      // The packed package in other runtimes, which it fetches, and in a browser.
      { extends: true, test: { name: "runtimes", include: ["test/runtimes/*.test.ts"] } },
      // Documents of others, that lie beside the repository: none of it is there in a plain clone.
      {
        extends: true,
        test: { name: "corpus", include: ["test/corpus/**/*.test.ts"], testTimeout: 300_000, hookTimeout: 300_000 },
      },
      // Prism beside the client of each document in `test/golden`.
      { extends: true, test: { name: "prism", include: ["test/contract/fixtures.test.ts"], testTimeout: 300_000 } },
      // The same fuzzing as in `main`, for longer.
      { extends: true, test: { name: "fuzz", include: ["test/fuzz/long/*.test.ts"], testTimeout: 300_000 } },
    ],
  },
});
