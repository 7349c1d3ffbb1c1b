import { intendedFor, type Role } from "../accountability/index.js";
import { evidenceAt } from "../estate/index.js";
import type { Case } from "./analysis.js";
import { fired, holds, type Settled } from "./decided-facts.js";
import type { DecisionLink, DecisionRemark } from "./decision-link.js";
import { nameOf } from "./names.js";
import { compareText } from "./sorting.js";

/** Remarks shown of each layer; the analysis names its facts in full elsewhere. */
const mostRemarks = 6;

/**
 * The decisions that led to the exposure, layer by layer (R57): who owns the application, how the platform was set, what
 * security knew of it. A draft from what is on record, which a person confirms; where nothing is on record the layer
 * says so instead of staying out.
 */
export function decisionChain(settled: Settled, origin: Case["origin"]): readonly DecisionLink[] {
  return [
    link(
      settled,
      "application ownership",
      "APP",
      applicationRemarks(settled),
      "no code and no workload is known behind it",
    ),
    link(
      settled,
      "platform configuration",
      holds(settled, "cloud_setting") ? "CLOUD_OPS" : "PLATFORM",
      platformRemarks(settled, origin),
      "nobody who set it is on record, and no guard rail was looked at",
    ),
    link(
      settled,
      "security oversight",
      fired(settled, "D6", "D7") ? "SECOPS" : fired(settled, "D1") ? "SEC_ENG" : "IDGOV",
      oversightRemarks(settled),
      "no report with a date, no review and no accepted risk is on record",
    ),
  ];
}

function link(
  { view }: Settled,
  layer: DecisionLink["layer"],
  role: Role,
  remarks: readonly DecisionRemark[],
  nothing: string,
): DecisionLink {
  const { answerables } = view.context.owners.owners(role, view.scope);
  const unique = [...new Map(remarks.map((remark) => [remark.text, remark])).values()];
  const open = [
    ...(unique.length === 0 ? [nothing] : []),
    ...(answerables.length === 0 ? [`nobody is found as ${role}`] : []),
  ];
  return {
    layer,
    role,
    answerable: answerables.slice(0, 2),
    remarks: unique.slice(0, mostRemarks),
    ...(unique.length > mostRemarks ? { moreRemarks: unique.length - mostRemarks } : {}),
    ...(open.length === 0 ? {} : { open: open.join("; ") }),
  };
}

function applicationRemarks({ view }: Settled): readonly DecisionRemark[] {
  const { estate } = view.context;
  const code = estate.definitions
    .filter(
      ({ target, file, status }) =>
        target !== undefined &&
        file !== undefined &&
        status !== "destroyed" &&
        view.scope.resources.includes(target),
    )
    .map(({ address, file, line, repository, origin, written }): DecisionRemark => {
      const place = `${file ?? ""}${line === undefined ? "" : `:${String(line)}`}`;
      return {
        text: `${repository === undefined ? "" : `${repository}: `}${address} is written in ${place}`,
        how: "defined in code",
        evidence: [evidenceAt(written ?? origin, address)],
      };
    });
  const built = view.catalogued.flatMap(({ id, planes, outsourced, origin }): readonly DecisionRemark[] => {
    const by = [
      ...(planes.build === undefined ? [] : [`built by ${planes.build.owner}`]),
      ...(outsourced === undefined ? [] : [`made by ${outsourced}`]),
    ];
    if (by.length === 0) return [];
    return [
      { text: `${id} is ${by.join(", ")}`, how: "said by the catalogue", evidence: [evidenceAt(origin, id)] },
    ];
  });
  const carried = view.input.exposures.flatMap(({ flaw, findings }): readonly DecisionRemark[] =>
    flaw === undefined || flaw.purls.length === 0
      ? []
      : [
          {
            text: `${flaw.purls.join(", ")} was built in${flaw.fixed?.[0] === undefined ? "" : `; mended in ${flaw.fixed[0]}`}`,
            how: "reported by a tool",
            evidence: findings.slice(0, 1).map(({ evidence }) => evidence),
          },
        ],
  );
  const deployed = view.workloads.map(({ id, repository, origin }): DecisionRemark => ({
    text: `${id} is deployed${repository === undefined ? "" : ` from ${repository}`}`,
    how: "seen in the estate",
    evidence: [evidenceAt(origin, id)],
  }));
  return [...code, ...built, ...carried, ...deployed];
}

