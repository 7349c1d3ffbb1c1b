import type { PolicyUse, PropertyFact, Resource } from "../../core/estate/index.js";
import { compare, laterOf } from "./newer.js";
import { pick, type Conflicts } from "./pick.js";

/** Unites what several documents say about one resource. A property on which they disagree becomes unknown. */
export function mergeResources(first: Resource, second: Resource, conflicts: Conflicts): Resource {
  const subject: string = first.id;
  const order = laterOf(first.origin, second.origin);
  const later = order === "second" ? second : first;
  const earlier = later === first ? second : first;
  // A later listing is whole: a tag that it does not name was taken off.
  const retagged = order !== "same" && later.tagsCollected === true;
  const { policies: _policies, ...rest } = { ...earlier, ...later };
  const policies = mergePolicies(first.policies, second.policies, subject, conflicts);
  return {
    ...rest,
    name: isTail(later) && !isTail(earlier) ? earlier.name : later.name,
    // The plainest kind loses: a policy document alone may not know what it stands on.
    properties: mergeProperties(first.properties, second.properties, subject, conflicts),
    ...(policies === undefined ? {} : { policies }),
    tags: retagged ? later.tags : { ...earlier.tags, ...later.tags },
  };
}

/** A name that was only read off the id: any document that knows a given name knows better. */
const isTail = ({ id, name }: Resource): boolean => id.endsWith(name);

function mergeProperties(
  first: Resource["properties"],
  second: Resource["properties"],
  subject: string,
  conflicts: Conflicts,
): ReadonlyMap<string, PropertyFact> {
  if (second.size === 0) return first;
  const merged = new Map<string, PropertyFact>();
  for (const name of [...new Set([...first.keys(), ...second.keys()])].sort(compare)) {
    const fact = pick(first.get(name), second.get(name), subject, `\`${name}\``, conflicts);
    if (fact !== undefined) merged.set(name, fact);
  }
  return merged;
}

/** Absent is "not collected", empty is "there is none": a qualifier that only one side states is a fact of its own. */
function mergePolicies(
  first: Resource["policies"],
  second: Resource["policies"],
  subject: string,
  conflicts: Conflicts,
): ReadonlyMap<string, PolicyUse> | undefined {
  const whatOf = (qualifier: string): string =>
    qualifier === "" ? "resource policy" : `resource policy of \`${qualifier}\``;
  if (first === undefined || second === undefined) {
    const only = first ?? second;
    return only !== undefined &&
      [...only.keys()].some((qualifier) => conflicts.disputed(subject, whatOf(qualifier)))
      ? undefined
      : only;
  }
  const merged = new Map<string, PolicyUse>();
  for (const qualifier of [...new Set([...first.keys(), ...second.keys()])].sort(compare)) {
    const [a, b] = [first.get(qualifier), second.get(qualifier)];
    const chosen = pick(
      a && { value: a.document, origin: a.origin },
      b && { value: b.document, origin: b.origin },
      subject,
      whatOf(qualifier),
      conflicts,
    );
    // Neither is believed: the whole set goes back to "not collected", or a "no" could rest on half of it.
    if (chosen === undefined) return undefined;
    const use = chosen.origin === a?.origin ? a : b;
    if (use !== undefined) merged.set(qualifier, use);
  }
  return merged;
}
