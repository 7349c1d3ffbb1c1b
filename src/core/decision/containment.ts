import type { Duty, Role } from "../accountability/index.js";
import type { Action, Gap, Task } from "./analysis.js";
import { consumersText } from "./fix-actions.js";
import { rowOwner } from "./accountable.js";
import { ownersOf } from "./fix-items.js";
import { identitiesOf } from "./case-view.js";
import { settingClosure } from "./setting-closures.js";
import { fired, holds, type Settled } from "./decided-facts.js";
import { nameOf, shortName } from "./names.js";
import { usersOfRole, usersOfSecret, type Impact } from "./containment-impact.js";
import type { Offspring } from "../access/index.js";
import type { Led } from "./task-leads.js";

/** One thing to do, by whom, and the right that it takes. */
export interface Step {
  readonly role: Role;
  readonly duty?: Duty;
  readonly action: Action;
  /** Whom it cuts off, where documents say so. */
  readonly impact?: Impact;
}

/**
 * Containment as steps in the order that incidents force (stop or isolate, revoke, then the setting), each with
 * its executor, whom it hits, and the right that proves the executor can (R31, R58, R63).
 */
export function containTask(
  settled: Settled,
  led: Led,
  steps: readonly Step[],
  due: string | null,
  gaps: Gap[],
): Task {
  // Step B: REVOKER executes on credential and trust, whoever leads; D1 and D10 leave one team alone with all of it.
  const alone = fired(settled, "D1", "D10");
  const own = alone ? [] : steps.flatMap(({ role }) => (role === "REVOKER" ? [role] : []));
  const roles = [...new Set([led.lead, ...led.also, ...own])];
  const duties = new Map<Role, Duty>();
  for (const step of steps)
    if (step.duty !== undefined && !duties.has(step.role)) duties.set(step.role, step.duty);
  const answerable = roles.flatMap((role) => ownersOf(settled, role, duties.get(role), gaps).slice(0, 2));
  const proven = new Set(
    answerable.filter((person) => person.authority.verdict === "can").map((person) => person.role),
  );
  return {
    lead: led.lead,
    also: roles.filter((role) => role !== led.lead),
    answerable,
    actions: steps.map(({ role, action, impact }) => ({
      ...(role === led.lead || alone ? {} : { by: role }),
      ...action,
      impact: withUsers(action, impact),
      command: proven.has(role) ? action.command : "",
    })),
    due,
    because: led.because,
  };
}

/** Availability: who else comes in that way. The consumers of a secret are in its own words already. */
function withUsers(action: Action, impact: Impact | undefined): string {
  if (action.kind === "revoke-credential" || impact === undefined || impact.affected.length === 0)
    return action.impact;
  const named = impact.affected.slice(0, 3).map(({ who, how, lastUsedAt }) => {
    return `${who} (${lastUsedAt === undefined ? how : `last ${lastUsedAt.slice(0, 10)}`})`;
  });
  const more = impact.affected.length - named.length + impact.more;
  return `${action.impact}; in use by ${named.join(", ")}${more === 0 ? "" : ` and ${String(more)} more`}`;
}

