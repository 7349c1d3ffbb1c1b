import { evidenceAt, type Definition } from "../../estate/index.js";
import type { Hop, Path } from "../recreation.js";
import { shortDigest } from "./digest.js";
import type { FormulaContext } from "./context.js";
import { deliveryOf } from "./delivery.js";
import type { Drift } from "./weakness-formula.js";

const tools: Readonly<Record<Definition["tool"], string>> = {
  terraform: "Terraform",
  cloudformation: "CloudFormation",
  controller: "a controller",
  other: "code",
};

/**
 * Code that is in force still declares the weakness: the next run sets it again and nobody has to decide anything
 * (recreation.md 1). However well the pipeline is gated, this is never governed.
 */
export function definitionPath(context: FormulaContext, definition: Definition): Path {
  const { id } = context;
  const place =
    definition.file === undefined
      ? definition.address
      : `${definition.file}${definition.line === undefined ? "" : `:${definition.line}`}`;
  const delivery = deliveryOf(context, definition);
  const { repository, pipeline, identity } = delivery;
  const from = pipeline ?? repository ?? definition.address;
  const hops: Hop[] = [];
  // Pipeline, identity, resource: every hop starts where the one before it ended.
  if (identity !== undefined) {
    hops.push({ from, to: identity, via: "applies the code as", evidence: delivery.evidence, cause: "code" });
  }
  hops.push({
    from: identity ?? from,
    to: id,
    via: `sets it: ${place}`,
    evidence: [
      // The line to change comes first: a reader opens it there.
      ...(definition.written === undefined ? [] : [evidenceAt(definition.written, definition.address)]),
      evidenceAt(definition.origin, `${definition.address} (${definition.status})`),
    ],
    cause: "code",
  });
  const path = driftPath(
    hops,
    repository ?? definition.address,
    identity ?? definition.address,
    `${tools[definition.tool]} sets it: ${place}`,
    {
      kind: "pipeline",
      id: shortDigest("definition", repository ?? "", definition.address),
      label: place,
    },
    tools[definition.tool],
  );
  return {
    ...path,
    ...(delivery.credential === undefined ? {} : { credential: delivery.credential }),
    ...(definition.doubt === undefined ? {} : { verdict: "unknown", missing: [definition.doubt] }),
    ...(definition.tool === "cloudformation" ? { certainty: "conditional", condition: untouched } : {}),
    code: {
      tool: definition.tool,
      address: definition.address,
      ...(definition.file === undefined ? {} : { file: definition.file }),
      ...(definition.line === undefined ? {} : { line: definition.line }),
      ...(repository === undefined ? {} : { repository }),
      ...(pipeline === undefined ? {} : { pipeline }),
      ...(identity === undefined ? {} : { identity }),
    },
  };
}

/**
 * An update of a stack compares its template with the template before, and leaves what did not change as it stands,
 * unless the change set is drift-aware (AWS CloudFormation User Guide, "Using drift-aware change sets").
 */
const untouched = "an update of the stack touches this resource, or its change set is drift-aware";

export function otherDriftPath(context: FormulaContext, drift: Drift): Path {
  const hop: Hop = {
    from: drift.starter,
    to: context.id,
    via: drift.label,
    evidence: drift.evidence,
    cause: "code",
  };
  return {
    ...driftPath(drift.hops ?? [hop], drift.starter, drift.starter, drift.because, {
      kind: "pipeline",
      id: shortDigest("drift", drift.controlId),
      label: drift.label,
    }),
    verdict: drift.verdict,
    missing: drift.missing,
  };
}

function driftPath(
  hops: readonly Hop[],
  starter: string,
  actor: string,
  because: string,
  control: Path["control"],
  startedBy?: string,
): Path {
  return {
    kind: "pipeline",
    leg: "drift",
    band: 0,
    certainty: "certain",
    governed: false,
    verdict: true,
    hops,
    recurrenceHop: startedBy === undefined ? 0 : hops.length - 1,
    route: shortDigest("drift", starter, ...hops.map((hop) => `${hop.from} ${hop.to} ${hop.via}`)),
    because,
    ...(startedBy === undefined ? {} : { startedBy }),
    missing: [],
    starter,
    actor,
    control,
  };
}
