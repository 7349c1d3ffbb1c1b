import { readFileSync } from "node:fs";
import type { Console } from "./console.js";
import { fault, type ExitCode } from "./errors.js";
import { homeOf, inStore, placeOf } from "./installation.js";
import { finish } from "./outcome.js";

const shortest = 32;

/** `remit db rotate-key [--to FILE]`: what is sealed is sealed again; with `--to` under another master key. */
export async function runRotateKey(
  flags: { readonly home?: string; readonly to?: string },
  io: Console,
): Promise<ExitCode> {
  const next = flags.to === undefined ? undefined : keyIn(flags.to);
  const { rotateKey } = await import("../app/index.js");
  const rotated = await inStore(() => rotateKey(placeOf(flags, io), next));
  if (rotated === undefined) throw fault("no-installation", `\`${homeOf(flags, io)}\``);
  await io.out(
    next === undefined
      ? "rotated  what is sealed is sealed under a new data key; the master key is the same\n"
      : rotated.keyFile === undefined
        ? "rotated  the new master key is in force: start with it as REMIT_SECRET_KEY from now on\n"
        : `rotated  the new master key is in force and lies in ${rotated.keyFile}\n`,
  );
  return finish(io, [{ exit: 0, reason: "rotated" }]);
}

function keyIn(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, "utf8").trim();
  } catch (error) {
    throw fault("usage", `\`--to ${path}\` cannot be read`, error);
  }
  if (text.length < shortest) throw fault("bad-secret-key", String(text.length));
  return text;
}
