import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** A folder for what the files of one run share; it is gone after the run. */
    readonly runFolder: string;
  }
}

const folder = mkdtempSync(join(tmpdir(), "remit-run-"));

export function setup(project: TestProject): void {
  project.provide("runFolder", folder);
}

export function teardown(): void {
  rmSync(folder, { recursive: true, force: true });
}
