import { join } from "node:path";
import { currentHolder, type Holder } from "./folder-lock.js";

/** The process that has the embedded database below `home` open. */
export const holderOfHome = (home: string): Holder | undefined => currentHolder(join(home, "database.lock"));
