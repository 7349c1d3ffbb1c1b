import type { Readiness, ReadinessCell } from "../../core/decision/index.js";
import type { OwnThings } from "./own-things.js";

/** The same matrix with the workloads, gaps and identities of whoever asks, and shares of those alone. */
export function ownReadiness<Document extends Readiness>(
  whole: Document,
  own: OwnThings,
): Document & { readonly narrowed: true } {
  const workloads = whole.workloads.filter(({ workload, account }) =>
    own.workload({ id: workload, account }),
  );
  const ids = new Set(workloads.map(({ workload }) => `workload:${workload}`));
  const gaps = whole.gaps.filter(
    ({ scope }) =>
      ids.has(scope) || own.account(scope) || (!scope.startsWith("workload:") && own.thing({ id: scope })),
  );
  const required = workloads.flatMap(({ cells }) => cells.filter(({ state }) => state !== "-"));
  const covered = required.filter(isCovered).length;
  return {
    ...whole,
    narrowed: true,
    workloads,
    gaps,
    coverage: {
      required: required.length,
      covered,
      unproven: required.filter(
        ({ state, authority }) => state === "named" && authority?.verdict === "unknown",
      ).length,
      share: required.length === 0 ? 1 : covered / required.length,
    },
    identities: whole.identities.filter(({ identity, account }) => own.thing({ id: identity, account })),
    diffuse: {
      nobody: required.filter(({ who }) => who === undefined).length,
      several: gaps.filter(({ kind }) => kind === "several").length,
    },
  };
}

const isCovered = ({ state, authority }: ReadinessCell): boolean =>
  state === "can" || (state === "named" && authority?.verdict !== "unknown");
