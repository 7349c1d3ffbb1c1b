import { evidenceAt } from "../../estate/index.js";
import type { FactRecord } from "../analysis.js";
import type { CaseView } from "../case-view.js";
import { known } from "./fact.js";
import { exploited, exposed } from "./workload-facts.js";

/** Weaknesses whose very nature is that a secret value lies open (interfaces.md, Weakness). */
const exposedSecretWeaknesses: ReadonlySet<string> = new Set([
  "iam.key.exposed",
  "secret.in-config",
  "storage.sas.exposed",
  "web.dotenv",
  "secret.exposed",
  "secret.in-code",
]);

/** D3: a secret value readable by others. A person's own password is standing human access (row 8), not this. */
export function standingSecretExposed(view: CaseView): FactRecord {
  const own = view.input.exposures.filter(
    (item) => exposedSecretWeaknesses.has(item.weakness) && item.state === "open",
  );
  if (own.length > 0)
    return known(true, own.flatMap((item) => item.findings.map((row) => row.evidence)).slice(0, 3));
  for (const credential of view.credentials) {
    if (credential.kind === "password" || credential.status === "deleted" || credential.status === "expired")
      continue;
    const copy = credential.copies.find(
      (item) => item.readableBy === "public" || item.readableBy === "leaked",
    );
    if (copy !== undefined)
      return known(
        true,
        [evidenceAt(copy.origin, `a copy lies in ${copy.place}`)],
        `a copy lies in ${copy.place}`,
      );
  }
  const kept = view.use.find((hop) => hop.cause === "secret");
  // Whoever broke into the supplier has read what it keeps.
  if (kept !== undefined && view.input.weakness === "vendor.compromised")
    return known(true, kept.evidence, `${kept.from} lies with the supplier`);
  const throughFlaw = readThroughFlaw(view);
  if (throughFlaw !== undefined) return throughFlaw;
  const unclear = view.credentials
    .flatMap((item) => item.copies)
    .find((copy) => copy.readableBy === "unknown");
  return unclear === undefined
    ? known(false)
    : known(
        "unknown",
        [evidenceAt(unclear.origin, unclear.place)],
        `who can read ${unclear.place} is not known`,
      );
}

/** Whoever uses the flaw of a workload reads the standing secrets that lie in it: in strange hands once strangers get there. */
function readThroughFlaw(view: CaseView): FactRecord | undefined {
  if (view.input.kind !== "flaw") return undefined;
  const [hop] = view.use.filter((one) => one.cause === "secret");
  if (hop === undefined) return undefined;
  const got = [exploited(view).value, exposed(view).value];
  if (got.includes(true)) return known(true, hop.evidence, `${hop.from} is readable through the flaw`);
  return got.includes("unknown")
    ? known("unknown", hop.evidence, "whether strangers reach the flaw is not known")
    : known(false, hop.evidence, "nobody from outside reaches the flaw");
}

/** The same value lies in several places, or several consumers use it. */
export function secretReused(view: CaseView): FactRecord {
  const reused = view.credentials.find((item) => item.copies.length > 1 || item.consumers.length > 1);
  if (reused !== undefined)
    return known(true, [
      evidenceAt(
        reused.origin,
        `${String(reused.copies.length)} copies, ${String(reused.consumers.length)} consumers`,
      ),
    ]);
  const path = view.counted.find((item) => item.kind === "secret-reuse");
  return path === undefined
    ? known(false)
    : known(
        true,
        path.hops.flatMap((hop) => hop.evidence),
        path.because,
      );
}

/** R28: every standing secret of the workload is rotated by a machine. No secret at all: nothing to rotate. */
export function secretsAutoRotated(view: CaseView): FactRecord {
  const secrets = secretsOfWorkload(view);
  if (secrets === undefined) return known("unknown", [], "which secrets the workload holds is not known");
  if (secrets.some((item) => item.autoRotated === false)) return known(false);
  return secrets.some((item) => item.autoRotated === "unknown")
    ? known("unknown")
    : known(
        true,
        secrets.map((item) => evidenceAt(item.origin, "rotated automatically")),
      );
}

/**
 * R28, R79: tightly scoped = no wildcard resource and at most one service, for every identity that the
 * workload's secrets open.
 */
export function secretsScoped(view: CaseView): FactRecord {
  const secrets = secretsOfWorkload(view);
  if (secrets === undefined) return known("unknown", [], "which secrets the workload holds is not known");
  const { estate } = view.context;
  for (const secret of secrets) {
    const holder = estate.principal(secret.holder);
    if (holder === undefined)
      return known("unknown", [evidenceAt(secret.origin, secret.id)], "what the secret opens is not known");
    const statements = [
      ...holder.inline.flatMap((use) => use.document.statements),
      ...holder.attached.flatMap(
        (item) =>
          estate.managedPolicy(item.arn)?.versions.find((version) => version.isDefault)?.use.document
            .statements ?? [],
      ),
    ].filter((statement) => statement.effect === "Allow");
    const grants = estate.grants.filter(
      (grant) => grant.holder === secret.holder && grant.effect === "Allow",
    );
    const services = new Set([
      ...statements.flatMap((statement) =>
        statement.action.patterns.map((pattern) => pattern.split(":")[0] ?? "*"),
      ),
      ...grants.flatMap((grant) => grant.actions.map((action) => action.split(/[:/]/)[0] ?? "*")),
    ]);
    const wildcard =
      statements.some(
        (statement) => statement.resource?.patterns.includes("*") === true || statement.action.negated,
      ) || grants.some((grant) => grant.resources.includes("*"));
    if (wildcard || services.size > 1 || services.has("*"))
      return known(false, [evidenceAt(secret.origin, `${secret.id} is not tightly scoped`)]);
  }
  return known(
    true,
    secrets.map((item) => evidenceAt(item.origin, `${item.id} opens one service, no wildcard`)),
  );
}

/** R7: a secret that outlives its use. */
export function persistentSecret(view: CaseView): FactRecord {
  const secrets = secretsOfWorkload(view);
  if (secrets === undefined) return known("unknown");
  const standing = secrets.find((item) => item.autoRotated === false && item.status === "active");
  return standing === undefined
    ? known(false)
    : known(true, [evidenceAt(standing.origin, `${standing.id} is standing`)]);
}

/** Three facts ask for them. */
const secretsOf = new WeakMap<CaseView, { readonly found: CaseView["credentials"] | undefined }>();

function secretsOfWorkload(view: CaseView): CaseView["credentials"] | undefined {
  let known = secretsOf.get(view);
  if (known === undefined) secretsOf.set(view, (known = { found: findSecrets(view) }));
  return known.found;
}

function findSecrets(view: CaseView): CaseView["credentials"] | undefined {
  const { estate } = view.context;
  const holders = new Set([...view.workloads.flatMap((workload) => workload.runsAs), ...view.identities]);
  const names = new Set(view.scope.workloads.flatMap((id) => [id, `workload:${id}`]));
  const found =
    holders.size + names.size === 0
      ? []
      : estate.credentials.filter(
          (item) => holders.has(item.holder) || item.consumers.some((consumer) => names.has(consumer)),
        );
  if (found.length > 0) return found;
  return view.workloads.length > 0 ? [] : undefined;
}
