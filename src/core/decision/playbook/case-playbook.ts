import type { Role } from "../../accountability/index.js";
import type { Case, FollowUp } from "../analysis.js";
import type { PlanStep } from "../plan-step.js";
import { contactsByRole, rolesInOrder, withFirst } from "./contacts.js";
import { domainSplit } from "./domain-split.js";
import type {
  Approval,
  CallLine,
  Check,
  Contact,
  Playbook,
  PlaybookFollowUp,
  PlaybookStep,
} from "./playbook.js";
import { supplierLetter } from "./supplier-letter.js";
import { checksOf, isPlain } from "./verification.js";

/**
 * The playbook of a case: who does what in which order, how each step is checked, what is due and who stands in (R39).
 * Everything in it is of the case; nothing is decided anew.
 */
export function casePlaybook(item: Case, decidedAt: string, about: Playbook["about"] = "case"): Playbook {
  const contacts = contactsByRole(item);
  const look = placesToLook(item);
  const steps = joinDrops(item.containment).map((step) => stepOf(step, item, contacts, look));
  const supplier = supplierLetter(item, decidedAt, contacts);
  return {
    about,
    id: item.id,
    title: item.title,
    severity: item.severity,
    tier: item.tier,
    tierIfUnknown: item.tierIfUnknown,
    decidedAt,
    comesBack: { words: item.recreation.words, because: item.recreation.because },
    clocks: item.deadlines.map((clock) => ({
      ...clock,
      late: clock.due !== null && Date.parse(clock.due) < Date.parse(decidedAt),
    })),
    commander: {
      required: item.commander.required,
      because: item.commander.because,
      contacts: item.commander.person === undefined ? [] : [commanderContact(item.commander.person)],
    },
    calls: callLines(steps, item, contacts),
    split: domainSplit(steps, item.fix, contacts),
    steps,
    durable: item.fix.map((fix) => ({
      item: fix.item,
      accountable: fix.accountable,
      contacts: contacts(fix.accountable),
      responsible: fix.responsible,
      interim: fix.interim,
      due: fix.due,
    })),
    followUps: followUpsOf(item, contacts),
    ...(supplier === undefined ? {} : { supplier }),
    closing: closingOf(item),
    gaps: item.gaps.map(({ text }) => text),
  };
}

const commanderContact = (person: string): Contact => ({
  who: person,
  via: "commander of the catalogue",
  inferred: false,
  authority: { verdict: "unknown", proof: [] },
  evidence: [],
});

function stepOf(
  plan: PlanStep,
  item: Case,
  contacts: (role: string) => readonly Contact[],
  look: readonly Check[],
): PlaybookStep {
  const fix = item.fix.find((each) => each.accountable === plan.role && plan.title.startsWith(each.item));
  // The right to narrow is proven of the durable item's owner, not of the step.
  const able = plan.asks === undefined && fix !== undefined ? ableOf(fix.answerable) : undefined;
  const people = withFirst(contacts(plan.role), able ?? plan.canNow);
  const unsafe = [
    ...(plan.asks === undefined ? [] : [plan.asks.resource]),
    ...item.exposures.flatMap(({ resource }) => (plan.command.includes(resource) ? [resource] : [])),
  ].some((id) => !isPlain(id));
  const command =
    unsafe ||
    (plan.command === "" ? false : plan.asks === undefined && fix !== undefined && able === undefined)
      ? ""
      : plan.command;
  return {
    step: plan.step,
    phase: plan.phase,
    role: plan.role,
    contacts: people,
    title: plan.title,
    impact: plan.impact,
    affected: plan.affected,
    moreAffected: plan.moreAffected,
    approvals: plan.requires.map((role) => approvalOf(role, contacts(role), people[0])),
    command,
    fill: fillOf(command, item),
    find: command === "" && !unsafe ? findOf(plan) : "",
    look: plan.phase === "trace" && isFirstTrace(plan, item) ? look : [],
    checks: checksOf(plan),
    after: plan.after,
  };
}

/** Whoever does a step does not agree to it alone: requester is not approver. */
function approvalOf(role: string, holders: readonly Contact[], doing: Contact | undefined): Approval {
  const others = holders.filter(({ who }) => who !== doing?.who);
  const same = holders.filter(({ who }) => who === doing?.who);
  return {
    role,
    contacts: [...others, ...same],
    ...(others.length === 0 && same.length > 0 && doing !== undefined
      ? { conflict: `${doing.who} does the step and nobody else may agree to it: name another` }
      : {}),
  };
}

/** Rights that the same owner takes from the same identity are one step; later steps keep their order. */
function joinDrops(plan: readonly PlanStep[]): readonly PlanStep[] {
  const joined: PlanStep[] = [];
  const renumbered = new Map<number, number>();
  for (const step of plan) {
    const head = /^(.+?: drop )(.+)$/.exec(step.title);
    const at = joined.findIndex(
      (other) =>
        head !== null &&
        other.phase === step.phase &&
        other.role === step.role &&
        other.title.startsWith(head[1] ?? ""),
    );
    const before = joined[at];
    if (before === undefined) {
      joined.push({ ...step, step: joined.length + 1 });
      renumbered.set(step.step, joined.length);
    } else {
      joined[at] = { ...before, title: `${before.title}, ${head?.[2] ?? ""}`, impact: "" };
      renumbered.set(step.step, at + 1);
    }
  }
  return joined.map((step) => ({
    ...step,
    after: [...new Set(step.after.map((number) => renumbered.get(number) ?? number))].sort((a, b) => a - b),
  }));
}

