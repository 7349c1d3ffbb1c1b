import { createOwnerFinder } from "../core/accountability/index.js";
import { assessReadiness, type Readiness } from "../core/decision/index.js";
import { loadInputs, type InputOptions, type LoadedInputs } from "./load-inputs.js";
import { becomeOf } from "./questions.js";

/** Who answers for what before anything happens, from files (R48). */
export async function readinessOfFiles(options: InputOptions) {
  const loaded = await loadInputs(options);
  if (loaded.inputs.length === 0) return { kind: "nothing-readable", rejected: loaded.rejected } as const;
  return {
    kind: "answer",
    document: readinessDocument(loaded, readinessOf(loaded, options.now), options),
  } as const;
}

/** The document over what was read and assessed. */
export const readinessDocument = (
  loaded: LoadedInputs,
  found: Readiness,
  { now, catalogue }: Pick<InputOptions, "now" | "catalogue">,
) => ({
  schema: "remit.readiness/1" as const,
  generatedAt: now,
  inputs: loaded.inputs.map((input) => ({ ...input, entities: { ...input.entities } })),
  rejected: loaded.rejected.map((item) => ({ ...item })),
  ...placedIn(found, catalogue, loaded.catalogueLine),
});

export function readinessOf({ estate, catalogue, reference }: LoadedInputs, now: string): Readiness {
  const engine = { actions: reference.actions, managedPolicies: reference.managedPolicies };
  const become = becomeOf(estate, { engine, catalogue, now });
  const owners = createOwnerFinder({ estate, catalogue, engine: become.engine, now });
  return assessReadiness({ estate, become, catalogue, owners, now });
}

/** Gaps that point into the catalogue say on which line. */
function placedIn(
  found: Readiness,
  path: string | undefined,
  lineOf: LoadedInputs["catalogueLine"],
): Readiness {
  if (lineOf === undefined) return found;
  return {
    ...found,
    gaps: found.gaps.map((gap) => {
      const { evidence } = gap;
      if (evidence?.pointer === undefined || evidence.document !== path) return gap;
      const line = lineOf(evidence.pointer);
      return line === undefined ? gap : { ...gap, evidence: { ...evidence, line } };
    }),
  };
}
