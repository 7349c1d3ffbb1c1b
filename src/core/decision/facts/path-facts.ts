import type { Hop, Path } from "../../access/index.js";
import { principalId } from "../../estate/index.js";
import type { FactRecord } from "../analysis.js";
import type { CaseView } from "../case-view.js";
import { excessHops } from "../causes.js";
import { isIdentityItself } from "../identity-exposure.js";
import { shortName } from "../names.js";
import { known } from "./fact.js";

const evidenceOf = (path: Path): FactRecord["because"] =>
  path.hops.flatMap((hop) => hop.evidence).slice(0, 6);

/** True when a counted path shows it, unknown when only a path with missing facts does. */
function onPaths(view: CaseView, test: (path: Path) => boolean, note?: string): FactRecord {
  const counted = view.counted.find(test);
  if (counted !== undefined) return known(true, evidenceOf(counted), note ?? counted.because);
  const open = view.candidates.find(test);
  if (open !== undefined)
    return known(
      "unknown",
      evidenceOf(open),
      `only if ${open.missing[0]?.fact ?? "a missing fact"} allows it`,
    );
  return known(false);
}

const startsFromIdentity = (path: Path): boolean =>
  path.hops.some((hop) => hop.cause !== "setting" && hop.cause !== "guardrail");

/** R4, R16: a path of band 0 to 2 that starts from, or runs through, an identity or pipeline, outside shared causes. */
export function canRecur(view: CaseView): FactRecord {
  if (view.input.sharedCause !== undefined) {
    const { band, title } = view.input.sharedCause;
    return known(
      band <= 2,
      view.input.sharedCause.entries.flatMap(({ entry }) => entry.evidence).slice(0, 6),
      title,
    );
  }
  const fact = onPaths(view, startsFromIdentity);
  if (fact.value === false && view.input.recreations.some((answer) => answer.verdict === "unknown")) {
    return known(
      "unknown",
      [],
      view.input.recreations.flatMap((answer) => answer.missing)[0]?.fact ?? "a fact is missing",
    );
  }
  return fact;
}

/**
 * D5: an over-privileged machine identity makes the asset reachable: around the containment, or as the exposure stands.
 * A token that carries its own rights is a secret, not an identity.
 */
export function bypass(view: CaseView): FactRecord {
  if (isIdentityItself(view.input.weakness)) return known(false, [], "the exposure is the identity itself");
  const counted = onPaths(view, (path) => path.leg === "bypass");
  if (counted.value === true) return counted;
  // A flaw combined with excess rights is D6 with R8, not D5.
  if (view.input.kind === "flaw") return counted;
  const excess = [...view.use.filter((hop) => hop.cause === "grant"), ...excessHops(view)].find((hop) =>
    isMachine(view, hop.from),
  );
  return excess === undefined
    ? counted
    : known(true, excess.evidence, `${shortName(excess.from)} ${excess.via}`);
}

/** Not a person, as far as the estate says: an IAM user with a console password is one. */
function isMachine(view: CaseView, id: string): boolean {
  const principal = view.context.estate.principal(principalId(id));
  return (
    principal !== undefined &&
    principal.kind !== "person" &&
    principal.kind !== "saml-subject" &&
    principal.console?.password !== true
  );
}

export const drift = (view: CaseView): FactRecord => onPaths(view, (path) => path.leg === "drift");
export const inheritedRole = (view: CaseView): FactRecord =>
  onPaths(
    view,
    (path) =>
      path.kind === "inherited-role" ||
      path.hops.some(
        (hop) => hop.cause === "grant" && (hop.via.includes("become") || inheritedFrom(view, hop)),
      ),
  );

/** The grant behind a hop hangs at a wider scope than the resource: group, subscription, folder. */
const inheritedFrom = (view: CaseView, hop: Hop): boolean =>
  view.context.estate.grants.some(
    (grant) =>
      grant.inheritedFrom !== undefined &&
      grant.inheritedFrom !== "direct" &&
      hop.evidence.some(
        (item) => item.digest === grant.origin.source.digest && item.pointer === grant.origin.pointer,
      ),
  );

/** A stranger can start: wildcard subject, external account without ExternalId, `*`. */
export const overbroadTrust = (view: CaseView): FactRecord =>
  view.input.weaknessClass === "trust"
    ? known(
        true,
        view.input.exposures.flatMap((item) => item.findings.map((row) => row.evidence)).slice(0, 3),
      )
    : onPaths(
        view,
        (path) => path.band === 1 && (path.kind === "trust" || path.kind === "federated-workload"),
      );

/** D4: a federated workload or service principal is on the path, or is the exposure itself. */
export function federatedOrServicePrincipal(view: CaseView): FactRecord {
  const used = isIdentityItself(view.input.weakness)
    ? view.use.find((hop) => hop.cause === "federation")
    : undefined;
  if (used !== undefined) return known(true, used.evidence, `${shortName(used.from)} ${used.via}`);
  return onPaths(
    view,
    (path) =>
      path.kind === "federated-workload" ||
      path.kind === "service-principal" ||
      path.hops.some((hop) => hop.cause === "federation"),
  );
}

/** R9: a guard rail that is off and would have stopped the path. */
export function guardrailMissing(view: CaseView): FactRecord {
  const hop = [...view.counted.flatMap((path) => path.hops), ...view.use].find(
    (item) => item.cause === "guardrail",
  );
  if (hop !== undefined) return known(true, hop.evidence, hop.via);
  const ids = new Set([
    ...view.scope.resources,
    ...view.scope.workloads.map((id) => `workload:${id}`),
    ...view.accounts,
  ]);
  const off = view.context.estate.guardrails.find((item) => item.state === "off" && ids.has(item.resource));
  if (off !== undefined)
    return known(
      true,
      [
        {
          document: off.origin.source.path,
          digest: off.origin.source.digest,
          excerpt: `guard rail ${off.id} is off`,
        },
      ],
      off.id,
    );
  return known(false);
}
