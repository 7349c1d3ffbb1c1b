import type { Definition, MissingFact, Resource } from "../../core/estate/index.js";
import { isRecord, textOf } from "../drafting/index.js";

/**
 * Finds the resources that a template's definitions set, where a stack made from it stands: by the tags that
 * CloudFormation puts on what it makes (`aws:cloudformation:logical-id`, AWS CloudFormation User Guide, "Resource
 * tag"), or by the list of the stack's resources. Its definitions are then in force; where several stacks fit, which of
 * them were made from it is left open.
 */
export function placeTemplates(
  definitions: readonly Definition[],
  resources: readonly Resource[],
): readonly Definition[] {
  if (!definitions.some(({ logicalId }) => logicalId !== undefined)) return definitions;
  const stacks = stacksOf(resources);
  const templates = new Map<string, Set<string>>();
  for (const { tool, address, origin } of definitions) {
    if (tool !== "cloudformation") continue;
    const known = templates.get(origin.source.path) ?? new Set<string>();
    templates.set(origin.source.path, known.add(address));
  }
  const made = new Map(
    [...templates].map(([path, ids]) => {
      const fitting = [...stacks].filter(([, stack]) => [...stack.keys()].every((id) => ids.has(id)));
      return [path, fitting];
    }),
  );
  return definitions.flatMap((definition): readonly Definition[] => {
    const { tool, logicalId, origin } = definition;
    if (tool !== "cloudformation" || logicalId === undefined) return [definition];
    const fitting = made.get(origin.source.path) ?? [];
    const found = fitting.flatMap(([stack, parts]): readonly Definition[] => {
      const resource = parts.get(logicalId);
      const doubt = fitting.length > 1 ? { doubt: templateOf(stack) } : {};
      return resource === undefined
        ? []
        : [{ ...definition, target: resource.id, status: "applied", ...doubt }];
    });
    return found.length === 0 ? [definition] : found;
  });
}

function templateOf(stack: string): MissingFact {
  const name = stack.split("/")[1] ?? stack;
  return {
    key: `template|${stack}`,
    fact: `which template stack ${name} was made from`,
    collect: `aws cloudformation get-template --stack-name ${name}`,
  };
}

type Stack = Map<string, Resource>;

function stacksOf(resources: readonly Resource[]): ReadonlyMap<string, Stack> {
  const stacks = new Map<string, Stack>();
  const add = (stack: string, logicalId: string, resource: Resource): void => {
    stacks.set(stack, (stacks.get(stack) ?? new Map<string, Resource>()).set(logicalId, resource));
  };
  const byName = new Map<string, Resource | undefined>();
  for (const resource of resources) {
    byName.set(resource.id, resource);
    byName.set(resource.name, byName.has(resource.name) ? undefined : resource);
    const stack = resource.tags["aws:cloudformation:stack-id"];
    const logicalId = resource.tags["aws:cloudformation:logical-id"];
    if (stack !== undefined && logicalId !== undefined) add(stack, logicalId, resource);
  }
  for (const { id, kind, properties } of resources) {
    const listed = kind === "cloudformation:stack" ? properties.get("logicalIds")?.value : undefined;
    if (!isRecord(listed)) continue;
    for (const [logicalId, value] of Object.entries(listed)) {
      const physical = textOf(value);
      const resource = physical === undefined ? undefined : byName.get(physical);
      if (resource !== undefined) add(id, logicalId, resource);
    }
  }
  return stacks;
}
