import { credentialId, type Credential, type CredentialId } from "../../../estate/index.js";
import type { FormulaContext } from "../context.js";

/**
 * The credentials that an exposure is about: the one its sub-locator names, those that links place in the exposed
 * thing, and those with a copy there.
 */
export function exposedCredentials(context: FormulaContext): readonly Credential[] {
  const { estate, question, id, name } = context;
  const ids = new Set<CredentialId>();
  if (question.subLocator !== "") {
    ids.add(credentialId(question.subLocator));
    ids.add(credentialId(`aws:access-key/${question.subLocator}`));
  }
  for (const link of estate.links)
    if (link.kind === "secret-copy" && link.from === id) ids.add(credentialId(link.to));
  return estate.credentials.filter(
    (item) => ids.has(item.id) || item.copies.some((copy) => names(copy.place, id, name)),
  );
}

/** `lambda report-gen environment` or the id itself; a place is matched by whole words, never by a part of a name. */
function names(place: string, id: string, name: string): boolean {
  return place === id || place.includes(id) || place.split(/[\s,;]+/).includes(name);
}

/** Copies that lie in a repository: code at HEAD hands the value out again. */
export const repositoryCopies = (credential: Credential): Credential["copies"] =>
  credential.copies.filter((copy) => /^repository[\s:]/.test(copy.place));
