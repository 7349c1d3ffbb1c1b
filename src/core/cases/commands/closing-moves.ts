import type { Role } from "../../accountability/index.js";
import { statusAt } from "../approvals.js";
import type { CaseFact } from "../events/event.js";
import type { Retest } from "../events/verification-events.js";
import { outcomeOf } from "../outcome.js";
import { firstOf, refuse, type Check } from "../refusal.js";
import type { CaseState } from "../state.js";
import { anyHat, caseOpen, hatAmong, namedFor, notYours, type Acting } from "./acting.js";
import { made, type Move } from "./move.js";
import { decided, rolesFor, traceEnded } from "./places.js";
import { isInstant, textCheck } from "./text-checks.js";

/** How far clocks of two machines may differ before a time is not believed. */
const mostSkew = 3_600_000;

/** Newer than the round it speaks of and than what was verified before: an old file tells what was, not what is. */
export function verify(state: CaseState, retest: Retest, acting: Acting): Move {
  if (state.verified?.snapshot === retest.snapshot && state.verified.analysis === retest.analysis)
    return made("MEMBER");
  if (!isInstant(retest.observedAt))
    return refuse(
      "readable-time",
      `\`${retest.observedAt}\` is no instant`,
      "state when the snapshot was observed",
    );
  if (Date.parse(retest.observedAt) > Date.parse(acting.now) + mostSkew)
    return refuse(
      "newer-snapshot",
      `the snapshot shows ${retest.observedAt}, which lies ahead of ${acting.now}`,
      "set the clock of the machine that collected it",
    );
  const after = [state.openedAt, state.verified?.observedAt ?? ""].sort().at(-1) ?? "";
  if (Date.parse(retest.observedAt) <= Date.parse(after))
    return refuse(
      "newer-snapshot",
      `the snapshot shows ${retest.observedAt}, which is not after ${after}`,
      "collect the estate again and import it",
    );
  const outcome = outcomeOf(state.plan, retest);
  const facts: CaseFact[] = [{ kind: "verified", retest, outcome }];
  const closure = state.status === "closed" ? state.closures.at(-1) : undefined;
  const wasContained = state.proven.contained !== undefined;
  if (outcome.contained === false && wasContained)
    facts.push({
      kind: "recurred",
      level: state.level + 1,
      ...(closure === undefined ? {} : { signer: closure.signer }),
    });
  else if (closure !== undefined && (outcome.fixed === false || outcome.durable === false))
    facts.push({ kind: "reopened", because: "way-back", reason: outcome.because.slice(0, 5).join("; ") });
  return made("MEMBER", ...facts);
}

/** Whoever leads the case or a task of it closes it, or who may sign its risk; the proof is the snapshot's. */
export function close(state: CaseState, reason: string, acting: Acting): Move {
  const { plan } = state;
  const may: readonly Role[] = [...decided([plan.lead, plan.contain.lead, plan.trace.lead]), "RISK_SIGNER"];
  const as = hatAmong(acting, may);
  if (as === undefined) return notYours(state, acting, may, "closing the case");
  const stop = firstOf(
    caseOpen(state),
    textCheck("reason", reason),
    ...closingChecks(state, acting.now),
    plan.tier >= 2 && state.fixers.includes(acting.person)
      ? refuse(
          "two-people",
          "you made the fix, so at tier 2 and above someone else closes",
          "ask another lead",
          {
            roles: may,
            people: namedFor(state, may, state.fixers),
          },
        )
      : undefined,
  );
  return (
    stop ?? made(as, { kind: "closed", reason, signer: acting.person, accessPathKey: plan.accessPathKey })
  );
}

/** What a closure still waits for, whoever asks; empty: nothing. */
export function closingChecks(state: CaseState, now: string): readonly Check[] {
  const { verified } = state;
  const { outcome } = verified ?? {};
  const open = [
    ...state.orders.filter((order) => order.state === "waiting" || order.state === "acknowledged"),
    ...state.approvals.filter((item) => item.state === "requested"),
    ...state.disputes.filter((item) => item.answer === undefined),
  ];
  const followUps = state.plan.followUps.filter(
    ({ name, required }) =>
      required &&
      !state.followUps.some((item) => item.name === name && (item.done ?? item.waived) !== undefined),
  );
  const unreviewed = state.glass.filter(({ review }) => review === undefined);
  const traceRoles = rolesFor(state, { track: "trace" });
  return [
    verified === undefined ||
    verified.sequence < state.sinceSequence ||
    Date.parse(verified.observedAt) <= Date.parse(state.since)
      ? refuse(
          "proof-to-close",
          `no snapshot from after ${state.since} has verified it`,
          "collect the estate again and import it",
        )
      : outcome?.contained === true && outcome.fixed === true && outcome.durable === true
        ? undefined
        : refuse(
            "proof-to-close",
            `the snapshot of ${verified.observedAt} does not show it durable: ${(outcome?.because ?? []).slice(0, 3).join("; ")}`,
            statusAt(state, now) === "accepted"
              ? "its risk is signed; it closes when a snapshot shows it durable"
              : "it closes when a snapshot shows it durable; until then its risk can be signed",
          ),
    traceEnded(state)
      ? undefined
      : refuse(
          "trace-to-close",
          "the trace has not ended",
          'name the cause, or have "cause unknown" signed',
          {
            roles: traceRoles,
            people: namedFor(state, traceRoles),
          },
        ),
    followUps.length === 0
      ? undefined
      : refuse(
          "follow-ups-to-close",
          `mandatory and not settled: ${followUps.map(({ name }) => `\`${name}\``).join(", ")}`,
          "do them, or have them waived by a signer",
          { roles: [...new Set(followUps.map(({ owner }) => owner))] },
        ),
    unreviewed.length === 0
      ? undefined
      : refuse(
          "glass-reviewed",
          `\`${unreviewed.map(({ id }) => id).join("`, `")}\` was broken and not reviewed`,
          "an emergency approver reviews it",
          { roles: ["EMERGENCY_APPROVER"], people: namedFor(state, ["EMERGENCY_APPROVER"]) },
        ),
    open.length === 0
      ? undefined
      : refuse(
          "nothing-pending",
          `unanswered: ${open
            .slice(0, 5)
            .map(({ id }) => `\`${id}\``)
            .join(", ")}`,
          "answer or withdraw them",
        ),
  ];
}

export function reopen(state: CaseState, reason: string, acting: Acting): Move {
  const as = anyHat(acting);
  if (as === undefined) return notYours(state, acting, decided([state.plan.lead]), "reopening a case");
  const stop = firstOf(
    textCheck("reason", reason),
    state.status === "closed" ? undefined : refuse("said-once", "the case is open", "nothing is left to do"),
  );
  return stop ?? made(as, { kind: "reopened", because: "person", reason });
}

/** A remark by anybody; it changes nothing. */
export function note(text: string, acting: Acting): Move {
  return textCheck("text", text) ?? made(anyHat(acting) ?? "MEMBER", { kind: "noted", text });
}
