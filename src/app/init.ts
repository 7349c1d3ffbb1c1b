import { draftCatalogue, type DraftCatalogue } from "../core/accountability/index.js";
import { createAccessEngine } from "../core/access/index.js";
import type { Rejection } from "../core/estate/index.js";
import type { Input } from "../core/decision/index.js";
import { loadInputs, type InputOptions, type LoadedInputs } from "./load-inputs.js";

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
  const loaded = await loadInputs({ ...options, findings: [] });
  if (loaded.inputs.length === 0) return { kind: "nothing-readable", rejected: loaded.rejected };
  return { kind: "answer", document: draftIn(loaded, options.now) };
}

/** The same of an estate that was read once: what it says alone, neither findings nor a catalogue in force. */
export function draftIn({ estate, inputs, rejected, reference }: LoadedInputs, now: string): CatalogueDraft {
  const engine = createAccessEngine(estate, {
    actions: reference.actions,
    managedPolicies: reference.managedPolicies,
    now,
  });
  const read = inputs.filter(({ role }) => role === "estate");
  return {
    schema: "remit.draft/1",
    generatedAt: now,
    inputs: read,
    rejected,
    draft: draftCatalogue(estate, engine, now),
  };
}
