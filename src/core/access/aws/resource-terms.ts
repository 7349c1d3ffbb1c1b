import type { MissingFact } from "../../estate/index.js";
import { matchIn, statementsOf, type Collector } from "./collector.js";
import { namingOf } from "./match.js";
import type { Actor, DenyMatch, Residual, Term, Terms } from "./model.js";
import { anyOfTerms, never, unknownBecause } from "./terms.js";

/** What the policy of the resource (bucket, key, queue, role trust …) gives one actor. */
export interface ResourceTerms {
  /** It names the actor's own ARN: for a user a grant by itself, for a role one within its boundary. */
  readonly exact: Terms;
  /** A grant that no boundary limits: `*`, or a session of the role. */
  readonly free: Terms;
  /** It names the account or the actor: identity policies of the account count. */
  readonly delegated: Terms;
  /** Any of these: what another account needs. */
  readonly any: Terms;
  /** The policy was not collected. */
  readonly unread?: MissingFact;
}

const nothing: ResourceTerms = { exact: never, free: never, delegated: never, any: never };

/** `passes`: the actor is not bound by a Deny of this policy. */
export function resourceTerms(collector: Collector, actor: Actor, passes: boolean): ResourceTerms {
  const { target } = collector.question;
  if (target.mode === "none" || actor.kind === "native") return nothing;
  const layer = target.mode === "required" && target.principal !== undefined ? "trust" : "resource";
  if (target.policiesMissing !== undefined) {
    const unknown = unknownBecause(target.policiesMissing);
    const every = { exact: unknown, free: unknown, delegated: unknown, any: unknown };
    return passes ? every : { ...every, unread: target.policiesMissing };
  }
  const exact: Term[] = [];
  const free: Term[] = [];
  const account: Term[] = [];
  for (const use of target.policies) {
    for (const statement of statementsOf(collector, use, true)) {
      // A policy of KMS or S3 without a principal speaks to nobody.
      const naming =
        statement.principal === undefined
          ? undefined
          : namingOf(statement.principal, actor, statement.effect);
      const match = matchIn(collector, layer, use, statement);
      if (naming === undefined || match === undefined) continue;
      const literals: readonly Residual[] =
        naming.kind === "session"
          ? [
              ...match.literals,
              { key: naming.text, values: [], wanted: true, text: naming.text, ref: match.ref },
            ]
          : match.literals;
      const missing = naming.kind === "uncertain" ? [...match.missing, naming.fact] : match.missing;
      if (statement.effect === "Deny") {
        const deny: DenyMatch = { ref: match.ref, literals, missing };
        if (!passes) collector.denies.push(deny);
        continue;
      }
      const term: Term = { literals, missing, refs: [match.ref] };
      if (naming.kind === "exact") exact.push(term);
      else if (naming.kind === "account") account.push(term);
      else free.push(term);
    }
  }
  if (exact.length + free.length + account.length === 0) return nothing;
  const any = anyOfTerms(exact, free, account);
  return { exact: anyOfTerms(exact), free: anyOfTerms(free), delegated: any, any };
}
