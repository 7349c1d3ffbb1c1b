import type { EstateFacts } from "../core/estate/index.js";
import { resolveInternetReach, resolveRunsAs } from "./aws-compute/index.js";
import { newestDefinitions, placeDefinitions } from "./terraform/index.js";

/** Joins facts of different documents once all are read: roles of instances and tasks, lines of definitions. */
export function linkFacts(facts: EstateFacts): EstateFacts {
  return {
    ...facts,
    resources: resolveInternetReach(resolveRunsAs(facts.resources, facts.principals)),
    definitions: placeDefinitions(newestDefinitions(facts.definitions), facts.links),
  };
}
