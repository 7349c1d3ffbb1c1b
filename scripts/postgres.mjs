import { accessSync, constants, existsSync, readdirSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { EnsureError } from "./checkout.mjs";

/** Where Debian keeps the programs of the server, a folder a version; they are not on the path. */
const debian = "/usr/lib/postgresql";

/**
 * The folder with `initdb` and `postgres` of the store's tests: REMIT_POSTGRES, else that of the path, else Debian's
 * newest.
 *
 * @param {{ readonly [name: string]: string | undefined }} [env]
 */
export function findPostgres(env = process.env) {
  const named = env.REMIT_POSTGRES;
  if (named !== undefined && named !== "") {
    if (holdsServer(named)) return named;
    throw new EnsureError(
      `REMIT_POSTGRES is \`${named}\`, which does not hold \`initdb\` and \`postgres\`: set it to the folder of a PostgreSQL server`,
    );
  }
  const onPath = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const found = [...onPath, ...debianFolders()].find(holdsServer);
  if (found !== undefined) return found;
  throw new EnsureError(
    "no PostgreSQL server was found, and the tests of the store need one: install it (Debian: `apt-get install postgresql`) " +
      "or set REMIT_POSTGRES to the folder with `initdb` and `postgres`",
  );
}

function debianFolders() {
  if (!existsSync(debian)) return [];
  return readdirSync(debian)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(debian, version, "bin"));
}

/** @param {string} folder */
function holdsServer(folder) {
  return ["initdb", "postgres"].every((name) => isProgram(join(folder, name)));
}

/** @param {string} file */
function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
