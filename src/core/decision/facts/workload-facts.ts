import { evidenceAt } from "../../estate/index.js";
import type { CaseExposure, FactRecord } from "../analysis.js";
import type { CaseView } from "../case-view.js";
import { isRuntimeConstraint } from "../exposure-row.js";
import { lateness } from "../deadlines/lateness.js";
import { anyFact, assumed, known, stated, triOf } from "./fact.js";
import { deployed } from "./runtime-facts.js";
import { privilegesOf } from "./spread.js";

/** Facts that documents state about the exposure itself, the catalogue's workload or the estate's workload (R67). */
function ofWorkload(view: CaseView, name: string): FactRecord {
  const ofExposure = view.stated.flatMap((item) => {
    const value = triOf(item.facts[name]);
    return value === "unknown" ? [] : [stated(value, item.origin, `${name}: ${String(value)}`)];
  });
  if (ofExposure.length > 0) return anyFact(ofExposure);
  const catalogued = view.catalogued.flatMap((entry) => {
    const value = triOf((entry.facts as Readonly<Record<string, unknown>>)[name]);
    return value === "unknown" ? [] : [stated(value, entry.origin, `${name}: ${String(value)}`)];
  });
  if (catalogued.length > 0) return anyFact(catalogued);
  const observed = view.workloads.flatMap((workload) => {
    const value = triOf(workload.facts[name]);
    return value === "unknown" ? [] : [stated(value, workload.origin, `${name}: ${String(value)}`)];
  });
  return observed.length > 0
    ? anyFact(observed)
    : known("unknown", [], `no document says ${questions[name] ?? name}`);
}

const questions: Readonly<Record<string, string>> = {
  customerFacing: "whether it is customer-facing",
  kev: "whether the flaw is known to be exploited",
  automatable: "whether the flaw can be used by machine",
  technicalImpactTotal: "how far the flaw reaches",
  patchAvailable: "whether a patch exists",
  deadlinePassed: "whether its deadline has passed",
  weakSeparation: "whether control plane and workload are separated",
};

export const customerFacing = (view: CaseView): FactRecord => ofWorkload(view, "customerFacing");
/** Stated, or said by CISA's list or a tool (R8); not being on a list that was read is no proof, it stays unknown. */
export function kev(view: CaseView): FactRecord {
  const said = flawFact(view, "kev");
  const listed = view.input.exposures.find(({ flaw }) => flaw?.exploited === true);
  return said.value !== "unknown" || listed === undefined
    ? said
    : ofFindings(true, listed, "known to be exploited");
}
export const automatable = (view: CaseView): FactRecord => flawFact(view, "automatable");
export const technicalImpact = (view: CaseView): FactRecord => flawFact(view, "technicalImpactTotal");
export function patchAvailable(view: CaseView): FactRecord {
  const said = ofWorkload(view, "patchAvailable");
  if (said.value !== "unknown") return said;
  const flaws = view.input.exposures.filter(({ flaw }) => flaw?.fixed !== undefined);
  const mended = flaws.find(({ flaw }) => (flaw?.fixed ?? []).length > 0);
  if (mended !== undefined)
    return ofFindings(true, mended, `mended in ${(mended.flaw?.fixed ?? []).slice(0, 3).join(", ")}`);
  if (flaws[0] !== undefined) return ofFindings(false, flaws[0], "the tools name no version that mends it");
  const why = byDesign[view.input.weakness];
  return why === undefined ? said : known(false, [], why);
}

const ofFindings = (value: boolean, { findings }: CaseExposure, note: string): FactRecord =>
  known(value, findings.map(({ evidence }) => evidence).slice(0, 2), note);

/** Weaknesses that a provider documents as its design: no patch will come (D13). */
const byDesign: Readonly<Record<string, string>> = {
  // Microsoft Learn, "Azure Key Vault: access policies vs RBAC" (recreation.md, row A3).
  "vault.access-policy": "the provider documents it as designed: no patch will come",
};

export const deadlinePassed = (view: CaseView, asked: Parameters<typeof lateness>[1]): FactRecord => {
  if (view.input.kind === "flaw") {
    const runs = deployed(view);
    if (runs.value === false) return known(false, runs.because, "no rule book asks of what nothing runs");
  }
  const late = lateness(view, asked);
  if (late !== undefined) return late;
  const fact = ofWorkload(view, "deadlinePassed");
  return fact.value === "unknown" ? known(false) : fact;
};
export const mission = (view: CaseView): FactRecord => {
  const level = view.catalogued.find((entry) => entry.facts.mission !== undefined);
  return level === undefined
    ? known("unknown")
    : known(level.facts.mission === "high", [
        evidenceAt(level.origin, `mission: ${String(level.facts.mission)}`),
      ]);
};

function flawFact(view: CaseView, name: string): FactRecord {
  if (view.input.kind !== "flaw") return known(false, [], "no framework flaw");
  return ofWorkload(view, name);
}

/** D6: a flaw in framework or dependency, as opposed to a component that was set wrongly. */
export const frameworkFlaw = (view: CaseView): FactRecord =>
  known(
    view.input.kind === "flaw",
    view.input.kind === "flaw"
      ? view.input.exposures.flatMap((item) => item.findings.map((row) => row.evidence)).slice(0, 2)
      : [],
  );

