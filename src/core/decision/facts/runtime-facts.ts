import { evidenceAt, resourceId } from "../../estate/index.js";
import type { FactRecord } from "../analysis.js";
import type { CaseView } from "../case-view.js";
import { deploymentOf } from "../deployment.js";
import { anyFact, known, stated, triOf } from "./fact.js";

/** R7: a flaw is a code issue until something runs it. Asked of flaws; what else is exposed stands already. */
export function deployed(view: CaseView): FactRecord {
  const { input, workloads, stated: said, context } = view;
  if (input.kind !== "flaw") return known("unknown", [], "asked of flaws only");
  return deploymentOf({ exposures: input.exposures, workloads, stated: said, estate: context.estate });
}

/**
 * R8: credentials that whoever makes the host ask for them gets. An instance that answers without a token (EC2,
 * `HttpTokens: optional`), or a workload of which a document says so.
 */
export function metadataReachable(view: CaseView): FactRecord {
  const { estate } = view.context;
  const own = view.workloads.flatMap(({ facts, origin }) => {
    const value = triOf(facts["tokenlessMetadata"]);
    return value === "unknown" ? [] : [stated(value, origin, `tokenlessMetadata: ${String(value)}`)];
  });
  const ids = [...view.scope.resources, ...view.workloads.flatMap(({ resources }) => resources)];
  const hosts = ids.flatMap((id): readonly FactRecord[] => {
    const resource = estate.resource(resourceId(id));
    const tokenless = resource?.properties.get("tokenlessMetadata");
    if (typeof tokenless?.value === "boolean")
      return [
        known(tokenless.value, [
          evidenceAt(tokenless.origin, `tokenlessMetadata: ${String(tokenless.value)}`),
        ]),
      ];
    const tokens = resource?.properties.get("metadataOptions.httpTokens");
    if (tokens === undefined) return [];
    const open =
      tokens.value === "optional" &&
      resource?.properties.get("metadataOptions.httpEndpoint")?.value !== "disabled";
    return [known(open, [evidenceAt(tokens.origin, `HttpTokens: ${JSON.stringify(tokens.value)}`)])];
  });
  const all = [...own, ...hosts];
  return all.length === 0
    ? known("unknown", [], "no document says how its metadata service answers")
    : anyFact(all);
}

/** R83, R84: an agent acts by itself; stated by the catalogue or the estate, never guessed from a name. */
export function agentic(view: CaseView): FactRecord {
  const said = [
    ...view.catalogued.map(({ facts, origin }) => ({ value: facts.agentic, origin })),
    ...view.workloads.map(({ facts, origin }) => ({ value: triOf(facts["agentic"]), origin })),
  ].filter(({ value }) => value !== "unknown");
  return said.length === 0
    ? known("unknown", [], "no document says whether it is an agent")
    : anyFact(said.map(({ value, origin }) => stated(value, origin, `agentic: ${String(value)}`)));
}
