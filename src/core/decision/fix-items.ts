import { principalId } from "../estate/index.js";
import type { Answerable, Duty, OwnerAnswer, Role } from "../accountability/index.js";
import type { FixItem, Gap } from "./analysis.js";
import { rowOwner } from "./accountable.js";
import type { CaseView } from "./case-view.js";
import { exposureRow } from "./exposure-row.js";
import { fixAction } from "./fix-actions.js";
import { fired, holds, type Settled } from "./decided-facts.js";
import type { Cause, Row } from "./causes.js";
import { federationText } from "./federation-words.js";
import { guardText } from "./guard-words.js";
import { nameOf } from "./names.js";

export interface FixPlan {
  readonly items: readonly FixItem[];
  readonly gaps: readonly Gap[];
}

/** One item per hop or cause, one accountable each (R11, decision-rules.md C): the lead's first, then by row. */
export function fixPlan(settled: Settled, leading: Row | undefined, due: string | null): FixPlan {
  const merged = [...draftsOf(settled)].sort(
    (a, b) => Number(b.row === leading) - Number(a.row === leading) || a.row - b.row,
  );
  const gaps: Gap[] = [];
  const items = merged.map((draft): FixItem => {
    const owner = rowOwner(draft.row, settled, draft.cause);
    if (owner.gap !== undefined) gaps.push(gapOf(settled, `row-${String(draft.row)}`, owner.gap));
    const accountable = fired(settled, "D10") ? "APP" : owner.accountable;
    const { duty, action } = fixAction(draft.row, draft.cause, settled);
    const answerables = ownersOf(settled, accountable, duty, gaps);
    const can = answerables.some((person) => person.authority.verdict === "can");
    return {
      lead: accountable,
      also: owner.responsible,
      answerable: answerables,
      actions: action === undefined ? [] : [{ ...action, command: can ? action.command : "" }],
      due,
      because: draft.because ?? rowReason[draft.row],
      item: draft.item,
      ...(draft.cause?.at === undefined ? {} : { hop: draft.cause.at }),
      row: draft.row,
      accountable,
      responsible: owner.responsible,
      interim: draft.interim,
    };
  });
  return { items, gaps };
}

/** The calls that the items take. */
export const fixDuties = (settled: Settled): readonly Duty[] =>
  draftsOf(settled).flatMap((draft) => fixAction(draft.row, draft.cause, settled).duty ?? []);

/** Who is accountable for an item, each once: what D8 counts as domains beside the task leads. */
export const accountableRoles = (settled: Settled): readonly Role[] => [
  ...new Set(draftsOf(settled).map((draft) => rowOwner(draft.row, settled, draft.cause).accountable)),
];

function draftsOf(settled: Settled): readonly Draft[] {
  const drafts: Draft[] = settled.causes
    .filter((cause) => cause.row !== 6 && cause.row !== 11)
    .map((cause) => ({ row: cause.row, item: itemText(cause, settled), cause, interim: false }));
  drafts.push(...besidePath(settled));
  // D10: patch ownership is enough, and the patch is all there is to do.
  return mergeByText(fired(settled, "D10") ? drafts.filter((draft) => draft.row === 5) : drafts);
}

interface Draft {
  readonly row: Row;
  readonly item: string;
  readonly cause?: Cause;
  readonly interim: boolean;
  readonly because?: string;
}

