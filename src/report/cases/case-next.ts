import type { CaseState, PlanStepRef } from "../../core/cases/index.js";
import type { CaseLifeView, LabelledLine } from "./case-life-view.js";
import { itemNumber, stepNumber } from "./case-words.js";

const most = 4;

/** Moves that are open to who asks, by the roles that they hold: proposals, every rule is still asked. */
export function nextMoves({ state, you }: CaseLifeView, now: string): readonly LabelledLine[] {
  if (state.status === "closed") return [];
  const mine = new Set(you.roles);
  const found = [
    ...untaken(state, mine),
    ...steps(state, mine),
    ...state.approvals
      .filter(
        ({ state: at, of, until }) =>
          at === "requested" && mine.has(of) && Date.parse(until) > Date.parse(now),
      )
      .map(({ id }) => `approve ${state.id} ${id}`),
    ...state.orders
      .filter(({ state: at, to }) => at === "waiting" && mine.has(to))
      .map(({ id }) => `acknowledge ${state.id} ${id}`),
    ...(state.verified?.outcome.durable === true ? [`close ${state.id} --reason …`] : []),
  ];
  if (found.length === 0) return [];
  const shown = found.slice(0, most).map((text) => `remit cases ${text}`);
  return [
    ...shown,
    ...(found.length > most ? [`+${String(found.length - most)} more are open to you`] : []),
  ].map((text, index) => ({ label: index === 0 ? "NEXT" : "", text }));
}

function untaken({ id, plan, work }: CaseState, mine: ReadonlySet<string>): readonly string[] {
  const free = (track: "contain" | "trace"): boolean =>
    work.some((item) => item.track === track && item.person === undefined && item.finishedAt === undefined);
  const leads = (task: { readonly lead: string; readonly also: readonly string[] }): boolean =>
    mine.has(task.lead) || task.also.some((role) => mine.has(role));
  return (["contain", "trace"] as const)
    .filter((track) => free(track) && leads(plan[track]))
    .map((track) => `claim ${id} ${track}`);
}

function steps(state: CaseState, mine: ReadonlySet<string>): readonly string[] {
  const said = new Set(state.steps.map(({ step }) => step));
  const open = state.plan.steps.filter(
    ({ id, role, after }) => mine.has(role) && !said.has(id) && after.every((before) => said.has(before)),
  );
  return [
    ...open.map((step) => stepMove(state, step)),
    ...state.plan.fix
      .filter(({ id, accountable }) => {
        const held = state.work.find(({ track, item }) => track === "fix" && item === id);
        return mine.has(accountable) && held?.person === undefined && held?.finishedAt === undefined;
      })
      .map(({ id }) => `claim ${state.id} fix ${itemNumber(state, id)}`),
  ];
}

/** Say that it was run, or first ask for the agreement that it waits for. */
function stepMove(state: CaseState, { id, requires }: PlanStepRef): string {
  const agreed = requires.every((role) =>
    state.approvals.some(
      ({ asked, of, state: at }) =>
        asked.kind === "step" && asked.step === id && of === role && at === "granted",
    ),
  );
  const number = stepNumber(state, id);
  return agreed
    ? `attest ${state.id} ${number} --text …`
    : `request ${state.id} step ${number} --reason … --until …`;
}
