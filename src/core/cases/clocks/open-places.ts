import type { Role } from "../../accountability/index.js";
import { decided, itemOf, traceEnded } from "../commands/places.js";
import type { Place } from "../events/envelope.js";
import type { CaseState, Clock } from "../state.js";

/** Work that a clock runs for, and the role that answers for it. */
export interface OpenPlace {
  /** Absent: it waits for the role, not for whoever took some work. */
  readonly place?: Place;
  readonly role: Role;
}

/**
 * What a clock still waits for. What people say is done keeps its clock until a snapshot shows it, but is not asked of
 * them again: then whoever answers for the account has to bring a snapshot.
 */
export function openPlaces(state: CaseState, clock: Pick<Clock, "task">): readonly OpenPlace[] {
  const { plan } = state;
  const led = (lead: Role | "not decided yet"): Role => decided([lead])[0] ?? "RUNTIME_OWNER";
  switch (clock.task) {
    case "contain": {
      const said = state.work.find(({ track }) => track === "contain")?.finishedAt !== undefined;
      return said
        ? [{ role: "RUNTIME_OWNER" }]
        : [{ place: { track: "contain" }, role: led(plan.contain.lead) }];
    }
    case "trace":
      return traceEnded(state) ? [] : [{ place: { track: "trace" }, role: led(plan.trace.lead) }];
    case "fix": {
      const open = state.work.filter((work) => work.track === "fix" && work.finishedAt === undefined);
      return open.length === 0
        ? [{ role: "RUNTIME_OWNER" }]
        : open.map(({ track, item }) => ({
            place: item === undefined ? { track } : { track, item },
            role:
              itemOf(state, { track, ...(item === undefined ? {} : { item }) })?.accountable ??
              "RUNTIME_OWNER",
          }));
    }
    // decision-rules E: the account's runtime authority supplies the documents that are missing.
    case "decide":
      return [{ role: "RUNTIME_OWNER" }];
    case "triage":
    case "notify":
      return [{ role: "SECOPS" }];
  }
}
