import type { Offspring } from "../access/index.js";
import type { Answerable, Duty, Role } from "../accountability/index.js";
import type { Action, Case, FixItem, Task } from "./analysis.js";
import type { Step } from "./containment.js";
import { offspringWords, stopOffspring } from "./containment-offspring.js";
import { fired, type Settled } from "./decided-facts.js";
import { ownersOf } from "./fix-items.js";
import { nameOf, shortName } from "./names.js";
import { phases, type Phase, type PlanStep } from "./plan-step.js";

interface Planned extends Step {
  readonly phase: Phase;
}

export interface PlanParts {
  readonly steps: readonly Step[];
  readonly offspring: Offspring | undefined;
  readonly trace: Task;
  readonly fix: readonly FixItem[];
  readonly followUps: Case["followUps"];
}

/** The whole order of work of one case, each step with who can do it now. */
export function containmentPlan(settled: Settled, parts: PlanParts): readonly PlanStep[] {
  const planned: readonly Planned[] = [
    ...parts.steps.flatMap((step): readonly Planned[] =>
      // Told one by one below.
      step.action.title.startsWith("remove what ") ? [] : [{ ...step, phase: phaseOf(step) }],
    ),
    ...offspringSteps(settled, parts.offspring),
    ...traceSteps(settled, parts),
    ...rotateSteps(settled),
    ...narrowSteps(parts.fix),
    ...retestSteps(settled),
    ...reviewSteps(parts.followUps),
  ];
  const ordered = phases.flatMap((phase) => planned.filter((item) => item.phase === phase));
  let before: readonly number[] = [];
  let current: number[] = [];
  return ordered.map((item, index): PlanStep => {
    if (index > 0 && ordered[index - 1]?.phase !== item.phase) {
      before = current;
      current = [];
    }
    current.push(index + 1);
    const canNow = abilityOf(settled, item);
    const { action, impact } = item;
    return {
      step: index + 1,
      phase: item.phase,
      role: item.role,
      title: action.title,
      kind: action.kind,
      impact: action.impact,
      affected: impact?.affected ?? [],
      moreAffected: impact?.more ?? 0,
      requires: action.requires,
      command: item.duty === undefined || canNow.verdict === "can" ? action.command : "",
      canNow,
      ...(item.duty === undefined
        ? {}
        : { asks: { action: item.duty.action, resource: item.duty.resource } }),
      after: before,
    };
  });
}

/** Revoking comes after what stops the exposure: else the next secret leaks the same way. */
function phaseOf({ action }: Step): Phase {
  switch (action.kind) {
    case "revoke-credential":
    case "revoke-sessions":
    case "disable-trust":
      return "revoke";
    default:
      return "stop";
  }
}

/** Without a single call nobody's right can be proven. */
function abilityOf(settled: Settled, { role, duty }: Planned): PlanStep["canNow"] {
  const found = ownersOf(settled, role, duty, []);
  const best = found.find(({ authority }) => authority.verdict === "can") ?? found[0];
  if (best === undefined) return { verdict: "unknown", proof: ["nobody is named"] };
  const who = nameOfOwner(best);
  const { verdict, proof } = duty === undefined ? { verdict: "unknown" as const, proof: [] } : best.authority;
  return { verdict, ...(who === undefined ? {} : { who }), proof };
}

const nameOfOwner = ({ person, team }: Answerable): string | undefined => person ?? team;

function offspringSteps(settled: Settled, offspring: Offspring | undefined): readonly Planned[] {
  if (offspring === undefined) return [];
  return offspring.made
    .filter(({ stands }) => stands !== false)
    .map((item): Planned => {
      const { action, duty } = stopOffspring(item, settled);
      const role: Role = action.kind === "isolate" || action.kind === "other" ? "CLOUD_OPS" : "REVOKER";
      return { phase: "revoke", role, action, ...(duty === undefined ? {} : { duty }) };
    });
}

function traceSteps(settled: Settled, { offspring, trace }: PlanParts): readonly Planned[] {
  const role = trace.lead === "not decided yet" ? "SECOPS" : trace.lead;
  const steps: Planned[] = [];
  const step = (title: string, impact: string, command = ""): void => {
    steps.push({ phase: "trace", role, action: { title, kind: "review", impact, command, requires: [] } });
  };
  for (const credential of settled.view.credentials) {
    if (credential.kind === "password") continue;
    const places = [...new Set(credential.copies.map(({ place }) => place))];
    step(
      `find every copy of the ${credential.kind.replaceAll("-", " ")} of ${nameOf(credential.holder)}`,
      places.length === 0 ? "no copy is known" : `known: ${places.join(", ")}`,
    );
  }
  if (offspring !== undefined)
    for (const line of offspringLines(offspring)) step(line.title, line.impact, line.command);
  if (steps.length === 0 && !fired(settled, "D1", "D10"))
    step("name the role, secret or identity that made it possible", "a fix cannot close without it (R34)");
  return steps;
}

