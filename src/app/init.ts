import { draftCatalogue, type DraftCatalogue } from "../core/accountability/index.js";
import { createAccessEngine } from "../core/access/index.js";
import type { Rejection } from "../core/estate/index.js";
import type { Input } from "../core/decision/index.js";
import { loadInputs, type InputOptions } from "./load-inputs.js";

export interface CatalogueDraft {
  readonly schema: "remit.draft/1";
  readonly generatedAt: string;
  readonly inputs: readonly Input[];
  readonly rejected: readonly Rejection[];
  readonly draft: DraftCatalogue;
}

/** Drafts a catalogue from files, for people to confirm. */
export async function draftOfFiles(
  options: Omit<InputOptions, "findings" | "catalogue" | "policy">,
): Promise<
  | { readonly kind: "answer"; readonly document: CatalogueDraft }
  | { readonly kind: "nothing-readable"; readonly rejected: readonly Rejection[] }
> {
  const { estate, inputs, rejected, reference } = await loadInputs({ ...options, findings: [] });
  if (inputs.length === 0) return { kind: "nothing-readable", rejected };
  const engine = createAccessEngine(estate, {
    actions: reference.actions,
    managedPolicies: reference.managedPolicies,
    now: options.now,
  });
  return {
    kind: "answer",
    document: {
      schema: "remit.draft/1",
      generatedAt: options.now,
      inputs,
      rejected,
      draft: draftCatalogue(estate, engine, options.now),
    },
  };
}
