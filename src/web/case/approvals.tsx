import type { Approval, CaseState } from "../../core/cases/index.js";
import { useSession } from "../api/session.js";
import { useNow } from "../parts/now.js";
import { Person } from "../parts/person.js";
import { Sentence } from "../parts/plain-text.js";
import { RoleToken } from "../parts/role-token.js";
import { absolute, Ago, dayOf } from "../parts/when.js";
import { AskedMove, Move } from "./move.js";

const day = 86_400_000;

/** What was asked, of whom, and what they said; a signature of what remains. */
export function Approvals({ state }: { readonly state: CaseState }) {
  const now = useNow();
  const until = new Date(Date.parse(now) + 30 * day).toISOString();
  return (
    <section className="approvals" aria-label="Approvals and signatures">
      <h3>Approvals and signatures</h3>
      {state.approvals.length === 0 ? <p className="meta">Nobody has asked for any.</p> : null}
      <ul className="plain">
        {state.approvals.map((approval) => (
          <li key={approval.id}>
            <OneApproval approval={approval} state={state} />
          </li>
        ))}
      </ul>
      {state.status === "closed" ? null : (
        <div className="moves">
          <AskedMove
            label="Ask for a control"
            title="Ask to agree to a compensating control"
            field="The control, and why it is enough until the fix"
            act="Ask CC_APPROVER"
            keep="Do not ask"
            command={(text) => ({ kind: "request", asked: { kind: "control", text }, reason: text, until })}
          />
          <AskedMove
            label="Ask to accept the risk"
            title="Ask to sign what remains"
            field="What remains, and why it stays"
            act="Ask RISK_SIGNER"
            keep="Do not ask"
            command={(text) => ({
              kind: "request",
              asked: { kind: "residual-risk", text },
              reason: text,
              until,
            })}
          >
            <p>Asked until {dayOf(until)}. The case reopens on that day.</p>
          </AskedMove>
        </div>
      )}
    </section>
  );
}

function OneApproval({ approval, state }: { readonly approval: Approval; readonly state: CaseState }) {
  const now = useNow();
  const me = useSession().data?.person;
  const { id, asked, of, reason, requester, requestedAt, until, answeredBy, answer } = approval;
  const what = textOf(approval, state);
  const open = approval.state === "requested" && state.status !== "closed";
  return (
    <>
      <p>
        <span className="mono">{id}</span> <Sentence text={what} />
      </p>
      <p className="meta">
        <Person name={requester} inferred={false} /> asks <RoleToken role={of} />,{" "}
        <Ago at={requestedAt} now={now} />: <Sentence text={reason} />
      </p>
      <p className="work-state">
        {stateWords[approval.state]}
        {answeredBy === undefined ? null : (
          <>
            {" by "}
            <Person name={answeredBy} inferred={false} />
          </>
        )}
        {approval.state === "granted" ? ` until ${absolute(until)}` : ""}
        {answer === undefined ? null : (
          <>
            : <Sentence text={answer} />
          </>
        )}
      </p>
      {open ? (
        <div className="moves">
          {asked.kind === "residual-risk" ? (
            <AskedMove
              label="Sign the risk"
              title={`Sign this risk until ${dayOf(until)}?`}
              field="Why it may stay"
              act="Sign"
              keep="Do not sign"
              command={(text) => ({
                kind: "sign-risk",
                approval: id,
                reason: text,
                compensating: state.approvals
                  .filter((other) => other.asked.kind === "control" && other.state === "granted")
                  .map((other) => other.id),
              })}
            >
              <p>The case reopens on that day.</p>
            </AskedMove>
          ) : (
            <AskedMove
              label="Approve"
              title={`Approve: ${what}?`}
              act="Approve"
              keep="Leave it as it is"
              command={() => ({ kind: "approve", approval: id })}
            >
              <p>Recorded under your name; it cannot be withdrawn.</p>
            </AskedMove>
          )}
          <AskedMove
            label="Do not approve"
            title="Do not approve?"
            field="Why not"
            act="Do not approve"
            keep="Leave it open"
            command={(text) => ({ kind: "refuse", approval: id, reason: text })}
          />
          {requester === me ? <Move label="Withdraw" command={{ kind: "withdraw", approval: id }} /> : null}
        </div>
      ) : null}
    </>
  );
}

const stateWords: Readonly<Record<Approval["state"], string>> = {
  requested: "waits for an answer",
  granted: "granted",
  refused: "not granted",
  withdrawn: "withdrawn",
  lapsed: "its time is over",
};

function textOf({ asked }: Approval, state: CaseState): string {
  if (asked.kind !== "step") return asked.text;
  return state.plan.steps.find(({ id }) => id === asked.step)?.title ?? asked.step;
}