function platformRemarks(settled: Settled, origin: Case["origin"]): readonly DecisionRemark[] {
  const { view, facts } = settled;
  // What is only possible is nobody's decision: of the origin, what an audit record or code shows.
  const made: readonly DecisionRemark[] =
    origin.kind === "event" || origin.kind === "code"
      ? [{ text: origin.text, how: origin.how, evidence: origin.evidence }]
      : [];
  const guard: readonly DecisionRemark[] =
    facts.guardrail_missing.value === true
      ? [
          {
            text: facts.guardrail_missing.note ?? "a guard rail that would have stopped it is off",
            how: "seen in the estate",
            evidence: facts.guardrail_missing.because.slice(0, 2),
          },
        ]
      : [];
  const grants = view.counted.flatMap(({ hops, recurrenceHop }): readonly DecisionRemark[] => {
    const hop = hops[recurrenceHop];
    if (hop === undefined || hop.evidence.length === 0) return [];
    return [
      {
        text: `${nameOf(hop.from)} ${hop.via}`,
        how: "seen in the estate",
        evidence: hop.evidence.slice(0, 2),
      },
    ];
  });
  return [...made, ...guard, ...grants];
}

function oversightRemarks(settled: Settled): readonly DecisionRemark[] {
  const { view, facts } = settled;
  const { catalogue, now } = view.context;
  const seen = view.input.exposures
    .flatMap(({ firstSeen, findings }) => (firstSeen === undefined ? [] : [{ firstSeen, findings }]))
    .sort((a, b) => compareText(a.firstSeen, b.firstSeen))[0];
  const reported: readonly DecisionRemark[] =
    seen === undefined
      ? []
      : [
          {
            text: `reported since ${seen.firstSeen.slice(0, 10)} by ${[...new Set(seen.findings.map(({ tool }) => tool))].sort().join(", ")}`,
            how: "reported by a tool",
            at: seen.firstSeen,
            evidence: seen.findings.slice(0, 1).map(({ evidence }) => evidence),
          },
        ];
  const accepted = view.input.exposures.flatMap(
    ({ resource, weakness, resourceName }): readonly DecisionRemark[] => {
      const found = intendedFor(catalogue, resource, weakness, now);
      if (found === undefined) return [];
      const ended = "expired" in found;
      const entry = ended ? found.expired : found.intended;
      return [
        {
          text: `${resourceName} was accepted by ${entry.approvedBy} until ${entry.until}${ended ? ", which has passed" : ""}: ${entry.reason}`,
          how: "said by the catalogue",
          evidence: [evidenceAt(entry.origin, entry.resource)],
        },
      ];
    },
  );
  const rules = (catalogue?.overrides.rules ?? [])
    .filter(({ enabled, reason }) => !enabled && reason.trim() !== "")
    .map(({ rule, reason, origin }): DecisionRemark => ({
      text: `rule ${rule} was switched off: ${reason}`,
      how: "said by the catalogue",
      evidence: [evidenceAt(origin, rule)],
    }));
  const before: readonly DecisionRemark[] =
    facts.repeat.value === true
      ? [
          {
            text: `the same access path was closed before${facts.repeat.note === undefined ? "" : `: ${facts.repeat.note}`}`,
            how: "seen in the estate",
            evidence: facts.repeat.because.slice(0, 2),
          },
        ]
      : [];
  const declared = view.incidents.map(({ id, declaredAt, origin }): DecisionRemark => ({
    text: `incident ${id} was declared ${declaredAt.slice(0, 10)}`,
    how: "seen in the estate",
    at: declaredAt,
    evidence: [evidenceAt(origin, id)],
  }));
  const reviewed = (catalogue?.workloadIdentities ?? [])
    .filter(
      ({ reviewedAt, principal }) =>
        reviewedAt !== undefined && view.identities.some((id) => id === principal),
    )
    .map(({ principal, reviewedAt, reviewedBy, origin }): DecisionRemark => ({
      text: `access of ${nameOf(principal)} was reviewed ${(reviewedAt ?? "").slice(0, 10)}${reviewedBy === undefined ? "" : ` by ${reviewedBy}`}`,
      how: "said by the catalogue",
      evidence: [evidenceAt(origin, principal)],
    }));
  return [...reported, ...before, ...accepted, ...reviewed, ...declared, ...rules];
}
