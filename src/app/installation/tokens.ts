import { isActive } from "../../core/accountability/index.js";
import type { NewToken, Token } from "../../store/index.js";
import { currentCatalogue } from "./catalogue.js";
import type { Installation } from "./installation.js";
import { erasedPerson } from "./people.js";

/** Whether the catalogue in force knows somebody, and they have not left. */
export async function knowsPerson({ store, now }: Installation, person: string): Promise<boolean> {
  const at = now();
  const people = (await currentCatalogue(store, at))?.catalogue.people ?? [];
  return people.some((item) => item.id === person && isActive(item, at));
}

export async function issueTokenFor(
  { store }: Installation,
  person: string,
  token: Omit<NewToken, "person" | "expiresAt"> & { readonly expiresAt?: string | undefined },
): Promise<{ readonly token: Token; readonly secret: string }> {
  const { name, scopes, expiresAt } = token;
  return store.tokens.issue({
    name,
    scopes,
    person: await store.people.pseudonymOf(person),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  });
}

/** All tokens, people as the catalogue calls them. */
export async function tokensWithNames({ store }: Installation): Promise<readonly Token[]> {
  const tokens = await store.tokens.list();
  const names = await store.people.personsOf(tokens.map(({ person }) => person));
  return tokens.map((token) => ({ ...token, person: names.get(token.person) ?? erasedPerson }));
}
