import type { Definition, Link } from "../../core/estate/index.js";

/**
 * Names the pipeline that applies each Terraform definition: the one whose workflow applies the folder that the code,
 * or else the state, lies in. Only where one workflow does; the innermost folder counts.
 */
export function placePipelines(
  definitions: readonly Definition[],
  links: readonly Link[],
): readonly Definition[] {
  const applied = links.filter(({ kind, at }) => kind === "deploys" && at === "folder");
  if (applied.length === 0) return definitions;
  return definitions.map((definition) => {
    if (definition.tool !== "terraform" || definition.pipeline !== undefined) return definition;
    const path = definition.written?.source.path ?? definition.origin.source.path;
    const around = applied.filter(({ to }) => to === "." || path.startsWith(`${to}/`));
    const depth = Math.max(0, ...around.map(({ to }) => (to === "." ? 0 : to.length)));
    const nearest = new Set(
      around.filter(({ to }) => (to === "." ? 0 : to.length) === depth).map(({ from }) => from),
    );
    const [pipeline] = nearest;
    return pipeline === undefined || nearest.size > 1 ? definition : { ...definition, pipeline };
  });
}
