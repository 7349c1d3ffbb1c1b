import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { Kysely } from "kysely";
import { migrate } from "../../src/store/migrations/migrate.js";
import { migrations } from "../../src/store/migrations/migration.js";
import { openEmbedded } from "../../src/store/engine/embedded-engine.js";

const modules = resolve(import.meta.dirname, "../../node_modules");

/**
 * Makes `home` hold an embedded database that was created and migrated and is empty. That takes seconds, so it is done
 * once for a version of PGlite and of the tables, and copied; what is opened afterwards is a folder like any other.
 */
export async function createEmbedded(home: string): Promise<void> {
  const { version } = JSON.parse(
    readFileSync(join(modules, "@electric-sql/pglite/package.json"), "utf8"),
  ) as { readonly version: string };
  const steps = createHash("sha256").update(
    migrations()
      .map(({ checksum }) => checksum)
      .join("\n"),
  );
  const template = join(modules, ".cache", `remit-embedded-${version}-${steps.digest("hex").slice(0, 12)}`);
  if (!existsSync(template)) await makeTemplate(template);
  cpSync(template, join(home, "database"), { recursive: true });
}

async function makeTemplate(template: string): Promise<void> {
  mkdirSync(dirname(template), { recursive: true });
  const home = mkdtempSync(`${template}-`);
  const engine = await openEmbedded({ home, now: () => "2026-11-22T12:00:00.000Z" });
  await migrate(new Kysely({ dialect: engine.dialect }), engine, migrations(), "2026-11-22T12:00:00.000Z");
  await engine.close();
  try {
    renameSync(join(home, "database"), template);
  } catch (error) {
    // Another test file was faster.
    if (!existsSync(template)) throw error;
  }
  rmSync(home, { recursive: true, force: true });
}
