import { defineConfig } from "vitest/config";

/** Those that drive programs and browsers, or change what belongs to the process. */
const alone = ["test/*.test.ts", "test/{web,e2e}/**/*.test.ts"];

export default defineConfig({
  test: {
    setupFiles: ["test/setup.ts"],
    // Processes, not threads: some tests change directory, environment or signal handlers.
    pool: "forks",
    // On two cores: the third fills the time in which the others wait for servers, browsers and disks.
    maxWorkers: 3,
    // V8 of Node 20 now and then dies of a call into WebAssembly that it had inlined (Deoptimizer, "unreachable code").
    execArgv: ["--no-turbo-inline-js-wasm-calls"],
    // Nothing is judged by the clock: these only end what hangs, on a machine that does much beside it.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // What a browser or a server is asked for again and again may take its time on a busy machine.
    expect: { poll: { timeout: 90_000 } },
    // A test left on `.only` would silence its neighbours.
    allowOnly: false,
    projects: [
      {
        extends: true,
        // A worker keeps its modules from file to file: loading the same ones again takes minutes of a core.
        test: {
          name: "shared",
          include: ["src/**/*.test.ts", "test/**/*.test.ts"],
          exclude: ["**/node_modules/**", "test/corpus/**", ...alone],
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: "alone",
          include: alone,
          exclude: ["**/node_modules/**"],
          globalSetup: ["test/run-folder.ts"],
        },
      },
    ],
  },
});
