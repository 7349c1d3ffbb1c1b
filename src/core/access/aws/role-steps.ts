import { literalPrefix } from "../glob.js";
import type { RoleStep } from "../engine.js";
import type { Lens } from "./collector.js";
import type { Compiled, Touched } from "./compiled.js";
import { completeArn } from "./match.js";
import { isOfAccount, type Actor, type Question } from "./model.js";
import { createSpeaking } from "./speaking-statements.js";
import { trustedBy, type TrustedBy } from "./trusted-by.js";
import type { Verdicts } from "./verdicts.js";

const action = "sts:AssumeRole";

/**
 * Roles that an identity may assume, ascending by actor. Asked are those whose trust names it, its account or anybody,
 * and of the latter only what a policy of its own may speak of: another account never lets in without one, its own only
 * where the trust names the identity itself (IAM user guide, "Policy evaluation logic"). Undefined: whoever is in no
 * account (services, federated subjects, everyone) and identities of other clouds.
 */
export function createRoleSteps(
  compiled: Compiled,
  lens: Lens,
  verdicts: Verdicts,
  ask: (action: string, resource: string) => Question,
  touched: () => Touched,
): (index: number) => readonly RoleStep[] | undefined {
  const { actors } = compiled;
  let trusted: TrustedBy | undefined;
  const speaking = createSpeaking(action);
  /** Beginnings of all that its own policies may let it assume. */
  const beginnings = (actor: Actor): readonly string[] => {
    const { kind, principal, uncollected } = actor;
    if (principal === undefined || uncollected !== undefined || (kind !== "user" && kind !== "role"))
      return anything;
    const found = new Set<string>();
    for (const held of lens.holdings.of(actor)) {
      if (held.kind === "missing" || held.use.document.version === "native") return anything;
      for (const { resource } of speaking(held.use.document)) {
        if (resource === undefined || resource.negated) return anything;
        for (const written of resource.patterns)
          found.add(literalPrefix(completeArn(written.replaceAll(/\$\{[^}]*\}/g, "*"))));
      }
    }
    return [...found];
  };
  return (index) => {
    const actor = actors[index];
    if (actor?.account === undefined || !(isOfAccount(actor.kind) || actor.kind === "external"))
      return undefined;
    trusted ??= trustedBy(compiled, lens.estate);
    const { account, id, principal } = actor;
    const found = new Set<number>(trusted.anybodyIn.get(account));
    for (const name of [id, principal?.uniqueId ?? id])
      for (const role of trusted.byName.get(name) ?? []) found.add(role);
    const own = beginnings(actor);
    for (const list of own.length === 0 ? [] : [trusted.anybody, trusted.byAccount.get(account) ?? []])
      for (const role of beginningWith(list, own, actors)) found.add(role);
    const { disabled } = touched();
    const steps: RoleStep[] = [];
    for (const to of [...found].sort((a, b) => a - b)) {
      const role = actors[to];
      if (role === undefined || disabled.has(to)) continue;
      const verdict = verdicts.heldOn(index, ask(action, role.id));
      if (verdict !== false) steps.push({ to, verdict });
    }
    return steps;
  };
}

const anything: readonly string[] = [""];

/** Of actors in the order of their ids. */
function* beginningWith(
  list: readonly number[],
  beginnings: readonly string[],
  actors: readonly Actor[],
): Generator<number> {
  if (beginnings.includes("")) {
    yield* list;
    return;
  }
  const idAt = (at: number): string => actors[list[at] ?? -1]?.id ?? "";
  for (const beginning of beginnings) {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (idAt(middle) < beginning) low = middle + 1;
      else high = middle;
    }
    for (let at = low; at < list.length && idAt(at).startsWith(beginning); at++) yield list[at] ?? 0;
  }
}
