import type { StoreContext } from "../context.js";

/** Who is meant by the ids of the ledger, which itself names nobody. Erasing a row makes it forget the person. */
export interface PeopleRepository {
  /** The pseudonym of a person of the catalogue; makes one where there is none. */
  pseudonymOf(person: string): Promise<string>;
  /** The same, and none is made where there is none. */
  heldPseudonym(person: string): Promise<string | undefined>;
  /** Undefined where nobody was ever known by it, or the person was erased. */
  personOf(pseudonym: string): Promise<string | undefined>;
  /** Of many at once; whoever was erased is not in it. */
  personsOf(pseudonyms: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** What is written under the pseudonym stays, and stands for nobody. The same person gets another pseudonym later. */
  erase(person: string): Promise<boolean>;
  /** Seals names again that another key than the one in use sealed; gives how many are left. */
  reseal(atMost: number): Promise<number>;
}

const about = (pseudonym: string): string => `person/${pseudonym}`;

export function peopleRepository({ db, keys, now, newId }: StoreContext): PeopleRepository {
  const open = async (row: { pseudonym: string; sealed: Uint8Array | null; key_id: string | null }) =>
    row.sealed === null || row.key_id === null
      ? undefined
      : (await keys.unseal(row.key_id, about(row.pseudonym), row.sealed)).toString("utf8");
  const byLookup = (lookup: Uint8Array) =>
    db.selectFrom("people").select("pseudonym").where("lookup", "=", lookup).executeTakeFirst();
  return {
    async pseudonymOf(person) {
      const lookup = await keys.lookup("person", person);
      const held = await byLookup(lookup);
      if (held !== undefined) return held.pseudonym;
      const pseudonym = `p-${newId()}`;
      const { keyId, sealed } = await keys.seal(about(pseudonym), Buffer.from(person, "utf8"));
      const added = await db
        .insertInto("people")
        .values({ pseudonym, lookup, sealed, key_id: keyId, created_at: now(), erased_at: null })
        .onConflict((conflict) => conflict.column("lookup").doNothing())
        .returning("pseudonym")
        .executeTakeFirst();
      return added?.pseudonym ?? (await byLookup(lookup))?.pseudonym ?? pseudonym;
    },
    heldPseudonym: async (person) => (await byLookup(await keys.lookup("person", person)))?.pseudonym,
    async personOf(pseudonym) {
      const row = await db
        .selectFrom("people")
        .select(["pseudonym", "sealed", "key_id"])
        .where("pseudonym", "=", pseudonym)
        .executeTakeFirst();
      return row === undefined ? undefined : open(row);
    },
    async personsOf(pseudonyms) {
      const found = new Map<string, string>();
      const wanted = [...new Set(pseudonyms)];
      for (let from = 0; from < wanted.length; from += 1000) {
        const rows = await db
          .selectFrom("people")
          .select(["pseudonym", "sealed", "key_id"])
          .where("pseudonym", "in", wanted.slice(from, from + 1000))
          .execute();
        for (const row of rows) {
          const person = await open(row);
          if (person !== undefined) found.set(row.pseudonym, person);
        }
      }
      return found;
    },
    async erase(person) {
      const { numUpdatedRows } = await db
        .updateTable("people")
        .set({ lookup: null, sealed: null, key_id: null, erased_at: now() })
        .where("lookup", "=", await keys.lookup("person", person))
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async reseal(atMost) {
      const { keyId: current } = await keys.seal("", new Uint8Array());
      const rows = await db
        .selectFrom("people")
        .select(["pseudonym", "sealed", "key_id"])
        .where("key_id", "!=", current)
        .orderBy("pseudonym")
        .limit(atMost)
        .execute();
      for (const row of rows) {
        const person = await open(row);
        if (person === undefined) continue;
        const { keyId, sealed } = await keys.seal(about(row.pseudonym), Buffer.from(person, "utf8"));
        await db
          .updateTable("people")
          .set({ sealed, key_id: keyId })
          .where("pseudonym", "=", row.pseudonym)
          // Erased meanwhile: stays erased.
          .where("erased_at", "is", null)
          .execute();
      }
      const left = await db
        .selectFrom("people")
        .select((eb) => eb.fn.countAll<number>().as("count"))
        .where("key_id", "!=", current)
        .executeTakeFirstOrThrow();
      return left.count;
    },
  };
}
