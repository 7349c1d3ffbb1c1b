import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    setupFiles: ["test/setup.ts"],
    exclude: ["**/node_modules/**", "test/corpus/**"],
    // Processes, not threads: some tests change directory, environment or signal handlers.
    pool: "forks",
    // On two cores: the third fills the time in which the others wait for servers, browsers and disks.
    maxWorkers: 3,
    // V8 of Node 20 now and then dies of a call into WebAssembly that it had inlined (Deoptimizer, "unreachable code").
    execArgv: ["--no-turbo-inline-js-wasm-calls"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A test left on `.only` would silence its neighbours.
    allowOnly: false,
  },
});
