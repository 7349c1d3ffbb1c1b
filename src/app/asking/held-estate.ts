import { stat } from "node:fs/promises";
import type { BecomeQuestions } from "../../core/access/index.js";
import { createOwnerFinder } from "../../core/accountability/index.js";
import { analyse, type Analysis, type Readiness, type Vouch } from "../../core/decision/index.js";
import type { Exposure } from "../../core/findings/index.js";
import { estateExposures } from "../estate-exposures.js";
import { createOwnerTrace, type OwnerTrace } from "../owner-trace.js";
import { loadInputs, type InputOptions, type LoadedInputs } from "../load-inputs.js";
import { becomeOf, type QuestionSetting } from "../questions.js";
import { readinessOf } from "../readiness.js";
import { openForVouch } from "../vouch.js";

/** An estate that was read once. What is worked out of it is worked out when it is first asked for, and kept. */
export interface HeldEstate {
  readonly options: InputOptions;
  readonly loaded: LoadedInputs;
  readonly setting: QuestionSetting;
  readonly become: () => BecomeQuestions;
  readonly exposures: () => readonly Exposure[];
  readonly analysis: () => Analysis;
  /** Of that analysis, once it was asked for. */
  readonly owners: Pick<OwnerTrace, "reasonsOf">;
  /** The second evaluator, over the documents as it has opened them itself. */
  readonly vouch?: Vouch;
  readonly readiness: () => Readiness;
}

/** Undefined where nothing at all could be read. */
export async function holdEstate(options: InputOptions): Promise<HeldEstate | undefined> {
  const loaded = await loadInputs(options);
  if (loaded.inputs.length === 0) return undefined;
  return { ...heldOver(loaded, options), vouch: await vouchWhileThere(loaded, options.now) };
}

/** Documents that are held a second time, as the second evaluator reads them. Bytes. */
const mostVouched = 100_000_000;

/** Where the documents lie is cleared once they are read: whoever is to look at them again does so before. */
async function vouchWhileThere({ inputs }: LoadedInputs, now: string): Promise<Vouch> {
  const sizes = await Promise.all(
    inputs
      .filter(({ role }) => role === "estate")
      .map(({ document }) =>
        stat(document).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
  );
  if (sizes.reduce((sum, size) => sum + size, 0) <= mostVouched) return (await openForVouch(inputs))(now);
  const text = `together the documents are larger than ${String(mostVouched / 1e6)} MB; the evidence of a case holds its proof`;
  return () => ({ outcome: "not-followed", text });
}

/** The same estate with something else than was loaded, such as another catalogue. */
export function heldOver(loaded: LoadedInputs, options: InputOptions): HeldEstate {
  const { estate, catalogue, reference } = loaded;
  const engine = { actions: reference.actions, managedPolicies: reference.managedPolicies };
  const setting: QuestionSetting = { engine, catalogue, now: options.now };
  const exposures = once(() =>
    options.findings.length > 0 ? loaded.exposures : estateExposures(estate, setting),
  );
  const owners = createOwnerTrace();
  return {
    options,
    loaded,
    setting,
    exposures,
    owners,
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
        owners: (become) =>
          owners.through(createOwnerFinder({ estate, catalogue, engine: become.engine, now: options.now })),
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
