/** Writes `docs/formats.md` from what the readers say of themselves. Run it after a change to one of them. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMain, root } from "./checkout.mjs";
import { ensure } from "./ensure.mjs";

if (isMain(import.meta.url)) {
  await ensure();
  const { formatsPage } = await import(new URL("../dist/readers/index.js", import.meta.url).href);
  writeFileSync(join(root, "docs/formats.md"), formatsPage());
}
