import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fileSettings } from "./file-settings.js";

/** Of the command line alone, not of a server. */
const clientOnly = ["server"];

test("every setting of the file that docs/operations.md names is told where it can be set, and no other", () => {
  const page = readFileSync(new URL("../../../docs/operations.md", import.meta.url), "utf8");
  const rows = [...page.matchAll(/^\| `(REMIT_[A-Z_]+)` \| [^|]+ \| `([A-Za-z.]+)` \|/gm)];
  const documented = rows.map(([, variable, name]) => ({ variable, name }));
  expect(documented.length).toBeGreaterThan(10);
  expect(fileSettings.map(({ variable, name }) => ({ variable, name }))).toEqual(
    documented.filter(({ name }) => !clientOnly.includes(name ?? "")),
  );
});
