import type { Answerable } from "../core/accountability/index.js";
import type { Action, Case, FixItem, Task } from "../core/decision/index.js";
import { bestNamed, nobody, ownerWithConfidence } from "./owner.js";
import type { PageBlock, PageLine, PageOptions } from "./page.js";
import { placeOf } from "./place.js";
import { withoutArns } from "./short-name.js";
import { visible } from "./visible-text.js";

const quietLimit = 3;

/** CONTAIN, TRACE, FIX, COMMANDER. A case that only administrators can bring back gets three lines at most. */
export function whoBlock(item: Case, options: PageOptions): PageBlock {
  const contain = taskLines("CONTAIN", item.contain, options);
  const trace = taskLines("TRACE", item.trace, options);
  const fix = [...item.fix]
    .sort((a, b) => Number(leads(item, b)) - Number(leads(item, a)))
    .flatMap((fixItem, index) => fixLines(item, fixItem, index === 0, options));
  const commander = commanderLine(item);
  const short = item.recreation.words === "only admins" && !options.verbose;
  const lines = short
    ? [contain[0], fix[0], commander].filter((line) => line !== undefined).slice(0, quietLimit)
    : [
        ...contain,
        ...trace,
        ...(fix.length === 0 ? [noFix(item)] : fix),
        commander,
        ...(options.verbose ? authorityLines(item) : []),
      ];
  return { name: "who", title: "Who acts", lines };
}

const leads = (item: Case, fix: FixItem): boolean => fix.accountable === item.lead;

function dutyOf(
  role: string,
  answerables: readonly Answerable[],
  lead: boolean,
): NonNullable<PageLine["duty"]> {
  const owner = ownerWithConfidence(bestNamed(answerables.filter((answerable) => answerable.role === role)));
  return { lead, role, owner, gap: owner === nobody };
}

function taskLines(label: string, task: Task, options: PageOptions): readonly PageLine[] {
  if (task.lead === "not decided yet") {
    return [{ label, text: visible(`not decided yet: ${task.because}`), sources: [] }];
  }
  const own = task.answerable.filter((answerable) => answerable.role === task.lead);
  const [first, ...others] = task.actions;
  return [
    {
      label,
      duty: dutyOf(task.lead, task.answerable, false),
      text: first === undefined ? withoutArns(task.because) : withoutArns(first.title),
      ...(first === undefined ? {} : commandOf(first)),
      sources: [...authorityAside(own, options), ...sourcesOf(own)],
    },
    ...(first === undefined ? [] : impactLines(first)),
    ...others.flatMap((action): readonly PageLine[] => [
      { label: "", text: withoutArns(action.title), ...commandOf(action), sources: [] },
      ...impactLines(action),
    ]),
    ...task.also.map((role): PageLine => ({
      label: "",
      duty: dutyOf(role, task.answerable, false),
      text: "",
      sources: [],
    })),
  ];
}

/** A command is shown only to those who are proven able to run it; the decision leaves it empty otherwise. */
const commandOf = (action: Action): Partial<PageLine> =>
  action.command === "" ? {} : { mark: "command", code: visible(action.command) };

function impactLines(action: Action): readonly PageLine[] {
  const needs = action.requires.length === 0 ? "" : `${action.requires.join(" and ")} must agree`;
  const text = [action.impact, needs].filter((part) => part !== "").join(": ");
  return text === "" ? [] : [{ label: "", text: withoutArns(text), sources: [] }];
}

/** `can: iam:UpdateAccessKey, proven`: the verb and the object, never the bare word. */
function authorityAside(answerables: readonly Answerable[], options: PageOptions): PageLine["sources"] {
  const best = bestNamed(answerables);
  if (best === undefined) return [];
  // What is missing is told in full where the case is unknown; here its name will do.
  const proofs = best.authority.proof.map((text) =>
    withoutArns(options.verbose ? text : text.replace(/ \(.*$/s, "")),
  );
  const proof =
    options.verbose || proofs.length < 2 ? proofs.join(", ") : `${proofs[0] ?? ""} +${proofs.length - 1}`;
  switch (best.authority.verdict) {
    case "can":
      return [{ text: `can: ${proof === "" ? "proven" : `${proof}, proven`}` }];
    case "cannot":
      return [{ text: `cannot${proof === "" ? "" : `: ${proof}`}` }];
    case "unknown":
      return proof === "" ? [] : [{ text: `unknown whether they can: ${proof}` }];
  }
}

const sourcesOf = (answerables: readonly Answerable[]): PageLine["sources"] =>
  (bestNamed(answerables)?.evidence ?? []).map((evidence) => ({ text: placeOf(evidence), evidence }));

function fixLines(item: Case, fix: FixItem, first: boolean, options: PageOptions): readonly PageLine[] {
  const [action] = fix.actions;
  const others = fix.responsible.filter((role) => role !== fix.accountable);
  const executes =
    others.length === 0 ? "" : ` · ${others.join(", ")} ${others.length === 1 ? "executes" : "execute"}`;
  return [
    {
      label: first ? "FIX" : "",
      duty: dutyOf(fix.accountable, fix.answerable, leads(item, fix)),
      text: withoutArns(fix.item),
      ...(action === undefined || !options.verbose ? {} : commandOf(action)),
      aside: `${fix.interim ? "interim" : "durable"}${executes}`,
      sources: sourcesOf(fix.answerable.filter((answerable) => answerable.role === fix.accountable)),
    },
  ];
}

function noFix(item: Case): PageLine {
  const lead = item.lead === "not decided yet" ? item.lead : `lead ${item.lead}`;
  return {
    label: "FIX",
    text: visible([lead, item.leadBecause].filter((part) => part !== "").join(": ")),
    sources: [],
  };
}

function commanderLine(item: Case): PageLine {
  const { required, because, person } = item.commander;
  const head = required ? `required${person === undefined ? "" : `: ${person}`}` : "not required";
  return {
    label: "COMMANDER",
    text: withoutArns(because === "" ? head : `${head} · ${because}`),
    sources: [],
  };
}

/** The authority table: who may revoke, accept, change, and in an emergency. */
function authorityLines(item: Case): readonly PageLine[] {
  const kinds: readonly (readonly [string, readonly Answerable[]])[] = [
    ["revoke", item.authorities.revoke],
    ["compensating control", item.authorities.compensatingControl],
    ["residual risk", item.authorities.residualRisk],
    ["privilege change", item.authorities.privilegeChange],
    ["emergency", item.authorities.emergency],
  ];
  return kinds.flatMap(([kind, answerables], index) => {
    const label = index === 0 ? "AUTHORITY" : "";
    if (answerables.length === 0)
      return [{ label, text: `${kind}: ${nobody}`, sources: [], mark: "gap" as const }];
    return answerables.map((answerable, position): PageLine => ({
      label: position === 0 ? label : "",
      text: withoutArns(
        `${kind}: ${answerable.role} ${ownerWithConfidence(answerable)}, ${answerable.via}, ${answerable.authority.verdict === "can" ? "can" : answerable.authority.verdict === "cannot" ? "cannot" : "unknown whether they can"}`,
      ),
      sources: answerable.evidence.map((evidence) => ({ text: placeOf(evidence), evidence })),
    }));
  });
}
