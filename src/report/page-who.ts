import type { Answerable } from "../core/accountability/index.js";
import type { Action, Case, FixItem, Task } from "../core/decision/index.js";
import { bestNamed, nobody, ownerWithConfidence } from "./owner.js";
import { chainLines } from "./page-chain.js";
import type { PageBlock, PageLine, PageOptions } from "./page-block.js";
import { placeOf, withoutFolder } from "./place.js";
import { withoutArns } from "./short-name.js";
import { visible } from "./visible-text.js";

const quietLimit = 3;

/** CONTAIN, TRACE, FIX, COMMANDER. A case that only administrators can bring back gets three lines at most. */
export function whoBlock(item: Case, options: PageOptions): PageBlock {
  const contain = taskLines("CONTAIN", item.contain, item, options);
  const trace = taskLines("TRACE", item.trace, item, options);
  const fix = joinDrops(item.fix)
    .sort((a, b) => Number(leads(item, b)) - Number(leads(item, a)))
    .map((fixItem, index) => fixLine(item, fixItem, index === 0, options));
  const commander = commanderLine(item);
  const short = item.recreation.words === "only admins" && !options.verbose;
  const lines = short
    ? [contain[0], fix[0], commander].filter((line) => line !== undefined).slice(0, quietLimit)
    : [
        ...contain,
        ...trace,
        ...(fix.length === 0 ? [noFix(item)] : options.verbose ? fix : sourcesOnce(fix)),
        commander,
        ...(options.verbose
          ? [...orderLines(item, options), ...authorityLines(item, options), ...chainLines(item, options)]
          : []),
      ];
  return { name: "who", title: "Who acts", lines };
}

/**
 * Items of one owner that take rights from the same identity, as one line: `etl-admin: drop s3:GetObject,
 * s3:PutBucketPolicy`. The document keeps one item per hop (R11).
 */
function joinDrops(items: readonly FixItem[]): FixItem[] {
  const joined: FixItem[] = [];
  for (const item of items) {
    const [, head = "", rights = ""] = /^(.+?: drop )(.+)$/.exec(item.item) ?? [];
    const at = joined.findIndex(
      (other) => head !== "" && other.accountable === item.accountable && other.item.startsWith(head),
    );
    const before = joined[at];
    if (before === undefined) joined.push(item);
    else joined[at] = { ...before, item: `${before.item}, ${rights}` };
  }
  return joined;
}

