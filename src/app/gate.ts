import { defaultGate, gateOf, type Readiness, type ReadinessGap } from "../core/decision/index.js";
import type { InputOptions } from "./load-inputs.js";
import { readinessOfFiles } from "./readiness.js";

export interface GatePolicy {
  readonly fromTier?: 1 | 2 | 3;
  /** Gaps of an earlier `remit readiness --format json`. */
  readonly baseline?: readonly Pick<ReadinessGap, "kind" | "scope" | "duty">[];
}

export type GateOptions = InputOptions & GatePolicy;

/** Whether a release may go: accountability as the readiness shows it, held to a policy. */
export async function gateOfFiles(options: GateOptions) {
  const asked = await readinessOfFiles(options);
  if (asked.kind === "nothing-readable") return asked;
  return { kind: "answer", document: gateOfReadiness(asked.document, options) } as const;
}

/** The same of a readiness that was asked for before. */
export function gateOfReadiness<Input, Rejected>(
  {
    generatedAt,
    inputs,
    rejected,
    workloads,
    gaps,
    coverage,
  }: Pick<Readiness, "workloads" | "gaps" | "coverage"> & {
    readonly generatedAt: string;
    readonly inputs: readonly Input[];
    readonly rejected: readonly Rejected[];
  },
  options: GatePolicy,
) {
  const policy = { ...defaultGate, fromTier: options.fromTier ?? defaultGate.fromTier };
  const result = gateOf({ gaps }, policy, options.baseline);
  return {
    schema: "remit.gate/1" as const,
    generatedAt,
    inputs: [...inputs],
    rejected: [...rejected],
    policy: { fromTier: policy.fromTier, advisory: [...policy.advisory] },
    pass: result.pass,
    reasons: result.reasons.map(({ level, gap }) => ({ level, ...gap })),
    known: result.known,
    workloads: workloads.length,
    coverage,
  };
}