/** What stops the exposure and everything that a stranger may hold of it. */
export function containSteps(settled: Settled, offspring: Offspring | undefined): readonly Step[] {
  const { view } = settled;
  const steps: Step[] = [];
  if (view.input.kind === "flaw" && settled.facts.deployed.value === false) {
    steps.push(
      appStep("hold it back until it is mended", "other", "nothing that carries the flaw is deployed"),
    );
  } else if (view.input.kind === "flaw") {
    steps.push({
      role: "PLATFORM",
      action: {
        title: "isolate the workload or filter at the edge",
        kind: "isolate",
        impact: "the workload may be unreachable meanwhile",
        command: "",
        requires: [],
      },
    });
  }
  steps.push(...codeSteps(settled), ...leverSteps(settled));
  for (const credential of view.credentials) {
    if (["inactive", "expired", "deleted"].includes(credential.status)) continue;
    const user = shortName(credential.holder);
    const isKey = credential.kind === "access-key" && credential.id.startsWith("aws:access-key/");
    steps.push({
      role: "REVOKER",
      ...(isKey ? { duty: { action: "iam:UpdateAccessKey", resource: credential.holder } } : {}),
      action: {
        title:
          credential.kind === "sas"
            ? "rotate the storage key that signed the token"
            : `revoke the ${credential.kind.replaceAll("-", " ")} of ${user}`,
        kind: "revoke-credential",
        impact: consumersText(credential.consumers, credential.lastUsedAt),
        command: isKey
          ? `aws iam update-access-key --user-name ${user} --access-key-id ${credential.id.replace(/^aws:access-key\//, "")} --status Inactive`
          : "",
        requires: credential.consumers.length > 0 || credential.kind === "sas" ? ["EMERGENCY_APPROVER"] : [],
      },
      impact: usersOfSecret(view.context.estate, credential.id),
    });
  }
  steps.push(
    ...createdSteps(settled, offspring),
    ...applicationSteps(settled),
    ...trustSteps(settled),
    ...sessionSteps(settled),
  );
  const closure = settingClosure(settled, "contain");
  if (closure.action !== undefined && holds(settled, "cloud_setting")) {
    steps.push({
      role: "CLOUD_OPS",
      ...(closure.duty === undefined ? {} : { duty: closure.duty }),
      action: closure.action,
    });
  }
  if (fired(settled, "D13")) {
    steps.push({
      role: "CC_APPROVER",
      action: {
        title: "approve a compensating control until the fix is in",
        kind: "other",
        impact: "residual risk is signed with expiry",
        command: "",
        requires: ["RISK_SIGNER"],
      },
    });
  }
  return steps;
}

/** What the code's owner takes away at once: the file with the secret, the rule that opens the way. */
function codeSteps(settled: Settled): readonly Step[] {
  if (settled.view.input.kind === "flaw") return [];
  return settled.causes.flatMap((cause): readonly Step[] => {
    const { hop } = cause;
    const fromSecret = holds(settled, "standing_secret_exposed");
    if (cause.row === 10 && hop.via.endsWith("without a pin"))
      return [
        appStep(
          `pin every step of ${nameOf(hop.from)} by commit, and purge its public logs`,
          "remove-code",
          "the pipeline runs what was reviewed and nothing newer",
        ),
      ];
    if (cause.row === 5) return [appStep(`correct ${hop.via}`, "other", "what the rule let through stops")];
    if (cause.row !== 7 || !fromSecret) return [];
    return [
      appStep(
        `take the secret out of ${nameOf(hop.from)}`,
        "remove-code",
        "what reads the file stops working",
      ),
    ];
  });
}

const appStep = (title: string, kind: Action["kind"], impact: string): Step => ({
  role: "APP",
  action: { title, kind, impact, command: "", requires: [] },
});

/** Order of work: what the holder of a stolen credential created goes with it, in every Region. */
function createdSteps(settled: Settled, offspring: Offspring | undefined): readonly Step[] {
  if (!fired(settled, "D7") || offspring === undefined) return [];
  const standing = offspring.made.filter(({ stands }) => stands !== false);
  const makers = [...new Set(standing.map(({ by }) => by))];
  return makers.map((maker): Step => {
    const names = [...new Set(standing.filter(({ by }) => by === maker).map(({ id }) => nameOf(id)))].sort();
    const listed = names.slice(0, 5).join(", ");
    const more = names.length > 5 ? ` and ${String(names.length - 5)} more` : "";
    return {
      role: "CLOUD_OPS",
      action: {
        title: `remove what ${nameOf(maker)} created, in every Region: ${listed}${more}`,
        kind: "isolate",
        impact: "each of them may carry on without the credential; keep copies for the forensics",
        command: "",
        requires: ["SECOPS"],
      },
    };
  });
}

