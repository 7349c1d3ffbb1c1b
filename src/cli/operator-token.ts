import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Installation } from "../app/index.js";

const all = ["read", "act", "import", "admin"] as const;

/** The operator's token: in a file that only this user reads, made with the installation. */
export async function operatorToken(
  installation: Installation,
  home: string,
): Promise<{ readonly file: string; readonly token: string }> {
  const file = join(home, "admin-token");
  if (existsSync(file)) return { file, token: readFileSync(file, "utf8").trim() };
  const { issueTokenFor } = await import("../app/index.js");
  const { secret } = await issueTokenFor(installation, "operator", { name: "first", scopes: all });
  mkdirSync(home, { recursive: true, mode: 0o700 });
  writeFileSync(file, `${secret}\n`, { mode: 0o600 });
  return { file, token: secret };
}
