import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // A file is mostly waiting for servers, compilers and browsers: one for each core.
    maxWorkers: "100%",
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: "main", include: ["test/**/*.test.ts"], exclude: ["test/compat/**"] } },
      // Other compilers and other Nodes: slower, and it fetches them.
      { extends: true, test: { name: "compat", include: ["test/compat/**/*.test.ts"], testTimeout: 300_000 } },
    ],
  },
});
