import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Console } from "./console.js";
import type { InputFlags } from "./inputs.js";

/**
 * What the last `analyze` of this folder was asked to read: names of files only, never their content. With it
 * `remit explain R-7K2Q` of the NEXT line works as it is printed.
 */
const fileOf = (io: Console): string => join(homeOf(io), "last-analyze.json");

const homeOf = (io: Console): string => {
  const home = io.env["REMIT_HOME"] ?? "";
  return home === "" ? ".remit" : home;
};

export async function rememberRun(io: Console, flags: InputFlags): Promise<void> {
  const all = [...(flags.estate ?? []), ...(flags.findings ?? [])];
  if (all.includes("-")) return;
  const { estate, findings, catalogue, policy, now, account } = flags;
  try {
    await mkdir(homeOf(io), { recursive: true });
    await writeFile(
      fileOf(io),
      `${JSON.stringify({ estate, findings, catalogue, policy, now, account }, null, 2)}\n`,
    );
  } catch {
    // A folder that cannot be written to costs the shortcut, not the answer: `explain` then asks for the inputs.
  }
}

export async function recallRun(io: Console): Promise<InputFlags | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(fileOf(io), "utf8"));
    return typeof value === "object" && value !== null
      ? onlyFlags(value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined; // never written, or by another version: the inputs are asked for
  }
}

function onlyFlags(value: Readonly<Record<string, unknown>>): InputFlags {
  const list = (name: string): readonly string[] => {
    const found = value[name];
    return Array.isArray(found) ? found.filter((item): item is string => typeof item === "string") : [];
  };
  const one = (name: string): Record<string, string> => {
    const found = value[name];
    return typeof found === "string" ? { [name]: found } : {};
  };
  return {
    estate: list("estate"),
    findings: list("findings"),
    ...one("catalogue"),
    ...one("policy"),
    ...one("now"),
    ...one("account"),
  };
}
