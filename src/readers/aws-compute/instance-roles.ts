import type { Principal, PrincipalId, Resource } from "../../core/estate/index.js";

/**
 * The role of an instance, or of what runs a task definition, is stated by another document: an instance profile
 * by the role that carries it, a task's role by its definition. Fills `runsAs` where exactly that is known.
 */
export function resolveRunsAs(
  resources: readonly Resource[],
  principals: readonly Principal[],
): readonly Resource[] {
  const byProfile = new Map<string, PrincipalId>();
  for (const principal of principals)
    for (const profile of principal.instanceProfiles) byProfile.set(profile, principal.id);
  const byDefinition = new Map<string, PrincipalId>();
  for (const resource of resources) {
    if (resource.kind === "ecs:task-definition" && resource.runsAs !== undefined)
      byDefinition.set(resource.id, resource.runsAs);
  }
  return resources.map((resource) => {
    if (resource.runsAs !== undefined) return resource;
    const profile = resource.properties.get("instanceProfile")?.value;
    const definition = resource.properties.get("taskDefinition")?.value;
    const role =
      (typeof profile === "string" ? byProfile.get(profile) : undefined) ??
      (typeof definition === "string" ? byDefinition.get(definition) : undefined);
    return role === undefined ? resource : { ...resource, runsAs: role };
  });
}
