import type { EstateFacts } from "../core/estate/index.js";
import { resolveInternetReach, resolveRunsAs } from "./aws-compute/index.js";
import { placeTemplates } from "./aws-cloudformation/index.js";
import { placePipelines } from "./github-workflow/index.js";
import { newestDefinitions, placeDefinitions } from "./terraform/index.js";

/**
 * Joins facts of different documents once all are read: roles of instances and tasks, definitions and their source.
 * `sourceFolders`: folders of which every Terraform source was read.
 */
export function linkFacts(facts: EstateFacts, sourceFolders: ReadonlySet<string> = new Set()): EstateFacts {
  return {
    ...facts,
    resources: resolveInternetReach(resolveRunsAs(facts.resources, facts.principals)),
    definitions: placeTemplates(
      placePipelines(
        placeDefinitions(newestDefinitions(facts.definitions), facts.links, sourceFolders),
        facts.links,
      ),
      facts.resources,
    ),
  };
}
