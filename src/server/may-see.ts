import { isVisible, type Installation } from "../app/index.js";
import type { Caller } from "./server-env.js";

/** Whether a caller may know that a case exists. */
export async function maySee(
  { store }: Pick<Installation, "store">,
  caller: Caller,
  id: string,
): Promise<boolean> {
  if (!caller.scopes.includes("read")) return false;
  if (caller.visible.kind === "all") return true;
  const row = await store.cases.access(id);
  return row !== undefined && isVisible(caller.visible, row);
}
