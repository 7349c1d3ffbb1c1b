/** Fills the table of routes in docs/api.md from the description of the API. Run it after a change of the routes. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMain, root } from "./checkout.mjs";
import { ensure } from "./ensure.mjs";

if (isMain(import.meta.url)) {
  await ensure();
  const [api, { withRouteTable }] = await Promise.all(
    ["api", "server"].map((room) => import(new URL(`../dist/${room}/index.js`, import.meta.url).href)),
  );
  const path = join(root, "docs/api.md");
  const routes = Object.values(api).filter((item) => typeof item === "object" && "operationId" in item);
  writeFileSync(path, withRouteTable(readFileSync(path, "utf8"), routes));
}
