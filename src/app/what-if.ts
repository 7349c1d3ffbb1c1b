import {
  applyChanges,
  changeWords,
  createRecreation,
  usualLimits,
  whatIf,
  type AccessChange,
  type BecomeQuestions,
  type Change,
} from "../core/access/index.js";
import { createOwnerFinder } from "../core/accountability/index.js";
import { analyse, type Analysis, type Case } from "../core/decision/index.js";
import { accountId, resourceId, type Estate, type Rejection } from "../core/estate/index.js";
import type { Exposure } from "../core/findings/index.js";
import type { WhatIfDocument } from "../core/decision/index.js";
import { estateExposures } from "./estate-exposures.js";
import { loadInputs, type InputOptions, type LoadedInputs } from "./load-inputs.js";
import { becomeOf, policyOf, type QuestionSetting } from "./questions.js";
import { compareVerdicts } from "./verdict-flips.js";

export interface WhatIfOptions extends InputOptions {
  /** Path of a change document or of a Terraform plan. */
  readonly change: string;
}

export type WhatIfAnswer =
  | { readonly kind: "answer"; readonly document: WhatIfDocument }
  | { readonly kind: "nothing-readable"; readonly rejected: readonly Rejection[] }
  | { readonly kind: "bad-change"; readonly rejected: readonly Rejection[] };

/** The same analysis after a proposed change: what flips, who loses and gains what, what in use would break. */
export async function askWhatIf(options: WhatIfOptions): Promise<WhatIfAnswer> {
  const loaded = await loadInputs(options);
  if (loaded.inputs.length === 0) return { kind: "nothing-readable", rejected: loaded.rejected };
  return whatIfIn(loaded, options);
}

/** The same over what was read and decided already; `before`: the analysis as it is, where it is known. */
export async function whatIfIn(
  loaded: LoadedInputs,
  options: WhatIfOptions,
  known: { readonly become?: BecomeQuestions; readonly before?: Analysis } = {},
): Promise<Exclude<WhatIfAnswer, { readonly kind: "nothing-readable" }> & { readonly after?: Analysis }> {
  const read = await loadChange(options.change);
  if (read.changes.length === 0) return { kind: "bad-change", rejected: read.rejected };
  const { estate } = loaded;
  const changed = applyChanges(
    estate,
    read.changes.map(({ change }) => change),
  );
  const failed = new Map(changed.unapplied.map(({ change, reason }) => [change, reason]));
  const unapplied = read.changes.flatMap(({ change, pointer, line }): readonly Rejection[] => {
    const reason = failed.get(change);
    return reason === undefined
      ? []
      : [{ document: read.document, pointer, ...(line === undefined ? {} : { line }), reason }];
  });
  if (unapplied.length === read.changes.length) return { kind: "bad-change", rejected: unapplied };
  const say = options.onProgress ?? (() => undefined);
  const setting: QuestionSetting = {
    engine: { actions: loaded.reference.actions, managedPolicies: loaded.reference.managedPolicies },
    catalogue: loaded.catalogue,
    now: options.now,
  };
  say("asking before and after the change");
  const become = known.become ?? becomeOf(estate, setting);
  const asked = whatIf(become, changed, policyOf(setting), loaded.reference.actions, usualLimits);
  const { exposures, fresh } = exposuresOf(loaded, options, estate, changed.estate, setting);
  say("deciding as it is");
  const before = known.before ?? decideAll(loaded, estate, exposures, options);
  say("deciding as it would be");
  const origin = { source: { path: read.document, digest: read.digest, kind: "remit-change" } };
  const sanctions = changed.sanctions.map((sanction) => ({ ...sanction, origin }));
  const after = decideAll(loaded, changed.estate, [...exposures, ...fresh], options, sanctions);
  const closed = closedSettings(exposures, estate, changed.estate, setting);
  return {
    kind: "answer",
    after,
    document: {
      schema: "remit.what-if/1",
      generatedAt: options.now,
      inputs: loaded.inputs.map((input) => ({ ...input, entities: { ...input.entities } })),
      rejected: [...loaded.rejected, ...unapplied].map((item) => ({ ...item })),
      change: {
        document: read.document,
        digest: read.digest,
        applied: read.changes
          .filter(({ change }) => !failed.has(change))
          .map(({ change, pointer, line }) => ({
            kind: change.kind,
            text: changeWords(change),
            pointer,
            ...(line === undefined ? {} : { line }),
          })),
      },
      ...compareVerdicts(before.cases, after.cases, new Set(fresh.map(keyOf)), closed),
      newExposures: fresh.map((item) => {
        const words = caseOf(after, item)?.recreation.words;
        return {
          resource: item.resource,
          name: item.resourceName,
          weakness: item.weakness,
          title: item.title,
          ...(words === undefined ? {} : { words }),
        };
      }),
      access: {
        lost: asked.access.lost.map(plain),
        gained: asked.access.gained.map(plain),
        conditional: asked.access.conditional.map(plain),
        more: asked.access.more,
      },
      entries: asked.entries.map(({ evidence, ...entry }) => ({ ...entry, evidence: [...evidence] })),
      broken: asked.used.broken.map(({ evidence, ...use }) => ({ ...use, evidence: [...evidence] })),
      asked: {
        questions: asked.asked,
        unasked: asked.unasked,
        uses: asked.used.tried,
        untried: asked.used.left,
        auditLogDays: before.stats.auditLogDays,
      },
    },
  };
}

