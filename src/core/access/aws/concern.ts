import type { Estate, PolicyUse } from "../../estate/index.js";
import type { Overlay } from "../engine.js";
import type { Touched } from "./compiled.js";
import { evidenceKey } from "./evidence.js";
import type { Question } from "./model.js";

/**
 * Whether an overlay can change the answer to a question. One that only opens or closes what resources say of
 * themselves concerns the questions on those resources: all others have the answer that they had before.
 */
export function createConcern(
  overlay: Overlay,
  touched: () => Touched,
  limits: () => ReadonlySet<string>,
): (question: Question) => boolean {
  const { removedStatements, removedPolicies, properties } = overlay;
  let all: boolean | undefined;
  const everything = (): boolean => {
    if ((overlay.disabledPrincipals?.size ?? 0) > 0 || (overlay.sessionPolicies?.size ?? 0) > 0) return true;
    if (overlay.relaxed !== undefined) return true;
    if (touched().own.size > 0) return true;
    return [...(removedStatements ?? [])].some((key) => limits().has(documentOf(key)));
  };
  return ({ target }) => {
    all ??= everything();
    if (all) return true;
    const { resource, policies, text, mode } = target;
    if (resource !== undefined && properties?.has(resource.id) === true) return true;
    if (mode !== "none" && (removedPolicies?.size ?? 0) > 0) {
      if (resource === undefined || removedPolicies?.has(resource.id) === true) return true;
      for (const id of removedPolicies ?? []) if (text.startsWith(id)) return true;
    }
    if (removedStatements === undefined || removedStatements.size === 0) return false;
    return policies.some((use) =>
      use.document.statements.some((statement) => removedStatements.has(evidenceKey(use, statement))),
    );
  };
}

/** Documents that limit whole accounts or whoever carries them: organisation policies and managed ones. */
export function limitDocuments(estate: Estate): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (use: PolicyUse | undefined): void => {
    const [first] = use?.document.statements ?? [];
    if (use !== undefined && first !== undefined) found.add(documentOf(evidenceKey(use, first)));
  };
  for (const { policies } of estate.organizations) for (const { use } of policies) add(use);
  for (const { versions } of estate.managedPolicies) for (const { use } of versions) add(use);
  return found;
}

/** The part of a statement's key that names its document. */
const documentOf = (key: string): string => {
  const at = key.lastIndexOf("/Statement");
  return at < 0 ? key : key.slice(0, at);
};
