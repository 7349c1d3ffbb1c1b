import { evidenceAt, type Credential, type Evidence, type Grant } from "../../estate/index.js";
import type { Hop } from "../recreation.js";
import { globMatches } from "../glob.js";
import type { FormulaContext } from "./context.js";

/**
 * How an exposure is used before containment, as hops (`Recreation.exposurePath`): what has to be fixed for good even
 * when containment leaves no way back (R11, R33). Built from facts of the estate only; nothing here is a way back.
 */

/** The secret that is the exposure: whoever reads it is its holder. A person's own password is row 8. */
export function secretHops(credentials: readonly Credential[]): readonly Hop[] {
  return credentials.map((credential) => ({
    from: credential.id,
    to: credential.holder,
    via: "opens",
    evidence: [evidenceAt(credential.origin, `${credential.id} of ${credential.holder}`)],
    cause: causeOf(credential),
  }));
}

/** Rows of decision-rules.md C: a person's password is 8, a grant that an application renews by itself 2, else 1. */
export function causeOf({ kind }: Credential): Hop["cause"] {
  if (kind === "password") return "human";
  return kind === "oauth-grant" ? "federation" : "secret";
}

/**
 * Rights of an exposed secret that are wider than one thing: a pattern over resources, or over actions. A token that
 * carries its rights itself (SAS) stands for its holder.
 */
export function wideGrantHops(context: FormulaContext, credentials: readonly Credential[]): readonly Hop[] {
  return credentials.flatMap((credential) =>
    context.estate.grants
      .filter(
        (grant) =>
          (grant.holder === credential.holder || String(grant.holder) === credential.id) &&
          isWideGrant(grant),
      )
      .map((grant): Hop => grantHop(grant, credential.kind === "sas" ? credential.id : credential.holder)),
  );
}

/** Rights of machine identities over a resource that come from a wider scope than the resource itself. */
export function inheritedGrantHops(context: FormulaContext, actions: readonly string[]): readonly Hop[] {
  const { estate, id } = context;
  return estate.grants
    .filter((grant) => {
      const holder = estate.principal(grant.holder);
      return (
        grant.effect === "Allow" &&
        isWideGrant(grant) &&
        holder !== undefined &&
        machineKinds.has(holder.kind) &&
        grant.resources.some((pattern) => globMatches(pattern.toLowerCase(), id.toLowerCase())) &&
        grant.actions.some((pattern) =>
          actions.some((action) => globMatches(pattern.toLowerCase(), action.toLowerCase())),
        )
      );
    })
    .map((grant) => grantHop(grant, grant.holder));
}

/** Every right that these identities hold, as the document states it: what a stranger with their secret has. */
export const grantHopsOf = (context: FormulaContext, holders: readonly string[]): readonly Hop[] =>
  context.estate.grants
    .filter((grant) => grant.effect === "Allow" && holders.includes(grant.holder))
    .map((grant) => grantHop(grant, grant.holder));

/** A resource setting that the use of the exposure needs. */
export const settingHop = (resource: string, label: string, evidence: readonly Evidence[]): Hop => ({
  from: resource,
  to: resource,
  via: label,
  evidence,
  cause: "setting",
});

/** A guard rail that is off and would have stopped the use (R9). */
export const guardHop = (from: string, to: string, label: string, evidence: readonly Evidence[]): Hop => ({
  from,
  to,
  via: label,
  evidence,
  cause: "guardrail",
});

/** Kinds of identity that no person signs in as. */
const machineKinds: ReadonlySet<string> = new Set([
  "service-account",
  "managed-identity",
  "application",
  "federated-subject",
  "role",
]);

/** Reaches more than things named one by one: a pattern, or a right inherited from a wider scope. */
export const isWideGrant = (grant: Grant): boolean =>
  grant.effect === "Allow" &&
  (grant.inheritedFrom !== undefined ||
    grant.resources.some((pattern) => /[*?]/.test(pattern)) ||
    grant.actions.some((pattern) => /[*?]/.test(pattern)));

function grantHop(grant: Grant, holder: string): Hop {
  const [action = "*"] = grant.actions;
  const from = grant.inheritedFrom === undefined ? "" : `, inherited from ${grant.inheritedFrom}`;
  return {
    from: holder,
    to: grant.resources[0] ?? "*",
    via: `may ${action}${from}`,
    action,
    evidence: [evidenceAt(grant.origin, `${grant.id}: ${grant.actions.join(", ")}${from}`)],
    cause: "grant",
  };
}
