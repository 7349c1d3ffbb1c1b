import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { serve } from "./serve.js";

/**
 * A home of its own that holds the example company. Reading the company in takes the built product many seconds, so
 * that is done once for a run of the tests, by whoever comes first, and copied.
 */
export async function exampleHome(): Promise<string> {
  const shared = process.env["REMIT_RUN_FOLDER"] ?? "";
  const made = join(shared, "example");
  if (!existsSync(made)) await makeOnce(shared, made);
  const home = mkdtempSync(join(tmpdir(), "remit-web-"));
  cpSync(made, join(home, "example"), { recursive: true });
  return home;
}

async function makeOnce(shared: string, made: string): Promise<void> {
  const making = join(shared, "making");
  try {
    mkdirSync(making);
  } catch {
    // Another test file is at it; the hook of this one gives up where that takes too long.
    while (!existsSync(made)) await pause(100);
    return;
  }
  const server = await serve(making, ["--example"]);
  await server.stop();
  renameSync(join(making, "example"), made);
}
