import type { CaseState, PlanStepRef, Work } from "../../core/cases/index.js";
import { visible } from "../visible-text.js";
import { dayOf, dueText } from "../wording.js";
import type { CaseLifeView, LabelledLine } from "./case-life-view.js";
import { itemNumber, stepNumber } from "./case-words.js";

type Phase = PlanStepRef["phase"];

/** Contain, trace, fix: who has it, when it is due, and the steps that belong to it. */
export function trackLines({ state }: CaseLifeView, now: string): readonly LabelledLine[] {
  const { plan } = state;
  return [
    track(state, "contain", `${plan.contain.lead}${alsoWords(plan.contain.also)}`, now),
    ...steps(state, ["stop", "revoke"]),
    track(state, "trace", `${plan.trace.lead}${alsoWords(plan.trace.also)}`, now),
    ...(state.trace.causes.length === 0
      ? []
      : [under(`named: ${state.trace.causes.map(({ what, id }) => `${what} ${id}`).join(", ")}`)]),
    ...(state.trace.unknown === undefined
      ? []
      : [under(`cause unknown, signed by ${state.trace.unknown.signer}: ${state.trace.unknown.reason}`)]),
    ...steps(state, ["trace"]),
    { label: "FIX", text: `${plan.lead} leads · ${clockWords(state, "fix", now)}` },
    ...plan.fix.map((item) => {
      const work = state.work.find((each) => each.track === "fix" && each.item === item.id);
      return under(
        `${itemNumber(state, item.id).padEnd(4)}${visible(item.item)} · ${item.accountable}${
          item.interim ? " · interim" : ""
        } · ${holderWords(work)}`,
      );
    }),
    ...steps(state, ["rotate", "narrow"]),
    ...steps(state, ["retest", "review"]).map((line, index) => ({
      ...line,
      label: index === 0 ? "AFTER" : "",
    })),
  ];
}

const under = (text: string): LabelledLine => ({ label: "", text: `  ${text}` });

function track(state: CaseState, name: "contain" | "trace", roles: string, now: string): LabelledLine {
  const work = state.work.find((each) => each.track === name);
  return {
    label: name.toUpperCase(),
    text: `${roles} · ${holderWords(work)} · ${clockWords(state, name, now)}`,
  };
}

const alsoWords = (also: readonly string[]): string => (also.length === 0 ? "" : `, with ${also.join(", ")}`);

function holderWords(work: Work | undefined): string {
  if (work?.finishedAt !== undefined)
    return `said done ${dayOf(work.finishedAt)}${work.finishedBy === undefined ? "" : ` by ${work.finishedBy}`}`;
  if (work?.person === undefined) return "nobody has taken it";
  return `${work.person}${work.startedAt === undefined ? "" : `, at work since ${dayOf(work.startedAt)}`}`;
}

function clockWords(state: CaseState, task: string, now: string): string {
  const due = state.clocks
    .flatMap((clock) => (clock.task === task && clock.due !== null ? [clock.due] : []))
    .sort()[0];
  return due === undefined ? "no clock" : `due ${dueText(due, now)}`;
}

function steps(state: CaseState, phases: readonly Phase[]): readonly LabelledLine[] {
  return state.plan.steps
    .filter(({ phase }) => phases.includes(phase))
    .map((step) =>
      under(
        `${stepNumber(state, step.id).padEnd(4)}${step.phase.padEnd(7)} ${visible(step.title)} · ${step.role} · ${stepWords(state, step)}`,
      ),
    );
}

function stepWords(state: CaseState, step: PlanStepRef): string {
  const said = state.steps.find((each) => each.step === step.id);
  if (said !== undefined) return `said done ${dayOf(said.at)} by ${said.person}`;
  const before = step.after.filter((id) => !state.steps.some((each) => each.step === id));
  const waits = [
    ...step.requires.flatMap((role) => waitWords(state, step.id, role)),
    ...(before.length === 0 ? [] : [`after ${before.map((id) => stepNumber(state, id)).join(", ")}`]),
  ];
  return waits.length === 0 ? "open" : waits.join(", ");
}

/** What stands between a step and an agreement that it needs; nothing where it has it. */
function waitWords(state: CaseState, step: string, role: string): readonly string[] {
  const asked = state.approvals.filter(
    (item) => item.asked.kind === "step" && item.asked.step === step && item.of === role,
  );
  const last = asked.at(-1);
  if (last === undefined) return [`needs ${role}`];
  if (last.state === "granted") return [];
  return [`${last.id} of ${role} is ${last.state}`];
}
