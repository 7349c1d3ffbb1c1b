import { evidenceAt } from "../estate/index.js";
import type { Case } from "./analysis.js";
import type { CaseView } from "./case-view.js";
import { shortName } from "./names.js";

/**
 * What created the exposure: an audit record, a definition in code, a capability, or not known; in that
 * precedence. Only the first two may be phrased as fact (first-minute.md, MADE BY).
 */
export function originOf(view: CaseView): Case["origin"] {
  const { estate } = view.context;
  const event = view.events.find((item) => changesPolicy(item.action));
  if (event !== undefined) {
    const actor = event.actor === undefined ? "an unknown identity" : shortName(event.actor);
    const who = event.person === undefined ? actor : `${event.person} as ${actor}`;
    return {
      kind: "event",
      text: `${who} called ${event.action.replace(/^[^:]+:/, "")} on ${event.at.slice(0, 16).replace("T", " ")}Z`,
      how: "seen in audit log",
      evidence: [evidenceAt(event.origin, `${event.action} by ${event.actor ?? "unknown"}`)],
    };
  }
  const coded = view.input.paths.find((path) => path.leg === "drift" && path.verdict === true);
  if (coded !== undefined) {
    return {
      kind: "code",
      text: coded.because,
      how: "defined in code",
      evidence: coded.hops.flatMap((hop) => hop.evidence).slice(0, 2),
    };
  }
  const definition = estate.definitions.find(
    (item) =>
      item.status !== "destroyed" &&
      item.target !== undefined &&
      view.scope.resources.includes(item.target) &&
      item.declares.size > 0,
  );
  if (definition !== undefined && view.input.kind === "flaw") {
    return {
      kind: "code",
      text: `${definition.address} defines it`,
      how: "defined in code",
      evidence: [evidenceAt(definition.origin, definition.address)],
    };
  }
  if (view.input.kind === "flaw") {
    return {
      kind: "code",
      text: "a component that was deployed carries the flaw",
      how: "defined in code",
      evidence: [],
    };
  }
  const [path] = view.counted;
  if (path !== undefined) {
    return {
      kind: "capability",
      text: `nobody knows who made it; possible: ${path.because}`,
      how: "inferred from what is possible",
      evidence: [],
    };
  }
  return { kind: "unknown", text: "no audit record, no definition in code", how: "not known", evidence: [] };
}

const changesPolicy = (action: string): boolean =>
  !/:(Get|List|Describe|Head|Batch(Get|Describe))/.test(action);
