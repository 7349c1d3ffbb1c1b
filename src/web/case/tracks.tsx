import type { Answerable } from "../../core/accountability/index.js";
import type { CaseState } from "../../core/cases/index.js";
import type { Case, FixItem } from "../../core/decision/index.js";
import { bestNamed } from "../../report/index.js";
import { AuthorityBadge } from "../parts/authority-badge.js";
import { CommandLine, Diff } from "../parts/command-line.js";
import { useNow } from "../parts/now.js";
import { PersonCard } from "../parts/person.js";
import { Sentence } from "../parts/plain-text.js";
import { RoleToken } from "../parts/role-token.js";
import { Due } from "../parts/when.js";
import { Steps } from "./steps.js";
import { TraceMoves } from "./trace-moves.js";
import { WorkMoves, workAt, WorkState } from "./work-moves.js";
import { shortName } from "../../report/index.js";

interface TracksProps {
  readonly item: Case;
  readonly state: CaseState;
}

/** Who contains, who traces, who fixes: three tracks side by side, each with its clock. */
export function Tracks({ item, state }: TracksProps) {
  const traced = state.trace.endedAt !== undefined;
  return (
    <div className="tracks">
      <Track
        title="Contain"
        role={item.contain.lead}
        also={item.contain.also}
        answerables={item.contain.answerable}
        due={dueOf(state, "contain") ?? item.contain.due}
      >
        <p>
          <WorkState work={workAt(state, { track: "contain" })} proven={state.proven.contained} />
        </p>
        <WorkMoves state={state} place={{ track: "contain" }} what="containment" />
        <Steps item={item} state={state} phases={["stop", "revoke"]} />
      </Track>
      <Track
        title="Trace"
        role={item.trace.lead}
        also={item.trace.also}
        answerables={item.trace.answerable}
        due={dueOf(state, "trace") ?? item.trace.due}
      >
        {traced ? (
          <p>
            {state.trace.unknown === undefined ? "cause named: " : "cause signed as unknown: "}
            <Sentence
              text={
                state.trace.unknown?.reason ??
                state.trace.causes.map(({ what, id }) => `${what} ${shortName(id)}`).join(", ")
              }
            />
          </p>
        ) : (
          <p>
            <WorkState work={workAt(state, { track: "trace" })} />
          </p>
        )}
        <WorkMoves state={state} place={{ track: "trace" }} what="the trace" />
        {traced || state.status === "closed" ? null : <TraceMoves guess={guessOf(item)} />}
        <Steps item={item} state={state} phases={["trace"]} />
      </Track>
      <Track
        title="Fix"
        role={item.lead}
        also={[]}
        answerables={item.fix.flatMap(({ answerable }) => answerable)}
        due={dueOf(state, "fix") ?? item.fix[0]?.due ?? null}
        lead
      >
        {item.fix.length === 0 ? (
          <p>
            <Sentence text={item.leadBecause} />
          </p>
        ) : null}
        <ol className="steps fix-items">
          {item.fix.map((fix, index) => (
            <Item
              key={`${fix.accountable} ${fix.item}`}
              fix={fix}
              id={state.plan.fix[index]?.id}
              state={state}
            />
          ))}
        </ol>
      </Track>
    </div>
  );
}

const dueOf = (state: CaseState, task: string): string | null | undefined =>
  state.clocks.find((clock) => clock.task === task)?.due;

/** What starts the worst route: most often the cause, and only offered. */
const guessOf = ({ recreation: { paths } }: Case): string => {
  const [worst] = paths;
  return worst === undefined ? "" : shortName(worst.credential ?? worst.starter);
};

interface TrackProps {
  readonly title: string;
  readonly role: string;
  readonly also: readonly string[];
  readonly answerables: readonly Answerable[];
  readonly due: string | null;
  readonly lead?: boolean;
  readonly children: React.ReactNode;
}

function Track({ title, role, also, answerables, due, lead, children }: TrackProps) {
  const now = useNow();
  const best = bestNamed(answerables.filter((answerable) => answerable.role === role));
  return (
    <section className="track" aria-label={title}>
      <header>
        <h3>{title}</h3>
        <Due at={due ?? undefined} now={now} />
      </header>
      {role === "not decided yet" ? (
        <p className="meta">not decided yet</p>
      ) : (
        <p className="track-who">
          {lead === true ? <span className="meta">lead </span> : null}
          <RoleToken role={role} /> <PersonCard answerable={best} />
          {also.length === 0 ? null : <span className="meta"> · also {also.join(", ")}</span>}
        </p>
      )}
      {children}
    </section>
  );
}

interface ItemProps {
  readonly fix: FixItem;
  readonly id: string | undefined;
  readonly state: CaseState;
}

/** One hop or cause, one accountable. */
function Item({ fix, id, state }: ItemProps) {
  const best = bestNamed(fix.answerable.filter(({ role }) => role === fix.accountable));
  const others = fix.responsible.filter((role) => role !== fix.accountable);
  return (
    <li>
      <p className="step-title">
        <Sentence text={fix.item} />
      </p>
      <p className="step-who">
        <RoleToken role={fix.accountable} /> <PersonCard answerable={best} />
        <span className="meta">
          {fix.interim ? " · interim" : " · durable"}
          {others.length === 0
            ? ""
            : ` · ${others.join(", ")} ${others.length === 1 ? "executes" : "execute"}`}
        </span>
        {best === undefined ? null : <AuthorityBadge authority={best.authority} deed="do it" />}
      </p>
      {fix.actions.map((action) => (
        <details key={action.title}>
          <summary>{action.command === "" ? "What it hits" : "Command"}</summary>
          {action.impact === "" ? null : (
            <p className="meta">
              <Sentence text={action.impact} />
            </p>
          )}
          {action.command === "" ? null : <CommandLine command={action.command} />}
          {action.diff === undefined || action.diff === "" ? null : <Diff text={action.diff} />}
        </details>
      ))}
      {id === undefined ? null : (
        <>
          <p>
            <WorkState work={workAt(state, { track: "fix", item: id })} proven={state.proven.fixed} />
          </p>
          <WorkMoves state={state} place={{ track: "fix", item: id }} what="this item" />
        </>
      )}
    </li>
  );
}