/** The workload or resource can be reached from outside. */
export function exposed(view: CaseView): FactRecord {
  if (view.input.weaknessClass === "public-exposure") {
    const open = view.input.exposures.filter((item) => item.state === "open");
    return known(
      open.length > 0,
      open.flatMap((item) => item.findings.map((row) => row.evidence)).slice(0, 2),
    );
  }
  if (view.input.kind === "flaw") {
    const runs = deployed(view);
    if (runs.value === false) return known(false, runs.because, "deployed nowhere");
  }
  const facts = view.workloads.map((workload) =>
    stated(workload.exposed, workload.origin, `exposed: ${String(workload.exposed)}`),
  );
  return facts.length === 0 ? known("unknown") : anyFact(facts);
}

export function incidentDeclared(view: CaseView): FactRecord {
  const [incident] = view.incidents;
  return incident === undefined
    ? known(false, [], "no incident is declared")
    : stated(true, incident.origin, `incident ${incident.id} declared ${incident.declaredAt}`);
}

export function exploited(view: CaseView): FactRecord {
  const said = view.incidents.length > 0 ? undefined : ofWorkload(view, "exploited");
  if (said !== undefined && said.value !== "unknown") return said;
  if (view.incidents.length > 0) {
    return anyFact(
      view.incidents.map((item) =>
        stated(item.exploited, item.origin, `incident ${item.id}: exploited ${String(item.exploited)}`),
      ),
    );
  }
  return view.input.kind === "flaw"
    ? known("unknown", [], "no triage is recorded")
    : known(false, [], "no incident is declared");
}

/** Unknown counts as true and is marked assumed (decision-rules.md, policy defaults). */
export function regulated(view: CaseView): FactRecord {
  const { catalogue } = view.context;
  const accounts = (catalogue?.accounts ?? []).filter((account) => view.accounts.includes(account.id));
  const perAccount = accounts.map((account) => account.regulated).filter((value) => value !== "unknown");
  if (perAccount.length > 0)
    return known(
      perAccount.includes(true),
      accounts.map((account) => evidenceAt(account.origin, `regulated: ${String(account.regulated)}`)),
    );
  const overall = catalogue?.policy.regulated ?? "unknown";
  if (overall !== "unknown") return known(overall, [], "the policy of the catalogue says so");
  return assumed(
    true,
    catalogue === undefined ? "assumed, no catalogue" : "assumed, the catalogue does not say",
  );
}

/** D14: a closed case had the same access path. */
export function repeat(view: CaseView, accessPathKey: string): FactRecord {
  const closure = view.context.estate.closures.find((item) => item.accessPathKey === accessPathKey);
  if (closure === undefined) return known(false);
  const closed = `closed ${closure.closedAt.slice(0, 10)}${closure.signer === undefined ? "" : ` by ${closure.signer}`}`;
  return { ...stated(true, closure.origin, closed), note: closed };
}

/** D9: somebody else's identity, code or service is on the path. */
export function thirdParty(view: CaseView): FactRecord {
  const [party] = view.thirdParties;
  if (party !== undefined) return stated(true, party.origin, `third party ${party.id}`);
  const path = view.counted.find(
    (item) => item.kind === "trust" && item.hops.some((hop) => hop.cause === "account-trust"),
  );
  if (path !== undefined && path.band === 1)
    return known(true, path.hops[0]?.evidence ?? [], "an account that is not ours starts the path");
  return known(false);
}

/** `settings_only` needs to know whether a cloud resource setting is part of the exposure (D2). */
export function cloudSetting(view: CaseView): FactRecord {
  const settingClasses = new Set([
    "public-exposure",
    "network-boundary",
    "missing-edge-control",
    "metadata-credential",
    "configuration",
    "trust",
  ]);
  const { weaknessClass, weakness } = view.input;
  const setting =
    (settingClasses.has(weaknessClass) && !isRuntimeConstraint(weakness)) || settingWeaknesses.has(weakness);
  return known(
    setting,
    [],
    setting ? "a resource setting is part of the exposure" : "no cloud setting is part of the exposure",
  );
}

/** Credential and identity weaknesses in which a resource setting is wrong all the same. */
const settingWeaknesses: ReadonlySet<string> = new Set([
  "storage.sas.exposed", // the storage account allows shared-key access
  "vault.access-policy", // the vault's permission model
  "edge.ssrf", // the host allows token-less metadata
  "secret.in-config",
  "web.dotenv",
]);

/** R7: the workload's own identity may act on the control plane, i.e. manage permissions. */
export function weakSeparation(view: CaseView): FactRecord {
  const said = ofWorkload(view, "weakSeparation");
  const ids = view.workloads.flatMap((workload) => workload.runsAs);
  if (said.value !== "unknown" || ids.length === 0) return said;
  const { become, estate } = view.context;
  if (ids.some((id) => estate.principal(id) === undefined)) return said;
  const held = ids.flatMap((id) => privilegesOf(become, id))[0];
  return held === undefined
    ? known(false)
    : known(true, [held.evidence], `its own identity holds ${held.action}`);
}
