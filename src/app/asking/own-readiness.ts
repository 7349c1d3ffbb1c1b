import { readinessShares, type Readiness } from "../../core/decision/index.js";
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
  return {
    ...whole,
    narrowed: true,
    workloads,
    gaps,
    ...readinessShares(workloads, gaps),
    identities: whole.identities.filter(({ identity, account }) => own.thing({ id: identity, account })),
  };
}
