import type { Store, StoreOptions } from "./store.js";

/**
 * Opens the store, creates and migrates it where that is due. Rejects with a `StoreFault`. The drivers and the query
 * builder are hundreds of modules: they are loaded here, not by every command that needs no database.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const store = await import("./store.js");
  return store.openStore(options);
}
