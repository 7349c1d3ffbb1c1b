import type { CaseState } from "../../core/cases/index.js";
import type { Case } from "../../core/decision/index.js";
import { CopyButton } from "../parts/copy-button.js";
import { Person } from "../parts/person.js";
import { Sentence } from "../parts/plain-text.js";
import { RoleToken } from "../parts/role-token.js";
import { AskedMove, Move } from "./move.js";
import { workAt } from "./work-moves.js";

interface NextProps {
  readonly item: Case;
  readonly state: CaseState;
}

/** The one thing that comes next, who does it, and the one solid button. */
export function NextStep({ item, state }: NextProps) {
  const next = nextOf(item, state);
  const contain = workAt(state, { track: "contain" });
  return (
    <div className="next" role="region" aria-label="Next step">
      <span className="label">Next</span>
      <p className="next-said">
        {next.role === undefined ? null : (
          <>
            <RoleToken role={next.role} /> {next.names ? <Person name={next.who} inferred={false} /> : null}
            {": "}
          </>
        )}
        <Sentence text={next.text} />
      </p>
      <div className="next-moves">
        {next.claim && contain?.person === undefined && contain?.finishedAt === undefined ? (
          <Move primary label="Take this case" command={{ kind: "claim", track: "contain" }} />
        ) : null}
        {next.command === undefined ? null : <CopyButton text={next.command} label="Copy command" />}
        {next.close ? (
          <AskedMove
            primary
            label="Close the case"
            title="Close the case?"
            field="On what it rests"
            act="Close it"
            keep="Leave it open"
            command={(reason) => ({ kind: "close", reason })}
          >
            <p>It comes back by itself when a snapshot shows the exposure again.</p>
          </AskedMove>
        ) : null}
      </div>
    </div>
  );
}

interface Next {
  readonly text: string;
  readonly role?: string;
  readonly who?: string | undefined;
  readonly names?: boolean;
  readonly claim?: boolean;
  readonly close?: boolean;
  readonly command?: string;
}

function nextOf(item: Case, state: CaseState): Next {
  if (state.status === "closed")
    return { text: `Closed: ${state.closures.at(-1)?.reason ?? "no reason was kept"}.` };
  const { recreation, containment } = item;
  if (state.verified?.outcome.durable === true) return afterProof(state);
  const [fact] = recreation.missingFacts;
  if (recreation.verdict === "unknown" && fact !== undefined)
    return { text: `Supply ${fact.fact}: it decides whether this comes back.`, command: fact.collect };
  const said = new Set(state.steps.map(({ step }) => step));
  const contained = workAt(state, { track: "contain" })?.finishedAt !== undefined;
  const at = containment.findIndex(
    ({ phase }, index) =>
      (phase === "stop" || phase === "revoke") && !said.has(state.plan.steps[index]?.id ?? ""),
  );
  const step = containment[at];
  if (!contained && step !== undefined) {
    const waits = step.requires.length === 0 ? "" : ` ${step.requires.join(" and ")} must agree first.`;
    return {
      text: `${step.title}.${step.impact === "" ? "" : ` It hits ${step.impact}.`}${waits}`,
      role: step.role,
      who: step.canNow.who,
      names: true,
      claim: true,
      ...(step.command === "" ? {} : { command: step.command }),
    };
  }
  if (!contained)
    return { text: "Say that containment is done; the next snapshot verifies it.", claim: true };
  if (state.trace.endedAt === undefined)
    return { text: "Name what made it possible.", role: item.trace.lead };
  const open = item.fix.find(
    (_, index) =>
      workAt(state, { track: "fix", item: state.plan.fix[index]?.id ?? "" })?.finishedAt === undefined,
  );
  if (open !== undefined) return { text: open.item, role: open.accountable };
  return { text: "Import documents from after the fix: a snapshot verifies it, not a click." };
}

function afterProof(state: CaseState): Next {
  const open = state.plan.followUps.find(
    ({ name, required }) =>
      required &&
      !state.followUps.some(
        (entry) => entry.name === name && (entry.done !== undefined || entry.waived !== undefined),
      ),
  );
  if (state.trace.endedAt === undefined)
    return { text: "Name what made it possible.", role: state.plan.trace.lead };
  if (open !== undefined)
    return { text: `Follow-up: ${followUpNames[open.name]}, with proof or a waiver.`, role: open.owner };
  return { text: "A snapshot shows it contained, fixed and durable: it can close.", close: true };
}

const followUpNames = {
  accessReview: "access review",
  secretRotation: "secret rotation",
  privilegeReduction: "privilege reduction",
} as const;
