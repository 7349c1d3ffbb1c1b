import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    setupFiles: ["test/setup.ts"],
    exclude: ["**/node_modules/**", "test/corpus/**"],
    // Processes, not threads: some tests change directory, environment or signal handlers.
    pool: "forks",
    // Two, because two cores is what the project promises to be comfortable on.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A test left on `.only` would silence its neighbours.
    allowOnly: false,
  },
});
