import { resolve } from "node:path";
import type { InstallationPlace } from "../app/index.js";
import type { Console } from "./console.js";
import { fault } from "./errors.js";

/** A variable that is set to something. */
export const given = (value: string | undefined): string | undefined => (value === "" ? undefined : value);

/** The folder of the embedded installation: `--home`, else REMIT_HOME, else `.remit`. */
export const homeOf = ({ home }: { readonly home?: string }, io: Console): string =>
  resolve(home ?? given(io.env["REMIT_HOME"]) ?? ".remit");

/** Where the installation lies. `--home` names the embedded one, whatever the environment says. */
export function placeOf(flags: { readonly home?: string }, io: Console): InstallationPlace {
  const [databaseUrl, secret] = [given(io.env["REMIT_DATABASE_URL"]), given(io.env["REMIT_SECRET_KEY"])];
  return {
    home: homeOf(flags, io),
    now: io.now,
    ...(databaseUrl === undefined || flags.home !== undefined ? {} : { databaseUrl }),
    ...(secret === undefined ? {} : { secret }),
  };
}

/** A fault of the store as one of the command line. */
export async function inStore<Result>(work: () => Promise<Result>): Promise<Result> {
  const { isStoreFault } = await import("../app/index.js");
  try {
    return await work();
  } catch (error) {
    if (isStoreFault(error)) throw fault("store", `${error.message}: ${error.hint}`, error);
    throw error;
  }
}
