import type { FrameworkRef } from "./analysis.js";
import { agenticFrameworks } from "./agentic-frameworks.js";
import { fired, holds, type Settled } from "./decided-facts.js";
import { isIdentityItself } from "./identity-exposure.js";
import { starters } from "./facts/privilege-facts.js";
import { spreadOf } from "./facts/spread.js";

/**
 * `remappedFrom`: the id under which the same cause is also spoken of, where the published text means something else by
 * it (standards.md 3g): `NHI-03` for standing secrets, over-privilege and weak life cycle is none of NHI3:2025, and
 * GV.OC-01 is the mission, not roles. The id itself is always the published one.
 */
const nhi = (id: string, reason: string, remappedFrom?: string): FrameworkRef => ({
  framework: "OWASP NHI Top 10",
  version: "2025",
  id,
  reason,
  ...(remappedFrom === undefined ? {} : { remappedFrom }),
});
const csf = (id: string, reason: string, remappedFrom?: string): FrameworkRef => ({
  framework: "NIST CSF",
  version: "2.0",
  id,
  reason,
  ...(remappedFrom === undefined ? {} : { remappedFrom }),
});
const spokenOf = "NHI-03";

/**
 * References with true ids and one reason each (R81, R82, R86); tables of standards.md 3a, 3b, 3g. No universal
 * standard decides ownership (R85): these explain, the rules decide.
 */
export function frameworksOf(settled: Settled): readonly FrameworkRef[] {
  const rows = new Set(settled.causes.map((cause) => cause.row));
  const { weakness, weaknessClass } = settled.view.input;
  const refs: FrameworkRef[] = [];
  const add = (condition: boolean, ref: FrameworkRef): void => {
    if (condition && !refs.some((known) => known.framework === ref.framework && known.id === ref.id))
      refs.push(ref);
  };
  const secret = rows.has(1) || holds(settled, "standing_secret_exposed");
  add(holds(settled, "standing_secret_exposed"), nhi("NHI2:2025", "a secret value can be read by others"));
  add(secret, nhi("NHI7:2025", "a standing secret is part of the path", spokenOf));
  add(
    rows.has(3) || holds(settled, "bypass") || (isIdentityItself(weakness) && holds(settled, "privileged")),
    nhi("NHI5:2025", "an identity holds more than its task needs", spokenOf),
  );
  add(
    holds(settled, "inherited_role") || holds(settled, "secret_reused") || weakness === "vault.access-policy",
    nhi("NHI9:2025", "an identity or its rights are inherited or reused"),
  );
  add(
    rows.has(6) ||
      holds(settled, "guardrail_missing") ||
      weaknessClass === "metadata-credential" ||
      holds(settled, "overbroad_trust"),
    nhi("NHI6:2025", "a guard rail or trust around a non-human identity is open"),
  );
  add(rows.has(2) && holds(settled, "overbroad_trust"), nhi("NHI4:2025", "a token subject is not pinned"));
  add(rows.has(8), nhi("NHI4:2025", "weaker authentication than available"));
  add(fired(settled, "D9"), nhi("NHI3:2025", "a third party holds or deploys an identity of ours"));
  add(weakness === "iam.key.stale", nhi("NHI1:2025", "a credential outlived its use", spokenOf));
  add(
    usedByPeople(settled),
    nhi("NHI10:2025", "a login that people can type belongs to an identity that is nobody's person"),
  );
  add(isOrphaned(settled), nhi("NHI1:2025", "a credential that nobody uses any more still opens something"));
  add(reachesProduction(settled), nhi("NHI8:2025", "an identity of a test environment reaches production"));
  const access = !fired(settled, "D1", "D10");
  add(
    access && !holds(settled, "framework_flaw"),
    csf("PR.AA-05", "permissions are defined, reviewed and held to least privilege"),
  );
  add(secret, csf("PR.AA-01", "credentials of services are managed"));
  add(
    rows.has(6) || holds(settled, "guardrail_missing") || rows.has(5),
    csf("PR.IR-01", "environments are protected from unauthorised logical access"),
  );
  add(fired(settled, "D1"), csf("PR.PS-01", "configuration is managed"));
  add(holds(settled, "framework_flaw"), csf("PR.PS-02", "software is maintained"));
  add(fired(settled, "D7"), csf("RS.MI-01", "the incident is contained"));
  add(fired(settled, "D7") && rows.size > 0, csf("RS.MI-02", "what the intruder used is eradicated"));
  add(fired(settled, "D13"), csf("ID.RA-07", "exceptions are managed and signed"));
  add(fired(settled, "D9"), csf("GV.SC-08", "suppliers take part in incident response"));
  const parties = fired(settled, "D9") ? settled.view.thirdParties : [];
  add(
    parties.some((party) => party.contract !== undefined && party.contract !== "none"),
    csf("GV.SC-05", "the duty to fix and to notify stands in the contract"),
  );
  add(
    parties.some((party) => party.kind === "open-source"),
    csf("GV.SC-07", "the risk of a supplier without a contract is ours to manage"),
  );
  add(
    parties.some((party) => party.technical?.telemetry !== undefined),
    csf("DE.CM-06", "what an external provider does is monitored"),
  );
  add(rows.has(10), csf("PR.PS-06", "the build is part of secure development"));
  add(rows.has(8), csf("PR.AA-03", "people are authenticated with what is available"));
  add(fired(settled, "D8"), csf("GV.RR-02", "roles and authorities are established", "GV.OC-01"));
  refs.push(...agenticFrameworks(settled));
  return refs;
}

/** A live secret of the case that the documents show without a single consumer and without use. */
const isOrphaned = ({ view }: Settled): boolean =>
  view.credentials.some(
    (item) => item.status === "active" && item.consumers.length === 0 && item.lastUsedAt === undefined,
  );

const usedByPeople = ({ view }: Settled): boolean =>
  view.credentials.some((item) => {
    const holder = view.context.estate.principal(item.holder);
    return item.kind === "password" && holder?.kind === "service-account";
  });

/** As the catalogue tells the environments of accounts apart. */
function reachesProduction({ view }: Settled): boolean {
  const { catalogue, estate, become } = view.context;
  const kinds = new Map(
    (catalogue?.accounts ?? []).map((account) => [account.id, account.environment] as const),
  );
  return starters(view).some((id) => {
    const home = estate.principal(id)?.account;
    if (home === undefined || kinds.get(home) !== "test") return false;
    const { accounts, data } = spreadOf(become, estate, id);
    return [...accounts, ...data].some((account) => kinds.get(account) === "production");
  });
}