const plain = ({
  onlyIf,
  noLongerOnlyIf,
  evidence,
  missing,
  ...row
}: AccessChange): WhatIfDocument["access"]["lost"][number] => ({
  ...row,
  ...(onlyIf === undefined ? {} : { onlyIf: [...onlyIf] }),
  ...(noLongerOnlyIf === undefined ? {} : { noLongerOnlyIf: [...noLongerOnlyIf] }),
  evidence: [...evidence],
  missing: [...missing],
});

interface ReadChange {
  readonly document: string;
  readonly digest: string;
  readonly changes: readonly { readonly change: Change; readonly pointer: string; readonly line?: number }[];
  readonly rejected: readonly Rejection[];
}

/** A change document, or a Terraform plan as it is: recognised by content. */
async function loadChange(path: string): Promise<ReadChange> {
  const readers = await import("../readers/index.js");
  const { changes, rejected, source } = await readers.loadChanges(path);
  if (rejected.length === 0 || path === "-")
    return { document: source.path, digest: source.digest, changes, rejected };
  const plan = await readers.loadEstate([path]);
  const [input] = plan.inputs;
  if (plan.inputs.length !== 1 || input?.kind !== "terraform-plan" || plan.rejected.length > 0)
    return { document: source.path, digest: source.digest, changes: [], rejected };
  const change: Change = {
    kind: "terraformPlan",
    path: input.document,
    definitions: plan.estate.definitions,
  };
  return {
    document: input.document,
    digest: input.digest,
    changes: [{ change, pointer: "/resource_changes" }],
    rejected: [],
  };
}

const keyOf = ({ resource, weakness }: Pick<Exposure, "resource" | "weakness">): string =>
  `${resource} ${weakness}`;

/** What is reported (or what the estate itself shows), and what the change opens. */
function exposuresOf(
  loaded: LoadedInputs,
  options: WhatIfOptions,
  before: Estate,
  after: Estate,
  setting: QuestionSetting,
): { exposures: readonly Exposure[]; fresh: readonly Exposure[] } {
  const shown = estateExposures(before, setting);
  const exposures = options.findings.length > 0 ? loaded.exposures : shown;
  const known = new Set([...shown, ...exposures].map(keyOf));
  return { exposures, fresh: estateExposures(after, setting).filter((item) => !known.has(keyOf(item))) };
}

function decideAll(
  loaded: LoadedInputs,
  estate: Estate,
  exposures: readonly Exposure[],
  options: WhatIfOptions,
  sanctions: NonNullable<LoadedInputs["catalogue"]>["sanctioned"] = [],
): Analysis {
  const { reference } = loaded;
  const catalogue =
    loaded.catalogue === undefined
      ? undefined
      : { ...loaded.catalogue, sanctioned: [...loaded.catalogue.sanctioned, ...sanctions] };
  return analyse({
    estate,
    exposures,
    counts: loaded.counts,
    findingFiles: loaded.findingFiles,
    catalogue,
    engine: { actions: reference.actions, managedPolicies: reference.managedPolicies },
    checks: reference.checks,
    owners: (become) => createOwnerFinder({ estate, catalogue, engine: become.engine, now: options.now }),
    now: options.now,
    inputs: loaded.inputs,
    rejected: [],
    includeConfiguration: false,
  });
}

/** Exposures whose weak setting stood before and does not after. */
function closedSettings(
  exposures: readonly Exposure[],
  before: Estate,
  after: Estate,
  setting: QuestionSetting,
): ReadonlySet<string> {
  const none = { overrides: {}, actionsFor: () => undefined };
  const [old, now] = [before, after].map((estate) =>
    createRecreation(becomeOf(estate, setting), policyOf(setting), none),
  );
  return new Set(
    exposures
      .filter(({ resource, weakness, subLocator, account }) => {
        const question = {
          resource: resourceId(resource),
          weakness,
          subLocator,
          ...(account === undefined ? {} : { account: accountId(account) }),
        };
        return old?.settingNow(question)?.value === true && now?.settingNow(question)?.value === false;
      })
      .map(keyOf),
  );
}

const caseOf = ({ cases }: Analysis, item: Exposure): Case | undefined =>
  cases.find(({ exposures }) => exposures.some((other) => keyOf(other as never) === keyOf(item)));