/** Items that are no hop: guard rail, setting, contract, lever, recurrence, detection (rows 6, 11 to 15). */
function besidePath(settled: Settled): readonly Draft[] {
  const { view } = settled;
  const drafts: Draft[] = [];
  const add = (row: Row, item: string, interim = false, cause?: Cause): void => {
    drafts.push({ row, item, interim, ...(cause === undefined ? {} : { cause }) });
  };
  if (fired(settled, "D6", "D10") && !settled.causes.some((cause) => cause.row === 5))
    add(5, "fix the flaw and deploy the final version");
  const guard = settled.causes.find((cause) => cause.row === 6);
  if (guard !== undefined) add(6, guardText(guard.hop.via), false, guard);
  else if (holds(settled, "guardrail_missing"))
    add(6, `put a guard rail in place: ${settled.facts.guardrail_missing.note ?? "the one that is off"}`);
  else if (fired(settled, "D6")) add(6, "runtime guard rail that would have stopped the path");
  if (fired(settled, "D3") && !settled.causes.some((cause) => cause.row === 1)) {
    add(1, "rotate the secret, with proof that the old value is dead and every copy removed");
  }
  // R24: under R7 identity governance answers too, also where no path runs through the role.
  if (fired(settled, "D6") && isOrganisational(settled) && !settled.causes.some((cause) => cause.row === 3))
    add(3, `review what ${rolesText(view)} may do`);
  if (holds(settled, "cloud_setting") && !fired(settled, "D10")) {
    const setting = settled.causes.find((cause) => cause.row === 11);
    add(11, settingText(settled, setting?.paths.length === 0 ? setting : undefined), false, setting);
  }
  // What the exposure itself is, where no hop says it: a key, a grant, a trust.
  const own = exposureRow(view);
  const covered =
    drafts.some((draft) => draft.row === own) || settled.causes.some((cause) => cause.row === own);
  if (own !== 11 && !covered && view.input.sharedCause === undefined && !fired(settled, "D1"))
    add(own, `${exposedNames(view)}: ${view.input.weaknessTitle}`);
  if (fired(settled, "D9")) {
    const [party] = view.thirdParties;
    const name = party?.id ?? "the third party";
    if (party?.kind === "we-are-vendor") add(12, `notify our own customers: ${name}`);
    else if (party?.kind !== "open-source") add(12, `contract of ${name}: duty to fix and to notify`);
    const pinned = party?.kind === "open-source" && party.technical === undefined;
    // The pin of a flawed component is the fix of the flaw itself: one item, not two.
    if (!(pinned && fired(settled, "D6"))) {
      const lever = party?.technical?.lever ?? (pinned ? "pin the version" : "none recorded");
      add(14, `our lever against ${name}: ${lever}`);
    }
  }
  const { sharedCause } = view.input;
  if (sharedCause !== undefined) add(3, `${sharedCause.title}: access on request instead of standing rights`);
  if (fired(settled, "D14")) {
    const { note } = settled.facts.repeat;
    add(13, `why the earlier fix did not hold${note === undefined ? "" : ` (${note})`}`);
  }
  if (fired(settled, "D6", "D7")) add(15, "telemetry that would show the path used");
  return drafts;
}

/** R7: the flaw is no code issue any more. */
const isOrganisational = (settled: Settled): boolean =>
  holds(settled, "broad_permissions") ||
  holds(settled, "persistent_secret") ||
  holds(settled, "weak_separation");

function rolesText(view: CaseView): string {
  const roles = [...new Set(view.workloads.flatMap((workload) => workload.runsAs))].map(nameOf);
  return roles.length === 0 ? exposedNames(view) : roles.join(", ");
}

/** Two hops that ask for the same change are one item. */
function mergeByText(drafts: readonly Draft[]): readonly Draft[] {
  const seen = new Map<string, Draft>();
  for (const draft of drafts) {
    const key = `${String(draft.row)}|${draft.item}`;
    if (!seen.has(key)) seen.set(key, draft);
  }
  return [...seen.values()];
}

const rowReason: Readonly<Record<Row, string>> = {
  1: "a secret value that can be copied starts the path",
  2: "a federated subject, app or service principal is on the path",
  3: "an over-wide grant or inherited role carries the path",
  4: "a trust between accounts carries the path",
  5: "a flaw in framework or code opens the path",
  6: "a runtime guard rail is missing",
  7: "code sets it again",
  8: "standing human access",
  9: "root or organisation management",
  10: "pipeline permissions",
  11: "the resource setting was wrong",
  12: "who must fix it by contract",
  13: "the earlier fix did not hold",
  14: "our own lever, without waiting",
  15: "nobody would have seen it",
};

