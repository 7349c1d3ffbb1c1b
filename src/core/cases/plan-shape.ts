import { roles } from "../accountability/index.js";
import type {
  Plan,
  PlanClock,
  PlanExposure,
  PlanFollowUp,
  PlanItem,
  PlanOwner,
  PlanStepRef,
  PlanTask,
} from "./plan.js";
import {
  count,
  either,
  fields,
  list,
  oneOf,
  optional,
  recordOf,
  text,
  tri,
  truth,
  type FieldsOf,
  type Shape,
} from "./shape.js";

const shapeOf = <Type>(shapes: FieldsOf<Type>): Shape => fields(shapes);
const role = oneOf(...roles);
const lead = oneOf(...roles, "not decided yet");
const task = shapeOf<PlanTask>({ lead, also: list(role) });

export const planShape: Shape = shapeOf<Plan>({
  analysis: text,
  snapshot: text,
  decidedAt: text,
  rules: text,
  fired: list(text),
  kind: oneOf("posture", "flaw", "secret", "identity"),
  severity: oneOf("critical", "high", "medium", "low", "informational", "unknown"),
  tier: oneOf(0, 1, 2, 3),
  level: count,
  verdict: oneOf("none", "governed", "possible", "unknown"),
  words: text,
  accessPathKey: text,
  facts: recordOf(tri),
  exposures: list(
    shapeOf<PlanExposure>({ id: text, state: oneOf("open", "fixed", "gone", "muted-external", "unknown") }),
  ),
  lead,
  contain: task,
  trace: task,
  fix: list(
    shapeOf<PlanItem>({
      id: text,
      item: text,
      row: count,
      accountable: role,
      responsible: list(role),
      interim: truth,
    }),
  ),
  steps: list(
    shapeOf<PlanStepRef>({
      id: text,
      phase: oneOf("stop", "revoke", "trace", "rotate", "narrow", "retest", "review"),
      role,
      kind: text,
      title: text,
      requires: list(text),
      after: list(text),
    }),
  ),
  followUps: list(
    shapeOf<PlanFollowUp>({
      name: oneOf("accessReview", "secretRotation", "privilegeReduction"),
      required: truth,
      owner: role,
      notApplicable: optional(text),
    }),
  ),
  commanderRequired: truth,
  clocks: list(
    shapeOf<PlanClock>({
      task: oneOf("triage", "contain", "trace", "fix", "decide", "notify"),
      due: either(text, oneOf(null)),
      rule: text,
      because: text,
    }),
  ),
  owners: list(shapeOf<PlanOwner>({ role, people: list(text), teams: list(text) })),
});
