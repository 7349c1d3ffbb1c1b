import type { BecomeQuestions } from "../../core/access/index.js";
import { createOwnerFinder } from "../../core/accountability/index.js";
import { analyse, type Analysis, type Readiness } from "../../core/decision/index.js";
import type { Exposure } from "../../core/findings/index.js";
import { estateExposures } from "../estate-exposures.js";
import { loadInputs, type InputOptions, type LoadedInputs } from "../load-inputs.js";
import { becomeOf, type QuestionSetting } from "../questions.js";
import { readinessOf } from "../readiness.js";

/** An estate that was read once. What is worked out of it is worked out when it is first asked for, and kept. */
export interface HeldEstate {
  readonly options: InputOptions;
  readonly loaded: LoadedInputs;
  readonly setting: QuestionSetting;
  readonly become: () => BecomeQuestions;
  readonly exposures: () => readonly Exposure[];
  readonly analysis: () => Analysis;
  readonly readiness: () => Readiness;
}

/** Undefined where nothing at all could be read. */
export async function holdEstate(options: InputOptions): Promise<HeldEstate | undefined> {
  const loaded = await loadInputs(options);
  return loaded.inputs.length === 0 ? undefined : heldOver(loaded, options);
}

/** The same estate with something else than was loaded, such as another catalogue. */
export function heldOver(loaded: LoadedInputs, options: InputOptions): HeldEstate {
  const { estate, catalogue, reference } = loaded;
  const engine = { actions: reference.actions, managedPolicies: reference.managedPolicies };
  const setting: QuestionSetting = { engine, catalogue, now: options.now };
  const exposures = once(() =>
    options.findings.length > 0 ? loaded.exposures : estateExposures(estate, setting),
  );
  return {
    options,
    loaded,
    setting,
    exposures,
    become: once(() => becomeOf(estate, setting)),
    readiness: once(() => readinessOf(loaded, options.now)),
    analysis: once(() =>
      analyse({
        estate,
        exposures: exposures(),
        counts: loaded.counts,
        findingFiles: loaded.findingFiles,
        catalogue,
        engine,
        checks: reference.checks,
        owners: (become) => createOwnerFinder({ estate, catalogue, engine: become.engine, now: options.now }),
        now: options.now,
        inputs: loaded.inputs,
        rejected: loaded.rejected,
        missing: loaded.missing,
        includeConfiguration: false,
      }),
    ),
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
