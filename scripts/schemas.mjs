/** Writes `schemas/NAME.json` from the definitions that validate at run time. Run it after a change to one of them. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMain, root } from "./checkout.mjs";
import { ensure } from "./ensure.mjs";

if (isMain(import.meta.url)) {
  await ensure();
  const { schemaNames, schemaText } = await import(new URL("../dist/cli/schemas.js", import.meta.url).href);
  mkdirSync(join(root, "schemas"), { recursive: true });
  for (const name of schemaNames) writeFileSync(join(root, `schemas/${name}.json`), await schemaText(name));
}