/** What to change, in one clause, named after the hop itself. */
function itemText(cause: Cause, settled: Settled): string {
  const { hop } = cause;
  const from = nameOf(hop.from);
  const to = nameOf(hop.to);
  switch (cause.row) {
    case 1:
      return `${from}: revoke it and delete every copy; give each consumer an identity of its own`;
    case 2:
      return federationText(hop, settled.view.context.estate);
    case 3:
      if (hop.via === "runs as") return `${to}: what runs as it (${from}) needs less`;
      return hop.action === undefined || hop.via.startsWith("may become")
        ? `${from}: no way into ${to}`
        : `${from}: drop ${hop.via.replace(/^may (become|then|rewrite)? ?/, "") || hop.action}${lastUsed(cause, settled)}`;
    case 4:
      return isOurs(hop.from, settled)
        ? `${to}: narrow or remove the trust in ${from}`
        : `${to}: require an ExternalId from ${from}, or remove the trust`;
    case 5:
      return settled.view.input.kind === "flaw" ? `${from}: fix the flaw` : `${from}: correct ${hop.via}`;
    case 6:
      return guardText(hop.via);
    case 7:
      return holds(settled, "standing_secret_exposed")
        ? `${from}: take the secret out, of the history too`
        : codeText(cause, settled);
    case 8:
      return `${from}: MFA, and access on request instead of standing rights`;
    case 9:
      return `${from}: no key, MFA on, mailbox controlled`;
    case 10:
      return `${from}: workflow permissions and secrets`;
    default:
      return settingText(settled);
  }
}

/** `acme/infra: change infra/main.tf:26 so that it no longer sets this`. */
function codeText(cause: Cause, settled: Settled): string {
  const place = /^sets it: (.+)$/.exec(cause.hop.via)?.[1] ?? "the code";
  return `${nameOf(codeOf(cause, settled))}: change ${place} so that it no longer sets this`;
}

/** The repository or template, where an identity applies it. */
function codeOf(cause: Cause, settled: Settled): string {
  const path = cause.at === undefined ? undefined : settled.view.input.paths[cause.at.path];
  return path?.leg === "drift" ? path.starter : cause.hop.from;
}

/** An identity of an account that the estate describes; an ExternalId is for strangers. */
function isOurs(id: string, settled: Settled): boolean {
  const principal = settled.view.context.estate.principal(principalId(id));
  return principal !== undefined && principal.kind !== "external-account";
}

function settingText(settled: Settled, cause?: Cause): string {
  if (cause !== undefined) return `${nameOf(cause.hop.from)}: correct the setting (${cause.hop.via})`;
  return `${exposedNames(settled.view)}: correct the setting (${settled.view.input.weaknessTitle})`;
}

function exposedNames(view: CaseView): string {
  const [first, ...rest] = view.input.exposures;
  const name = first?.resourceName ?? "the resource";
  return rest.length === 0 ? name : `${name} and ${String(rest.length)} more`;
}

/** `(last used 15 Nov)` from audit events of the actor; silence when the log does not say. */
function lastUsed(cause: Cause, settled: Settled): string {
  const event = settled.view.events.find(
    (item) => item.actor === cause.hop.from && item.action === cause.hop.action,
  );
  return event === undefined ? "" : ` (last used ${event.at.slice(0, 10)})`;
}

export function ownersOf(
  settled: Settled,
  role: Role,
  duty: Duty | undefined,
  gaps: Gap[],
): readonly Answerable[] {
  const answer = settled.view.context.owners.owners(role, settled.view.scope, duty);
  if (answer.gap !== undefined) {
    const ask = answer.ask === undefined ? undefined : askText(role, answer.ask);
    gaps.push({ ...gapOf(settled, role, answer.gap), ...(ask === undefined ? {} : { hint: ask }) });
  }
  return answer.answerables;
}

export function gapOf(settled: Settled, kind: string, text: string): Gap {
  const scope = settled.view.accounts[0] ?? settled.view.scope.resources[0] ?? "*";
  return { id: `${kind}|${scope}|${text}`, kind, text, scope };
}

/** `ask data-platform whether they own it as APP; until then r.silva answers (owner of account prod)`. */
function askText(role: Role, { who, until }: NonNullable<OwnerAnswer["ask"]>): string {
  const asked =
    who.length === 1 ? `${who[0] ?? ""} whether they are` : `${who.join(" and ")} which of them is`;
  const meanwhile =
    until === undefined
      ? "until then nobody is answerable: name an owner of the account"
      : `until then ${until.who} answers (${until.via})`;
  return `ask ${asked} ${role}; ${meanwhile}`;
}
