import { stateOf, told } from "./finding-event.js";
import type { Folded } from "./finding-fold.js";
import type { Acceptance, FindingRecord, FindingsState } from "./finding-state.js";
import { courseOf } from "./timeline.js";

export type Accepted = Folded | { readonly reason: string };

/**
 * Accepts an open finding until a date: it survives every rescan, ends when the finding is fixed or gone, and an
 * acceptance without an end, an owner or a reason is refused.
 */
export function acceptFinding(state: FindingsState, fingerprint: string, acceptance: Acceptance): Accepted {
  const record = state.records.find((each) => each.fingerprint === fingerprint);
  if (record === undefined)
    return { reason: `no finding has the fingerprint \`${fingerprint.slice(0, 64)}\`` };
  if (acceptance.by.trim() === "" || acceptance.reason.trim() === "")
    return { reason: "an acceptance needs who accepts and why" };
  if (!(acceptance.until > acceptance.at)) return { reason: "an acceptance needs an end that lies ahead" };
  if (!["open", "recurred", "accepted"].includes(record.state))
    return { reason: `the finding is ${record.state}: there is nothing to accept` };
  const accepted: FindingRecord = { ...record, acceptance, state: "accepted", since: acceptance.at };
  return { state: withRecord(state, accepted), events: [] };
}

/** Ends the acceptances whose time has come; the findings are open again, with an event each. */
export function lapseAcceptances(state: FindingsState, now: string): Folded {
  const lapsed = state.records.filter(
    (record) => record.acceptance !== undefined && record.acceptance.until <= now,
  );
  let next = state;
  const events = lapsed.flatMap((record) => {
    const { acceptance, ...rest } = record;
    const course = courseOf(record.timeline);
    if (course === undefined || acceptance === undefined) return [];
    const open: FindingRecord = {
      ...rest,
      state: stateOf(course.standing, course.recurrences, false),
      since: acceptance.until,
    };
    next = withRecord(next, open);
    return [{ ...told("acceptance-ended", open), from: record.state }];
  });
  return { state: next, events };
}

const withRecord = (state: FindingsState, changed: FindingRecord): FindingsState => ({
  ...state,
  records: state.records.map((record) => (record.fingerprint === changed.fingerprint ? changed : record)),
});
