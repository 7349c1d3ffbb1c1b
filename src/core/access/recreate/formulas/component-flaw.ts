import { evidenceAt, type Credential, type CredentialId, type MissingFact } from "../../../estate/index.js";
import { missingFact, overlayOf, type FormulaContext } from "../context.js";
import { secretHops } from "../exposure-path.js";
import { any, can, fact, is } from "../formula.js";
import type { Bypass, Drift, WeaknessFormula } from "../weakness-formula.js";
import { exposedCredentials } from "./exposed-credential.js";
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
  contain: (context) =>
    overlayOf({ credentials: new Set<CredentialId>(standingSecrets(context).map((item) => item.id)) }),
  restore: (context) => any(is(atHead(context)), can(deploy, context.id)),
  bypass: (context) => identityReach(context),
  declares: () => false,
  drift: (context) => stillAtHead(context),
  elsewhere: () => [],
  verbs: { [deploy]: "may deploy it again" },
  excludes: (entry, context) => standingSecrets(context).some((item) => item.id === entry.credential),
  exposurePath: (context) => secretHops(standingSecrets(context)),
};

/**
 * Secrets that lie in the flawed workload: whoever uses the flaw reads them, therefore containment revokes them
 * (recreation.md 2). One that a machine replaces by itself is no standing secret.
 */
function standingSecrets(context: FormulaContext): readonly Credential[] {
  return exposedCredentials(context).filter(
    (item) => item.autoRotated !== true && item.status !== "deleted" && item.status !== "expired",
  );
}

/** Code in force still carries the component: the hop is the flaw itself, and whoever owns the code mends it (row 5). */
function stillAtHead(context: FormulaContext): readonly Drift[] {
  return context
    .definitions(context.id)
    .filter((definition) => definition.declares.get(carries) === true && definition.status !== "destroyed")
    .map((definition): Drift => {
      const file = definition.file ?? definition.address;
      const place = definition.line === undefined ? file : `${file}:${String(definition.line)}`;
      const starter = definition.repository ?? definition.address;
      const evidence = [evidenceAt(definition.origin, `${place} still carries the component`)];
      return {
        starter,
        label: `still carries the component: ${place}`,
        because: `${place} still carries the component: the next deployment brings it back`,
        controlId: `${starter}|${definition.address}`,
        evidence,
        verdict: true,
        missing: [],
        hops: [
          {
            from: starter,
            to: context.id,
            via: `still carries the component: ${place}`,
            evidence,
            cause: "flaw",
          },
        ],
      };
    });
}

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
  const own = new Set<string>(workloadOf(context)?.resources ?? []);
  const reach = roles.flatMap((role) => reachOf(context, role, own));
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
