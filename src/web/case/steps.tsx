import type { CaseState } from "../../core/cases/index.js";
import type { Case } from "../../core/decision/index.js";
import { AuthorityBadge } from "../parts/authority-badge.js";
import { CommandLine } from "../parts/command-line.js";
import { useNow } from "../parts/now.js";
import { Person } from "../parts/person.js";
import { Sentence } from "../parts/plain-text.js";
import { RoleToken } from "../parts/role-token.js";
import { SourceChip } from "../parts/source-chip.js";
import { Ago } from "../parts/when.js";
import { AskedMove } from "./move.js";

type PlanStep = Case["containment"][number];
type StepRef = CaseState["plan"]["steps"][number];

interface StepsProps {
  readonly item: Case;
  readonly state: CaseState;
  readonly phases: readonly string[];
}

/** Steps of the order of work: who runs it and can, whom it cuts off, its command, and whose agreement it waits for. */
export function Steps({ item, state, phases }: StepsProps) {
  const steps = item.containment
    .map((step, index) => ({ step, ref: state.plan.steps[index] }))
    .filter(({ step }) => phases.includes(step.phase));
  if (steps.length === 0) return null;
  const first = steps.find(({ ref }) => state.steps.every(({ step: id }) => id !== ref?.id));
  return (
    <ol className="steps">
      {steps.map(({ step, ref }) => (
        <Step key={step.step} step={step} ref_={ref} state={state} opened={step === first?.step} />
      ))}
    </ol>
  );
}

interface StepProps {
  readonly step: PlanStep;
  readonly ref_: StepRef | undefined;
  readonly state: CaseState;
  /** What is done in it is shown without asking: the step that comes next. */
  readonly opened: boolean;
}

function Step({ step, ref_: ref, state, opened }: StepProps) {
  const now = useNow();
  const said = state.steps.find(({ step: id }) => id === ref?.id);
  const approval = state.approvals.findLast(({ asked }) => asked.kind === "step" && asked.step === ref?.id);
  return (
    <li value={step.step}>
      <p className="step-title">
        <Sentence text={step.title} />
      </p>
      <p className="step-who">
        <RoleToken role={step.role} />{" "}
        {step.canNow.who === undefined ? (
          <Person inferred={false} />
        ) : (
          <Person name={step.canNow.who} inferred={false} />
        )}{" "}
        <AuthorityBadge authority={step.canNow} deed={deedOf(step)} />
      </p>
      {step.impact === "" && step.affected.length === 0 ? null : (
        <p className="meta">
          {step.impact === "" ? "cuts off " : <Sentence text={step.impact} />}
          {step.impact === "" ? (
            <Sentence text={step.affected.map(({ who, how }) => `${who} (${how})`).join(", ")} />
          ) : null}
          {step.affected
            .slice(0, 3)
            .map(({ evidence: [first] }, index) =>
              first === undefined ? null : <SourceChip key={index} evidence={first} />,
            )}
          {step.moreAffected > 0 ? ` and ${String(step.moreAffected)} more` : ""}
        </p>
      )}
      {said === undefined ? null : (
        <p className="work-state">
          <Person name={said.person} inferred={false} /> ran it, as they say, <Ago at={said.at} now={now} />
        </p>
      )}
      {step.command === "" ? null : (
        <details open={opened}>
          <summary>Command</summary>
          <CommandLine command={step.command} />
        </details>
      )}
      {ref === undefined || state.status === "closed" ? null : (
        <div className="moves">
          {said === undefined ? (
            <AskedMove
              label="I ran it"
              title="Say that you ran it"
              field="What you ran, and what it answered"
              act="I ran it"
              keep="Not yet"
              command={(text) => ({ kind: "attest", step: ref.id, text })}
            >
              <p>The next snapshot verifies it, not this click.</p>
            </AskedMove>
          ) : null}
          {ref.requires.map((role) => (
            <AskedMove
              key={role}
              label={`Ask ${role}`}
              title={`Ask ${role} to agree`}
              field="Why it has to happen now"
              act="Ask"
              keep="Do not ask"
              command={(reason) => ({
                kind: "request",
                asked: { kind: "step", step: ref.id, of: role as "EMERGENCY_APPROVER" },
                reason,
                until: new Date(Date.parse(now) + 2 * 86_400_000).toISOString(),
              })}
            >
              <p>
                {step.impact === "" ? "It waits for an agreement." : <Sentence text={step.impact} />} The
                agreement is asked for two days.
              </p>
            </AskedMove>
          ))}
          {ref.requires.length > 0 && approval?.state !== "granted" && said === undefined ? (
            <AskedMove
              quiet
              label="Break the glass"
              title="Act without the agreement?"
              field="Why it cannot wait"
              act="Break the glass"
              keep="Wait for the agreement"
              command={(reason) => ({ kind: "break-glass", step: ref.id, reason })}
            >
              <p>
                {ref.requires.join(" and ")} is told at once, and somebody else reviews it before the case can
                close. It is recorded under your name.
              </p>
            </AskedMove>
          ) : null}
        </div>
      )}
    </li>
  );
}

/** `disable this key`: what the person would do, as a verb with its object. */
function deedOf({ asks, title }: PlanStep): string {
  if (asks !== undefined) return `do it (${asks.action})`;
  return `do it: ${title}`;
}
