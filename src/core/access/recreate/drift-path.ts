import { evidenceAt, type Definition, type Estate } from "../../estate/index.js";
import type { Hop, Path } from "../recreation.js";
import { shortDigest } from "./digest.js";
import type { FormulaContext } from "./context.js";
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
  const { estate, id } = context;
  const place =
    definition.file === undefined
      ? definition.address
      : `${definition.file}${definition.line === undefined ? "" : `:${definition.line}`}`;
  const pipeline = pipelineOf(estate, definition);
  const repository = definition.repository ?? pipeline?.repository;
  const identity = pipeline?.runsAs ?? roleOf(estate, definition.pipeline);
  const applied = pipeline?.id ?? definition.pipeline;
  const hops: Hop[] = [];
  // Pipeline, identity, resource: every hop starts where the one before it ended.
  if (identity !== undefined) {
    hops.push({
      from: applied ?? repository ?? definition.address,
      to: identity,
      via: "applies the code as",
      evidence: pipeline === undefined ? [] : [evidenceAt(pipeline.origin, pipeline.id)],
      cause: "code",
    });
  }
  hops.push({
    from: identity ?? applied ?? repository ?? definition.address,
    to: id,
    via: `sets it: ${place}`,
    evidence: [evidenceAt(definition.origin, `${definition.address} (${definition.status})`)],
    cause: "code",
  });
  return driftPath(
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
}

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

function pipelineOf(estate: Estate, definition: Definition): Estate["pipelines"][number] | undefined {
  const linked = estate.links.find(
    (link) =>
      link.kind === "deploys" &&
      (link.to === definition.address || (definition.target !== undefined && link.to === definition.target)),
  )?.from;
  const id = definition.pipeline ?? linked;
  return id === undefined
    ? estate.pipelines.find(
        (item) =>
          definition.repository !== undefined &&
          item.repository === definition.repository &&
          item.runsAs !== undefined,
      )
    : estate.pipelines.find((item) => item.id === id);
}

function roleOf(estate: Estate, pipeline: string | undefined): string | undefined {
  return pipeline === undefined
    ? undefined
    : estate.links.find((link) => link.kind === "pipeline-role" && link.from === pipeline)?.to;
}
