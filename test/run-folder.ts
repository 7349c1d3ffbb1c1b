import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

let folder = "";

/** A folder for what the files of one run share, as REMIT_RUN_FOLDER; it is gone after the run. */
export function setup(): void {
  folder = mkdtempSync(join(tmpdir(), "remit-run-"));
  process.env["REMIT_RUN_FOLDER"] = folder;
}

export function teardown(): void {
  rmSync(folder, { recursive: true, force: true });
}
