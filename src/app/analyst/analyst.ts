import { momentsOf, type AccessPolicy, type KnownAnswers, type Moments } from "../../core/access/index.js";
import {
  accessPolicy,
  compileAccess,
  type Analysis,
  type CompiledAccess,
  type Vouch,
} from "../../core/decision/index.js";
import type { Estate } from "../../core/estate/index.js";
import type { Exposure } from "../../core/findings/index.js";
import { analyzeLoaded, loadWithRows, type AnalyzeOptions } from "../analyze-files.js";
import { estateExposures } from "../estate-exposures.js";
import type { LoadedInputs } from "../load-inputs.js";
import { openForVouch } from "../vouch.js";
import { sameAccessFacts } from "./access-facts.js";
import { vouchOnce } from "./vouch-once.js";

/** An analysis, and how much of it had to be worked out. */
export interface Analysed {
  readonly analysis: Analysis;
  /** Exposures that were asked; all others were known. */
  readonly asked: number;
  /** The estate was read from its documents; else it was held. */
  readonly readEstate: boolean;
}

/** Analyses again and again, and works out no more than what changed in between (docs/adr/0012). */
export interface Analyst {
  /**
   * `estateKey`: equal keys are the same documents of the estate, byte for byte and of the same time; they are not opened
   * then. The analysis is the one that `analyzeFiles` makes, byte for byte.
   */
  analyse(options: AnalyzeOptions, estateKey: string): Promise<Analysed>;
  /** Key of the estate that is held. */
  readonly holds: () => string | undefined;
}

interface Held {
  readonly estateKey: string;
  readonly loaded: LoadedInputs;
  readonly openedVouch: (now: string) => Vouch;
  readonly answering: Answering;
}

/** Answers, and all they rest on beside the facts. */
interface Answering {
  readonly policy: AccessPolicy;
  readonly access: CompiledAccess;
  readonly vouch: Vouch;
  readonly moments: () => Moments;
  /** What was asked. */
  readonly estate: Estate;
  known?: KnownAnswers;
  weak?: readonly Exposure[];
}

export function createAnalyst(): Analyst {
  let held: Held | undefined;
  return {
    holds: () => held?.estateKey,
    async analyse(options, estateKey) {
      const before = held;
      // Whatever goes wrong below, the next analysis begins anew.
      held = undefined;
      const same = before?.estateKey === estateKey ? before : undefined;
      const readEstate = same?.loaded.readEstate;
      const loaded = await loadWithRows({
        ...options,
        ...(readEstate === undefined ? {} : { readEstate }),
      });
      const openedVouch = same?.openedVouch ?? (await openForVouch(loaded.inputs));
      const answering = stillAnswers(before, same !== undefined, loaded, options.now, openedVouch);
      const current = answering ?? beginAnswering(loaded, options.now, openedVouch);
      if (options.findings.length === 0)
        current.weak ??= estateExposures(loaded.estate, {
          engine: engineOf(loaded),
          catalogue: loaded.catalogue,
          now: options.now,
        });
      let asked = 0;
      const analysis = await analyzeLoaded(loaded, options, {
        access: current.access,
        vouch: current.vouch,
        ...(current.known === undefined ? {} : { known: current.known }),
        ...(current.weak === undefined ? {} : { weak: current.weak }),
        onAnswered(known, count) {
          current.known = known;
          asked = count;
        },
      });
      held = { estateKey, loaded, openedVouch, answering: current };
      return { analysis, asked, readEstate: readEstate === undefined };
    },
  };
}

/** The answers that are held, where they are those to the same facts, under the same policy, at a moment like that one. */
function stillAnswers(
  before: Held | undefined,
  sameDocuments: boolean,
  { estate, catalogue }: LoadedInputs,
  now: string,
  openedVouch: Held["openedVouch"],
): Answering | undefined {
  if (before === undefined) return undefined;
  const { answering } = before;
  const policy = accessPolicy(catalogue, now);
  if (policyText(policy) !== policyText(answering.policy)) return undefined;
  const moments = answering.moments();
  if (moments.at(now, policy.sanctions) !== moments.at(answering.policy.now, policy.sanctions))
    return undefined;
  if (sameDocuments) return answering;
  if (!sameAccessFacts(answering.estate, estate)) return undefined;
  // Other documents beside the same facts: what the independent check reads of them is read anew.
  return { ...answering, vouch: vouchOnce(openedVouch(now)) };
}

function beginAnswering(loaded: LoadedInputs, now: string, openedVouch: Held["openedVouch"]): Answering {
  const { estate, catalogue, exposures, reference } = loaded;
  return {
    policy: accessPolicy(catalogue, now),
    access: compileAccess({
      estate,
      catalogue,
      exposures,
      engine: engineOf(loaded),
      checks: reference.checks,
      now,
    }),
    vouch: vouchOnce(openedVouch(now)),
    moments: once(() => momentsOf(estate)),
    estate,
  };
}

const engineOf = ({ reference }: LoadedInputs) => ({
  actions: reference.actions,
  managedPolicies: reference.managedPolicies,
});

/** But for the time, which has its own rule. */
const policyText = ({ now: _now, ...policy }: AccessPolicy): string => JSON.stringify(policy);

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
