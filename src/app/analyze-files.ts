import { watchedExposures, type Watched } from "./watched-exposures.js";
import {
  analyse,
  compileAccess,
  type AnalyseInput,
  type Analysis,
  type Vouch,
} from "../core/decision/index.js";
import type { Exposure } from "../core/findings/index.js";
import { createOwnerFinder } from "../core/accountability/index.js";
import type { OwnerTrace } from "./owner-trace.js";
import { writeRows } from "./findings-rows.js";
import { estateExposures } from "./estate-exposures.js";
import { createVouch } from "./vouch.js";
import { loadInputs, type InputOptions, type LoadedInputs } from "./load-inputs.js";

export interface AnalyzeOptions extends InputOptions {
  /** `--class configuration`: plain settings become cases too. */
  readonly includeConfiguration: boolean;
  /** Listens to who is asked for, where the owners are to be explained. */
  readonly ownerTrace?: OwnerTrace;
  /** A file for the rows of findings, for the store of an installation (`findings-rows.ts`). */
  readonly rowsOut?: string;
  /** Exposures that the estate once showed and cases are about (`watched-exposures.ts`). */
  readonly watched?: readonly Watched[];
}

/** The main job on files: reads them, asks everything, decides. */
export async function analyzeFiles(options: AnalyzeOptions): Promise<Analysis> {
  return analyzeLoaded(await loadWithRows(options), options);
}

/** Reads the inputs, and writes the rows of findings where a store asks for them. */
export async function loadWithRows(options: AnalyzeOptions): Promise<LoadedInputs> {
  const { rowsOut } = options;
  const loaded = await loadInputs({ ...options, keepRows: rowsOut !== undefined });
  if (rowsOut !== undefined)
    await writeRows(rowsOut, loaded.findingRows ?? { rows: [], passing: [], scopes: [], inputs: [] });
  return loaded;
}

/** What an earlier analysis over the same facts leaves to this one (`analyst/analyst.ts`). */
export interface Reused extends Pick<AnalyseInput, "access" | "known" | "onAnswered"> {
  readonly vouch?: Vouch;
  /** What the estate itself shows to be weak, where no findings are given. */
  readonly weak?: readonly Exposure[];
}

/** The same on documents that were read already. */
export async function analyzeLoaded(
  loaded: LoadedInputs,
  options: AnalyzeOptions,
  { vouch, weak, ...reused }: Reused = {},
): Promise<Analysis> {
  const { estate, catalogue, reference } = loaded;
  const engine = { actions: reference.actions, managedPolicies: reference.managedPolicies };
  // Without findings the estate itself says what is weak (first-minute.md 1).
  const listed =
    options.findings.length > 0
      ? loaded.exposures
      : (weak ?? estateExposures(estate, { engine, catalogue, now: options.now }));
  const { watched = [] } = options;
  const access =
    reused.access ??
    (watched.length === 0
      ? undefined
      : compileAccess({
          ...{ estate, catalogue, engine, exposures: listed, checks: reference.checks, now: options.now },
        }));
  const exposures =
    access === undefined ? listed : [...listed, ...watchedExposures(watched, listed, access.recreation)];
  return analyse({
    ...reused,
    ...(access === undefined ? {} : { access }),
    estate,
    vouch: vouch ?? (await createVouch(loaded.inputs, options.now)),
    exposures,
    counts: loaded.counts,
    findingFiles: loaded.findingFiles,
    catalogue,
    engine,
    checks: reference.checks,
    owners: (become) => {
      const finder = createOwnerFinder({ estate, catalogue, engine: become.engine, now: options.now });
      return options.ownerTrace?.through(finder) ?? finder;
    },
    now: options.now,
    inputs: loaded.inputs,
    rejected: loaded.rejected,
    missing: loaded.missing,
    includeConfiguration: options.includeConfiguration,
    ...(options.onProgress === undefined ? {} : { onStep: options.onProgress }),
  });
}