const isFirstTrace = (plan: PlanStep, item: Case): boolean =>
  item.containment.find(({ phase }) => phase === "trace")?.title === plan.title;

/** Calls that read the audit log by key: every use, also where our own records do not reach. */
function placesToLook(item: Case): readonly Check[] {
  const keys = [
    ...new Set(
      item.recreation.paths.flatMap(({ credential, hops }) => [
        credential ?? "",
        ...hops.map(({ from }) => from),
      ]),
    ),
  ].flatMap((id) => /^aws:access-key\/(\w+)$/.exec(id)?.[1] ?? []);
  return keys.slice(0, 5).map((key) => ({
    text: "every call with the key in the last 90 days; run it in every Region that is switched on",
    command: `aws cloudtrail lookup-events --lookup-attributes AttributeKey=AccessKeyId,AttributeValue=${key}`,
  }));
}

/** Somebody of the item who is proven able; undefined where nobody is. */
function ableOf(answerables: Case["fix"][number]["answerable"]): PlanStep["canNow"] | undefined {
  const able = answerables.find(({ authority }) => authority.verdict === "can");
  const who = able?.person ?? able?.team;
  return able === undefined || who === undefined
    ? undefined
    : { verdict: "can", who, proof: able.authority.proof };
}

/** Nobody named is proven able: how to find somebody who is. */
function findOf({ asks }: PlanStep): string {
  if (asks === undefined || !/^[a-z0-9-]+:[A-Za-z]+$/.test(asks.action) || !isPlain(asks.resource)) return "";
  return `remit who-can ${asks.action} ${asks.resource} --estate DOCUMENTS`;
}

const placeholders: Readonly<Record<string, string>> = {
  RULE: "`RULE`: the id of the open rule, from the check below",
  SID: "`SID`: the id of the public statement, from the check below",
  NAME: "`NAME`: the policy that holds the right",
  POLICY: "`POLICY`: the id of the policy definition that denies it",
  "NEW-DOCUMENTS": "`NEW-DOCUMENTS`: the documents, collected anew after the change",
};

/** What is not known of a line, and where it comes from. */
function fillOf(command: string, item: Case): readonly string[] {
  const words = Object.keys(placeholders).filter((word) => new RegExp(`(^| )${word}( |$)`).test(command));
  const files = [...command.matchAll(/file:\/\/([\w.-]+)/g)].map(([, name = ""]) => name);
  return [
    ...words.flatMap((word) => placeholders[word] ?? []),
    ...[...new Set(files)].map(
      (name) =>
        `\`${name}\`: the policy as it shall be${item.id.startsWith("R-") ? `; \`remit cut ${item.id} --verbose\` writes out what to take away` : ", without what this step takes away"}`,
    ),
  ];
}

/** In the order in which people are needed: the commander, then whoever does a step or has to agree to it. */
function callLines(
  steps: readonly PlaybookStep[],
  item: Case,
  contacts: (role: string) => readonly Contact[],
): readonly CallLine[] {
  const roles = rolesInOrder([
    ...(item.commander.required ? (["IC"] as const) : []),
    ...(item.contain.lead === "not decided yet" ? [] : [item.contain.lead]),
    ...steps.flatMap(({ role, approvals }) => [...approvals.map((each) => each.role as Role), role]),
    ...item.fix.map(({ accountable }) => accountable),
  ]);
  const leads = [
    ["containment", item.contain.lead],
    ["trace", item.trace.lead],
    ["fix", item.lead],
  ] as const;
  return roles.map((role) => ({
    role,
    leads: leads.flatMap(([task, lead]) => (lead === role ? [task] : [])),
    contacts:
      role === "IC" && item.commander.person !== undefined
        ? [commanderContact(item.commander.person)]
        : bestOf(role, steps, contacts(role)),
    steps: steps.filter((step) => step.role === role).map(({ step }) => step),
    agreesTo: steps
      .filter(({ approvals }) => approvals.some((each) => each.role === role))
      .map(({ step }) => step),
  }));
}

/** People whom only a step names, where the tasks of the case name nobody. */
const bestOf = (role: Role, steps: readonly PlaybookStep[], named: readonly Contact[]): readonly Contact[] =>
  named.length > 0
    ? named
    : (steps.find((step) => step.role === role && step.contacts.length > 0)?.contacts ?? []);

function followUpsOf(
  { followUps }: Case,
  contacts: (role: string) => readonly Contact[],
): readonly PlaybookFollowUp[] {
  const line = (name: string, { required, owner, because, notApplicable }: FollowUp): PlaybookFollowUp => ({
    name,
    required,
    owner,
    contacts: contacts(owner),
    because,
    ...(notApplicable === undefined ? {} : { notApplicable }),
  });
  return [
    line("access review", followUps.accessReview),
    line("secret rotation, with proof", followUps.secretRotation),
    line("privilege reduction", followUps.privilegeReduction),
  ];
}

/** R34, R36, R38, R76: what nobody may skip. */
function closingOf(item: Case): readonly string[] {
  const mandatory = Object.values(item.followUps).some(({ required }) => required);
  return [
    "the trace names the role, secret, federated identity or service principal that made it possible; without one, somebody signs `cause unknown` (R34)",
    "the recurrence test on new documents says `cannot`, `only admins` or `governed` (R36)",
    ...(mandatory
      ? [
          "access review, secret rotation and privilege reduction are done, or each is waived by a signer with a reason (R38)",
        ]
      : []),
    ...(item.thirdParty === undefined
      ? []
      : ["both sides of the supplier are settled: the contract and our own lever (R76)"]),
    "whoever signs the residual risk is not whoever made the fix",
  ];
}