/** Where an owner is named stands with the first duty of the owner. */
function sourcesOnce(lines: readonly PageLine[]): readonly PageLine[] {
  const seen = new Set<string>();
  return lines.map((line) => ({
    ...line,
    sources: line.sources.filter(({ text }) => {
      const key = `${line.duty?.role ?? ""} ${line.duty?.owner ?? ""} ${text}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    }),
  }));
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

/** One line per step with whoever runs it, its command and whom it hits below; then who else has a part in it. */
function taskLines(label: string, task: Task, item: Case, options: PageOptions): readonly PageLine[] {
  if (task.lead === "not decided yet") {
    return [{ label, text: visible(`not decided yet: ${task.because}`), sources: [] }];
  }
  const { lead } = task;
  const steps = [...task.actions].sort((a, b) => Number(a.by !== undefined) - Number(b.by !== undefined));
  const acting = new Set<string>([lead, ...steps.flatMap((action) => action.by ?? [])]);
  const own = steps.filter((action) => action.by === undefined);
  const lines: PageLine[] = [];
  let shown = "";
  const add = (role: string, text: string, action?: Action): void => {
    const people = [...task.answerable, ...item.authorities.compensatingControl].filter(
      (answerable) => answerable.role === role,
    );
    lines.push({
      label: lines.length === 0 ? label : "",
      ...(role === shown ? { indent: true } : { duty: dutyOf(role, people, false) }),
      text,
      ...(action === undefined ? {} : commandOf(action)),
      sources: role === shown ? [] : [...authorityAside(people, options), ...sourcesOf(people, options)],
    });
    if (action !== undefined) lines.push(...impactLines(action));
    shown = role;
  };
  if (own.every(({ kind }) => kind === "ask")) add(lead, withoutArns(task.because));
  for (const action of steps) add(action.by ?? lead, withoutArns(action.title), action);
  for (const role of task.also) if (!acting.has(role)) add(role, "");
  return lines;
}

/** A command is shown only to those who are proven able to run it; the decision leaves it empty otherwise. */
const commandOf = (action: Action): Partial<PageLine> =>
  action.command === "" ? {} : { mark: "command", code: visible(action.command) };

function impactLines(action: Action): readonly PageLine[] {
  const needs = action.requires.length === 0 ? "" : `${action.requires.join(" and ")} must agree`;
  const text = [action.impact, needs].filter((part) => part !== "").join(": ");
  return text === "" ? [] : [{ label: "", indent: true, text: withoutArns(text), sources: [] }];
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

const sourcesOf = (answerables: readonly Answerable[], options: PageOptions): PageLine["sources"] =>
  (bestNamed(answerables)?.evidence ?? []).map((evidence) => ({
    text: placeOf(evidence, options.folder),
    evidence,
  }));

function fixLine(item: Case, fix: FixItem, first: boolean, options: PageOptions): PageLine {
  const [action] = fix.actions;
  const others = fix.responsible.filter((role) => role !== fix.accountable);
  const executes =
    others.length === 0 ? "" : ` · ${others.join(", ")} ${others.length === 1 ? "executes" : "execute"}`;
  return {
    label: first ? "FIX" : "",
    duty: dutyOf(fix.accountable, fix.answerable, leads(item, fix)),
    text: withoutFolder(withoutArns(fix.item), options.folder ?? ""),
    ...(action === undefined || !options.verbose ? {} : commandOf(action)),
    aside: `${fix.interim ? "interim" : "durable"}${executes}`,
    sources: sourcesOf(
      fix.answerable.filter((answerable) => answerable.role === fix.accountable),
      options,
    ),
  };
}

function noFix(item: Case): PageLine {
  const lead = item.lead === "not decided yet" ? item.lead : `lead ${item.lead}`;
  return {
    label: "FIX",
    text: visible([lead, item.leadBecause].filter((part) => part !== "").join(": ")),
    sources: [],
  };
}

/** The whole order of work, step by step, with who can do each now. */
function orderLines(item: Case, options: PageOptions): readonly PageLine[] {
  return item.containment.flatMap((step, index): readonly PageLine[] => {
    const { canNow } = step;
    const able =
      canNow.verdict === "can"
        ? "can now"
        : canNow.verdict === "cannot"
          ? `cannot: ${canNow.proof.join(", ")}`
          : "";
    const users = step.affected.map(({ who, how }) => `${who} (${how})`);
    const more = step.moreAffected === 0 ? [] : [`and ${String(step.moreAffected)} more`];
    const hit = [...users, ...more].join(", ");
    return [
      {
        label: index === 0 ? "ORDER" : "",
        text: withoutFolder(
          withoutArns(
            `${String(step.step)} ${step.phase} · ${step.role}${canNow.who === undefined ? "" : ` ${canNow.who}`}: ${step.title}`,
          ),
          options.folder ?? "",
        ),
        ...(able === "" ? {} : { aside: withoutArns(able) }),
        ...(step.command === "" ? {} : { mark: "command" as const, code: visible(step.command) }),
        sources: [],
      },
      ...(hit === "" ? [] : [{ label: "", text: withoutArns(`cuts off ${hit}`), sources: [] }]),
    ];
  });
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
function authorityLines(item: Case, options: PageOptions): readonly PageLine[] {
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
      sources: answerable.evidence.map((evidence) => ({ text: placeOf(evidence, options.folder), evidence })),
    }));
  });
}
