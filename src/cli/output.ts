import { randomBytes } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Console } from "./console.js";
import { fault } from "./errors.js";

/** To stdout, or whole into a file: nobody ever sees half of a document. */
export async function deliver(io: Console, text: string, path: string | undefined): Promise<void> {
  if (path === undefined || path === "-") {
    await io.out(text);
    return;
  }
  const aside = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    const file = await open(aside, "wx");
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    const code = error instanceof Error && "code" in error ? ` (${String(error.code)})` : "";
    throw fault("cannot-write", `\`${path}\`${code}`, error);
  }
}
