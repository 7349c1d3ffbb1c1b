import type { PageRequest, ProofRead } from "../../store/index.js";
import type { Installation } from "../installation/installation.js";
import { withNames } from "../installation/people.js";

/** Who opened which proof; people as the catalogue calls them, and who was erased as such. */
export async function readsWithNames(
  { store }: Installation,
  { subject, person, ...page }: PageRequest & { readonly subject?: string; readonly person?: string },
): Promise<{ items: ProofRead[]; next?: string }> {
  const found = await store.reads.list(
    {
      ...(subject === undefined ? {} : { subject }),
      ...(person === undefined ? {} : { person: await store.people.pseudonymOf(person) }),
    },
    page,
  );
  const items = [...(await withNames({ people: store.people }, found.items))];
  return { items, ...(found.next === undefined ? {} : { next: found.next }) };
}
