import type { FrameworkRef } from "./analysis.js";
import { fired, holds, type Settled } from "./decided-facts.js";

const rmf = (id: string, reason: string): FrameworkRef => ({
  framework: "NIST AI RMF",
  version: "1.0",
  id,
  reason,
});
const maestro = (id: string, reason: string): FrameworkRef => ({
  framework: "CSA MAESTRO",
  // Version 2 has other layers: an id is only one together with its version (standards.md 3d).
  version: "1",
  id,
  reason,
});

/**
 * References for workloads that act by themselves (R83, R84; standards.md 3c, 3d). Nothing for any other workload, and
 * nothing where no document says what it is: both frameworks are about AI systems and not about ownership at large.
 */
export function agenticFrameworks(settled: Settled): readonly FrameworkRef[] {
  if (!holds(settled, "agentic")) return [];
  const rows = new Set(settled.causes.map((cause) => cause.row));
  const secret = rows.has(1) || rows.has(2) || holds(settled, "standing_secret_exposed");
  const refs: readonly (readonly [boolean, FrameworkRef])[] = [
    [true, rmf("GOVERN 2.1", "who answers for the agent, and who is told, is written down")],
    [
      settled.tier >= 2 || fired(settled, "D13"),
      rmf("GOVERN 2.3", "a named person takes the decision about its risk"),
    ],
    [fired(settled, "D11"), rmf("MAP 3.5", "a person oversees what the agent may do")],
    [fired(settled, "D9"), rmf("GOVERN 6.1", "what a third party builds into the agent has an owner")],
    [fired(settled, "D7"), rmf("GOVERN 4.3", "the incident is identified and told")],
    [
      holds(settled, "framework_flaw") || secret,
      rmf("MEASURE 2.7", "the security of the agent is evaluated"),
    ],
    [fired(settled, "D13"), rmf("MANAGE 1.4", "the risk that stays is documented and signed")],
    [
      fired(settled, "D7", "D8", "D11"),
      rmf("MANAGE 2.4", "somebody is named who may disengage or deactivate the agent"),
    ],
    [secret, maestro("L3 Agent Frameworks", "a credential of the agent's tools is on the path")],
    [
      rows.has(5) || rows.has(6) || rows.has(7) || rows.has(10) || holds(settled, "cloud_setting"),
      maestro("L4 Deployment and Infrastructure", "what the agent runs on is set or built wrongly"),
    ],
    [
      fired(settled, "D6", "D7"),
      maestro("L5 Evaluation and Observability", "telemetry has to show the path used"),
    ],
    [
      rows.has(3) || rows.has(4) || fired(settled, "D2", "D4", "D5"),
      maestro("L6 Security and Compliance", "what the agent's identity may do is a matter of access"),
    ],
    [fired(settled, "D9"), maestro("L7 Agent Ecosystem", "somebody else's agent or component takes part")],
  ];
  return refs.flatMap(([applies, ref]) => (applies ? [ref] : []));
}
