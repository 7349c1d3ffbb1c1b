import { defaultGate, gateOf, type ReadinessGap } from "../core/decision/index.js";
import type { InputOptions } from "./load-inputs.js";
import { readinessOfFiles } from "./readiness.js";

export interface GateOptions extends InputOptions {
  readonly fromTier?: 1 | 2 | 3;
  /** Gaps of an earlier `remit readiness --format json`. */
  readonly baseline?: readonly Pick<ReadinessGap, "kind" | "scope" | "duty">[];
}

/** Whether a release may go: accountability as the readiness shows it, held to a policy. */
export async function gateOfFiles(options: GateOptions) {
  const asked = await readinessOfFiles(options);
  if (asked.kind === "nothing-readable") return asked;
  const { generatedAt, inputs, rejected, workloads, gaps, coverage } = asked.document;
  const policy = { ...defaultGate, fromTier: options.fromTier ?? defaultGate.fromTier };
  const result = gateOf({ gaps }, policy, options.baseline);
  return {
    kind: "answer",
    document: {
      schema: "remit.gate/1" as const,
      generatedAt,
      inputs,
      rejected,
      policy: { fromTier: policy.fromTier, advisory: [...policy.advisory] },
      pass: result.pass,
      reasons: result.reasons.map(({ level, gap }) => ({ level, ...gap })),
      known: result.known,
      workloads: workloads.length,
      coverage,
    },
  } as const;
}
