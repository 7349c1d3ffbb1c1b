import type { MissingFact } from "../../../estate/index.js";
import { missingFact, type FormulaContext } from "../context.js";
import { any, can, fact, is } from "../formula.js";
import type { Bypass, WeaknessFormula } from "../weakness-formula.js";
import { reachOf, rolesOf, workloadOf } from "./workload.js";

const deploy = "workload:deploy";

/**
 * A component with a known flaw (decision-rules.md C row 5). Nobody switches a flaw on again: it is back when code or
 * an image that still carries the component is in force, or is deployed again. Whatever contains it, a stranger who
 * uses it acts as what the workload runs as, just as behind a request forged by the host (`edge.ssrf`).
 */
export const componentFlaw: WeaknessFormula = {
  name: "component-flaw",
  weaknesses: ["vulnerability.component"],
  kinds: ["ec2:instance", "lambda:function", "workload"],
  contain: () => ({}),
  restore: (context) => any(is(atHead(context)), can(deploy, context.id)),
  bypass: (context) => identityReach(context),
  declares: (definition) => definition.declares.get(carries) === true,
  elsewhere: () => [],
  verbs: { [deploy]: "may deploy it again" },
};

/** What a definition says of the flawed component, in the words of the native estate document. */
const carries = "carriesComponent";

function atHead(context: FormulaContext) {
  const label = "code or image at HEAD still carries the component";
  const said = context.definitions(context.id).map((item) => item.declares.get(carries));
  // Where a definition carries it, that is the drift leg; this one is what nobody said.
  if (said.some((value) => value !== undefined)) return fact(false, label);
  const image = missingFact(
    "component",
    context.id,
    `whether code or image at HEAD of ${context.name} still carries the component`,
    `scan what builds it, or state \`${carries}\` of its definition in the estate`,
  );
  return fact("unknown", label, [], [...runnerMissing(context), image]);
}

/** Without knowing as whom it runs nobody can say what the flaw reaches. */
function runnerMissing(context: FormulaContext): readonly MissingFact[] {
  if (context.resource !== undefined || workloadOf(context) !== undefined) return [];
  return [
    missingFact(
      "runner",
      context.id,
      `what runs on ${context.name} and as whom`,
      "aws ec2 describe-instances, or write the workload into a remit.estate/1 document",
    ),
  ];
}

function identityReach(context: FormulaContext): readonly Bypass[] {
  const roles = rolesOf(context);
  const reach = roles.flatMap((role) => reachOf(context, role));
  if (reach.length === 0) return [];
  return [
    {
      formula: any(...reach),
      verb: "is what the flawed component acts as",
      counts: "machines-too",
      startsAs: roles,
    },
  ];
}
