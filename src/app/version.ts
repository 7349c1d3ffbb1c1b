import { readFileSync } from "node:fs";

/** `remit 0.1.0 (AWS actions of 2026-09-26)`: what it knows is as old as its dictionary. */
export async function versionText(): Promise<string> {
  const { loadReferenceData, packageFile } = await import("../readers/index.js");
  const { version } = JSON.parse(readFileSync(packageFile("package.json"), "utf8")) as {
    readonly version: string;
  };
  return `remit ${version} (AWS actions of ${loadReferenceData().actions.updated})`;
}