/** What is known of the offspring, as work for the trace. */
export function offspringLines(
  offspring: Offspring,
): readonly { readonly title: string; readonly impact: string; readonly command: string }[] {
  const { made, possible, may, since, missing, more } = offspring;
  const start = since === undefined ? "" : ` since ${since.slice(0, 10)}`;
  const makers = [
    ...new Set([...made, ...possible].filter((i) => i.generation === 1).map(({ by }) => nameOf(by))),
  ];
  const who = makers.length === 0 ? "it" : makers.slice(0, 3).join(", ");
  const lines = [
    {
      title: `what ${who} created or opened${start}: ${made.length === 0 ? "nothing on record" : offspringWords(made)}`,
      impact: more === 0 ? "" : `${String(more)} more than listed`,
      command: "",
    },
  ];
  if (possible.length > 0)
    lines.push({
      title: `may be theirs too: ${offspringWords(possible)}`,
      impact: possible
        .slice(0, 3)
        .flatMap(({ id, why }) => (why === undefined ? [] : [`${nameOf(id)}: ${why}`]))
        .join("; "),
      command: "",
    });
  const rights = [...new Set(may.map(({ action }) => action))];
  if (rights.length > 0)
    lines.push({
      title: `it could create more: ${rights.slice(0, 5).join(", ")}${rights.length > 5 ? ` and ${String(rights.length - 5)} more` : ""}`,
      impact: "look in every Region, also where the records do not reach",
      command: "",
    });
  for (const { fact, collect } of missing)
    lines.push({
      title: `fetch the ${fact}`,
      impact: "until then what it created is not known",
      command: collect,
    });
  return lines;
}

/** The same as actions of the trace task. */
export const traceActions = (offspring: Offspring | undefined, because: string): readonly Action[] =>
  offspring === undefined
    ? []
    : offspringLines(offspring).map((line, index) => ({
        ...line,
        title: index === 0 ? `${because}; ${line.title}` : line.title,
        kind: "review",
        requires: [],
      }));

/** Values that can be copied. A login of a person, a session and a grant are revoked, not rotated. */
const copied: ReadonlySet<string> = new Set([
  "access-key",
  "ssh-key",
  "certificate",
  "service-specific",
  "hmac-key",
  "sas",
  "storage-key",
  "client-secret",
  "service-account-key",
  "personal-access-token",
  "database-password",
]);

/** Rotation counts when the old value fails and its consumers work (decision-rules.md, order of work). */
function rotateSteps(settled: Settled): readonly Planned[] {
  return settled.view.credentials.flatMap((credential): readonly Planned[] => {
    if (credential.status === "deleted" || credential.status === "expired") return [];
    const user = shortName(credential.holder);
    const key = credential.id.slice("aws:access-key/".length);
    const consumers = credential.consumers.map(nameOf);
    if (credential.kind !== "access-key" || !credential.id.startsWith("aws:access-key/")) {
      if (!copied.has(credential.kind)) return [];
      const kind = credential.kind.replaceAll("-", " ");
      return [
        {
          phase: "rotate",
          role: "SECRETS",
          action: {
            title: `replace the ${kind} of ${user}: ${consumers.length === 0 ? "whoever uses it" : consumers.join(", ")} gets the new value, then the old one ends`,
            kind: "rotate",
            impact: "proof: a call with the old value is refused, and its consumers work",
            command: "",
            requires: [],
          },
        },
      ];
    }
    return [
      {
        phase: "rotate",
        role: "SECRETS",
        duty: { action: "iam:DeleteAccessKey", resource: credential.holder } satisfies Duty,
        action: {
          title: `give ${consumers.length === 0 ? "whoever used it" : consumers.join(", ")} another way in, then delete the key of ${user}`,
          kind: "rotate",
          impact: "proof: a call with the old key fails with InvalidClientTokenId, and its consumers work",
          command: `aws iam delete-access-key --user-name ${user} --access-key-id ${key}`,
          requires: [],
        },
      },
    ];
  });
}

function narrowSteps(fix: readonly FixItem[]): readonly Planned[] {
  return fix.flatMap((item): readonly Planned[] => {
    if (![2, 3, 4, 7].includes(item.row)) return [];
    const [action] = item.actions;
    return [
      {
        phase: "narrow",
        role: item.accountable,
        action: {
          title: item.item,
          kind: action?.kind ?? "narrow",
          impact: action?.impact ?? "",
          command: action?.command ?? "",
          requires: action?.requires ?? [],
        },
      },
    ];
  });
}

function retestSteps(settled: Settled): readonly Planned[] {
  const { weakness, exposures } = settled.view.input;
  return exposures.slice(0, 3).map(({ resource, resourceName }): Planned => ({
    phase: "retest",
    role: "SEC_ENG",
    action: {
      title: `ask again whether ${resourceName} comes back, on documents collected after the change`,
      kind: "review",
      impact: "closes only when the answer is none or governed (R36)",
      command: `remit recreate --resource ${resource} --weakness ${weakness} --estate NEW-DOCUMENTS`,
      requires: [],
    },
  }));
}

function reviewSteps(followUps: Case["followUps"]): readonly Planned[] {
  const { accessReview } = followUps;
  return [
    {
      phase: "review",
      role: accessReview.owner,
      action: {
        title: "review who still has access, then close",
        kind: "review",
        impact: accessReview.because,
        command: "",
        requires: accessReview.required ? ["RISK_SIGNER"] : [],
      },
    },
  ];
}
