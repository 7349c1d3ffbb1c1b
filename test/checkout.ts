import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");

const scripts = [
  "bundle",
  "checkout",
  "chromium",
  "ensure",
  "lock",
  "make",
  "postgres",
  "start",
  "tally",
  "test",
  "web",
];
const parts = [
  "bin",
  "tsconfig.json",
  "tsconfig.build.json",
  ...scripts.map((name) => `scripts/${name}.mjs`),
];

/** The source of a `remit` that does `body`, where `argv` are its arguments. */
export const mainOf = (body: string) =>
  `export async function main(argv: string[]): Promise<number> { ${body} }\n`;

export type Checkout = {
  readonly at: string;
  readonly put: (file: string, text: string) => void;
  readonly remove: () => void;
};

/**
 * A checkout in a temporary folder with the real scripts and `main` as its only source. It shares the
 * installed packages and has no package-lock.json, so nothing is installed.
 */
export function makeCheckout(main: string): Checkout {
  const at = mkdtempSync(join(tmpdir(), "remit-checkout-"));
  for (const part of parts) {
    cpSync(join(root, part), join(at, part), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(at, "node_modules"));
  const put = (file: string, text: string) => {
    mkdirSync(dirname(join(at, file)), { recursive: true });
    writeFileSync(join(at, file), text);
  };
  put("package.json", JSON.stringify({ name: "checkout", version: "0.0.0", type: "module" }));
  put("src/cli/main.ts", main);
  return { at, put, remove: () => rmSync(at, { recursive: true, force: true }) };
}