/** D9: our own lever against a third party is used at once, without waiting for its answer (R75). */
function leverSteps(settled: Settled): readonly Step[] {
  if (!fired(settled, "D9")) return [];
  return settled.view.thirdParties.slice(0, 3).flatMap(({ id, technical }): readonly Step[] =>
    technical === undefined
      ? []
      : [
          {
            role: rowOwner(14, settled).accountable,
            action: {
              title: `use our lever against ${id}, without waiting for its answer: ${technical.lever}`,
              kind: "lever",
              impact:
                technical.telemetry === undefined
                  ? `what ${id} does for us stops`
                  : `what ${id} does for us stops; ${technical.telemetry} shows it`,
              command: "",
              requires: [],
            },
          },
        ],
  );
}

/** D4: an application that strangers may use is disabled itself; revoking its token alone leaves the grant refreshable. */
function applicationSteps(settled: Settled): readonly Step[] {
  const { view } = settled;
  const { estate, become } = view.context;
  if (!fired(settled, "D4")) return [];
  const ids = new Set([...view.exposedIdentities, ...identitiesOf(view.counted, estate)]);
  return [...ids].flatMap((id): readonly Step[] => {
    const principal = estate.principal(id);
    if (principal?.kind !== "application") return [];
    const consents = estate.consents.filter(({ app }) => app === id).length;
    const also = consents === 0 ? "" : `, and take back what was consented to it`;
    return [
      {
        role: "REVOKER",
        impact: usersOfRole(become, id),
        action: {
          title: `disable the application ${principal.name}${also}`,
          kind: "disable-trust",
          impact: `everything that works through ${principal.name} stops, the wanted uses too`,
          command: "",
          requires: ["EMERGENCY_APPROVER"],
        },
      },
    ];
  });
}

/** Disable a trust that lets a stranger in (R31). */
function trustSteps(settled: Settled): readonly Step[] {
  const roles = new Set<string>();
  for (const path of settled.view.counted) {
    if (path.band !== 1 || (path.kind !== "trust" && path.kind !== "federated-workload")) continue;
    const entered = path.hops[0]?.to;
    if (entered !== undefined && settled.view.identities.some((id) => id === entered)) roles.add(entered);
  }
  return [...roles].map((role) => ({
    role: "REVOKER" as const,
    duty: { action: "iam:UpdateAssumeRolePolicy", resource: role },
    impact: usersOfRole(settled.view.context.become, role),
    action: {
      title: `disable the loose trust of ${shortName(role)}`,
      kind: "disable-trust" as const,
      impact: "everything that enters through this trust stops, the wanted uses too",
      command: `aws iam update-assume-role-policy --role-name ${shortName(role)} --policy-document file://closed-trust.json`,
      requires: ["EMERGENCY_APPROVER"],
    },
  }));
}

/** In an incident live role sessions are cut: it denies every user of the role, so it needs the emergency approver. */
function sessionSteps(settled: Settled): readonly Step[] {
  if (!fired(settled, "D7")) return [];
  const { estate } = settled.view.context;
  const proven = identitiesOf(settled.view.counted, estate);
  return [...new Set([...settled.view.exposedIdentities, ...proven])].flatMap((id): readonly Step[] => {
    const role = estate.principal(id);
    // Service-linked and Identity Center roles take no inline policy: their sessions cannot be cut this way.
    if (role?.kind !== "role" || role.immutable !== undefined) return [];
    return [
      {
        role: "REVOKER",
        duty: { action: "iam:PutRolePolicy", resource: id },
        impact: usersOfRole(settled.view.context.become, id),
        action: {
          title: `revoke the sessions of ${role.name}`,
          kind: "revoke-sessions",
          impact: `denies every session of ${role.name} that began before now`,
          command: `aws iam put-role-policy --role-name ${role.name} --policy-name AWSRevokeOlderSessions --policy-document ${olderSessions}`,
          requires: ["EMERGENCY_APPROVER"],
        },
      },
    ];
  });
}

/** Denies sessions that began before the moment it is run (AWS IAM User Guide, "Revoke IAM role temporary credentials"). */
const olderSessions = `'{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"DateLessThan":{"aws:TokenIssueTime":"'"$(date -u +%Y-%m-%dT%H:%M:%SZ)"'"}}}]}'`;
