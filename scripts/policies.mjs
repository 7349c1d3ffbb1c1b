/** Writes policies/remit.cedarschema from src/app/access/actions.ts. Run it after a change of the routes. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMain, root } from "./checkout.mjs";
import { ensure } from "./ensure.mjs";

if (isMain(import.meta.url)) {
  await ensure();
  const { cedarSchema } = await import(new URL("../dist/app/index.js", import.meta.url).href);
  writeFileSync(join(root, "policies/remit.cedarschema"), cedarSchema());
}
