import { defineConfig } from "vitest/config";

/** Functions over values, and files that are read: nothing of the process is changed, so a worker may keep its modules. */
const pure = [
  "src/{core,readers,report,contract,connectors}/**/*.test.ts",
  "test/{bad-input,brute-force,conformance,cut,decision,first-minute,formats,invariants,labs}/**/*.test.ts",
  "test/{recreation,truth,what-if}/**/*.test.ts",
];

export default defineConfig({
  test: {
    setupFiles: ["test/setup.ts"],
    // Processes, not threads: some tests change directory, environment or signal handlers.
    pool: "forks",
    // On two cores: the third fills the time in which the others wait for servers, browsers and disks.
    maxWorkers: 3,
    // V8 of Node 20 now and then dies of a call into WebAssembly that it had inlined (Deoptimizer, "unreachable code").
    execArgv: ["--no-turbo-inline-js-wasm-calls"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What a browser or a server is asked for again and again may take its time on a busy machine.
    expect: { poll: { timeout: 30_000 } },
    // A test left on `.only` would silence its neighbours.
    allowOnly: false,
    projects: [
      {
        extends: true,
        // Half of what these files take is loading the same modules again.
        test: { name: "pure", include: pure, exclude: ["**/node_modules/**"], isolate: false },
      },
      {
        extends: true,
        test: {
          name: "product",
          include: ["src/**/*.test.ts", "test/**/*.test.ts"],
          exclude: ["**/node_modules/**", "test/corpus/**", ...pure],
          globalSetup: ["test/run-folder.ts"],
        },
      },
    ],
  },
});
