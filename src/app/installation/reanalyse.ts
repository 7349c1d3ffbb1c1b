import type { Catalogue } from "../../core/accountability/index.js";
import { emptyCatalogue } from "../../core/accountability/index.js";
import {
  planOf,
  scopeOfCase,
  standingOf,
  type CaseState,
  type CommandContext,
  type PlanSource,
  type SystemCommand,
  type Standing,
} from "../../core/cases/index.js";
import type { Analysis, Case } from "../../core/decision/index.js";
import { caseRecordOf, type CaseRecord } from "../cases/case-row.js";
import { coverCases } from "../cases/cover-cases.js";
import { observedAtOf } from "../cases/observed-at.js";
import { peopleInDecision } from "../cases/people-in-decision.js";
import { listedIn, rememberedStates } from "../cases/remembered-states.js";
import { retestOf } from "../cases/retest.js";
import { mayWatch, watchedOf } from "../cases/watched.js";
import type { ReadRows } from "../findings-rows.js";
import { cameSince, importDocumentOf } from "../imports/import-report.js";
import { lastToldAt, toldOf, untoldImports } from "../imports/untold-imports.js";
import { currentCatalogue } from "./catalogue.js";
import { currentDocuments } from "./documents.js";
import type { Installation } from "./installation.js";
import { latestAnalysis } from "./latest-analysis.js";
import { moveCase } from "./move-case.js";
import { pseudonymsFor } from "./people.js";

/** What an analysis changed in the cases of an installation. */
export interface Reanalysed {
  readonly analysis: Analysis;
  /** Digest of the analysis document. */
  readonly digest: string;
  /** Id of the import that was made of what came since; absent where nothing came. */
  readonly import: string | undefined;
  readonly opened: readonly string[];
  readonly redecided: readonly string[];
  readonly verified: readonly string[];
  /** Moves of the product itself that a rule forbade: a fault of ours, shown and never swallowed. */
  readonly refused: readonly { readonly case: string; readonly rule: string; readonly text: string }[];
}

/**
 * Analyses everything that is known now, opens a case per root cause that needs work, takes over what was decided
 * anew, and tests every case against what is shown (R36, R40).
 */
export function reanalyse(installation: Installation, by?: string): Promise<Reanalysed> {
  return installation.turn(async () =>
    analyseNow(installation, by === undefined ? undefined : await installation.store.people.pseudonymOf(by)),
  );
}

/** How far an analysis has come; `total` where it is known. */
export type TellProgress = (phase: string, done: number, total?: number) => void;

/** The same for whoever has the turn already. `by`: pseudonym of whoever sent what came. */
export async function analyseNow(
  installation: Installation,
  by: string | undefined,
  tell: TellProgress = () => undefined,
): Promise<Reanalysed> {
  const { store, now } = installation;
  const { estate, findings, snapshot } = await currentDocuments(store);
  const catalogue = await currentCatalogue(store, now());
  const at = now();
  const told = await lastToldAt(store);
  const came = await cameSince(store, told);
  // What a process brought in that ended before it told of it is told of now, as if it came only now.
  const untold = await untoldImports(store, told);
  const digests = findings.map((document) => document.digest);
  const stored =
    untold.length === 0 ? await store.findings.imported(digests) : await toldOf(store, digests, untold);
  const watched = mayWatch(await latestAnalysis(installation))
    ? watchedOf((await heldCases(installation)).values())
    : [];
  tell("analysing", 0);
  const { bytes, analysis, rows } = await installation.analyse({
    estate,
    findings,
    now: at,
    stored,
    watched,
    ...(catalogue === undefined ? {} : { catalogue: catalogue.bytes }),
  });
  const { digest } = await store.documents.put(bytes);
  const imported = await storeFindings(installation, rows, at, tell);
  const { id: analysed } = await store.snapshots.add({
    kind: "analysis",
    scope: "*",
    takenAt: at,
    documents: [{ path: "analysis.json", digest }],
  });
  const held = await heldCases(installation);
  const named = [
    ...analysis.cases.flatMap(peopleInDecision),
    ...(catalogue?.catalogue.people ?? []).map(({ id }) => id),
  ];
  const pseudonym = await pseudonymsFor(store, named);
  const source: PlanSource = {
    analysis: digest,
    snapshot,
    decidedAt: at,
    rules: analysis.policyVersion,
    pseudonym,
  };
  const follow = followUp(installation, catalogue?.catalogue ?? emptyCatalogue, pseudonym, at);
  const covered = new Set(
    [...held.values()]
      .filter(({ state }) => state.status !== "closed")
      .flatMap(({ state }) => state.plan.exposures.map(({ id }) => id)),
  );
  for (const [at, decided] of analysis.cases.entries()) {
    tell("deciding cases", at, analysis.cases.length);
    const known = held.get(decided.id);
    if (known !== undefined) await follow.redecide(known.state.id, decided, source);
    else if (needsWork(decided, covered)) await follow.open(decided, source);
  }
  const listed = listedIn(analysis);
  for (const { state, decided } of held.values()) {
    const observedAt = observedAtOf(decided, analysis);
    if (observedAt === undefined || !isNewer(observedAt, state)) continue;
    const states = await rememberedStates(store, decided, listed);
    await follow.verify(state.id, analysis, { analysis: digest, snapshot, observedAt, states });
  }
  if (catalogue !== undefined) await coverCases(installation, catalogue.catalogue);
  await store.announcements.add("analysis", { digest });
  if (came.length > 0) {
    const { opened, redecided, verified } = follow.told;
    const report = await importDocumentOf(store, came, {
      analysis,
      rows,
      stored: new Set(stored),
      imports: imported === undefined ? untold : [...untold, imported],
      cases: { opened, redecided, verified },
    });
    await store.reports.keepImport({
      snapshot: analysed,
      at,
      ...(by === undefined ? {} : { by }),
      report: JSON.stringify(report),
    });
  }
  return { analysis, digest, import: came.length > 0 ? analysed : undefined, ...follow.told };
}

/** Folds what scans say into what is known of every finding; gives the id of the import, where there was anything new. */
async function storeFindings(
  { store }: Installation,
  read: ReadRows | undefined,
  at: string,
  tell: TellProgress,
): Promise<string | undefined> {
  if (read === undefined || read.files.length === 0) return undefined;
  const { rows, passing, scopes, files } = read;
  const documents = files.map(({ path, digest }) => ({ path, digest }));
  const total = rows.length + passing.length;
  const progress = (done: number): void => {
    tell("storing findings", done, total);
  };
  progress(0);
  return (await store.findings.import({ at, documents, rows, passing, scopes, progress })).id;
}

/** Something is open or could come back, and no case that is worked on has it already under its former root cause. */
function needsWork({ exposures, recreation }: Case, covered: ReadonlySet<string>): boolean {
  const open =
    exposures.length === 0 || exposures.some(({ state }) => state === "open" || state === "unknown");
  const returns = recreation.verdict === "possible" || recreation.verdict === "unknown";
  return (open || returns) && !(exposures.length > 0 && exposures.every(({ id }) => covered.has(id)));
}

/** A verification rests on a snapshot from after the opening and after the last one. */
const isNewer = (observedAt: string, { since, verified }: CaseState): boolean =>
  Date.parse(observedAt) > Date.parse(verified?.observedAt ?? since);

async function heldCases({ store }: Installation): Promise<ReadonlyMap<string, CaseRecord>> {
  const found = new Map<string, CaseRecord>();
  for (let after: string | undefined; ;) {
    const page = await store.cases.list({}, { limit: 1000, ...(after === undefined ? {} : { after }) });
    for (const row of page.items) found.set(row.id, caseRecordOf(row));
    if (page.next === undefined) return found;
    after = page.next;
  }
}

/** Makes what follows from one analysis, case by case, each in a transaction of its own: a crash in between loses none. */
function followUp(
  { store, policy }: Installation,
  catalogue: Catalogue,
  pseudonym: (person: string) => string,
  now: string,
) {
  const told = {
    opened: [] as string[],
    redecided: [] as string[],
    verified: [] as string[],
    refused: [] as { case: string; rule: string; text: string }[],
  };
  async function move(
    id: string,
    list: string[],
    command: SystemCommand,
    people: readonly Standing[],
    decided?: Case,
  ): Promise<void> {
    const context: CommandContext = { case: id, now, by: { job: "analysis" }, people, policy };
    const moved = await store.transaction((repositories) =>
      moveCase(repositories, { command, context, ...(decided === undefined ? {} : { decided }) }),
    );
    if (moved.kind === "moved") {
      if (moved.events.length > 0) list.push(id);
    } else if (moved.kind === "refused")
      told.refused.push({ case: id, rule: moved.refusal.rule, text: moved.refusal.text });
    else throw new Error(`the case \`${id}\` could not be written: ${moved.kind}`);
  }
  return {
    told,
    open: (decided: Case, source: PlanSource) =>
      move(decided.id, told.opened, { kind: "open", plan: planOf(decided, source) }, [], decided),
    redecide(id: string, decided: Case, source: PlanSource) {
      const plan = planOf(decided, source);
      const scope = scopeOfCase(decided);
      const people = catalogue.people.map(({ id: person }) =>
        standingOf({ catalogue, person, pseudonym, plan, scope, now }),
      );
      return move(id, told.redecided, { kind: "redecide", plan }, people, decided);
    },
    async verify(id: string, analysis: Analysis, source: Parameters<typeof retestOf>[3]) {
      const row = await store.cases.find(id);
      if (row === undefined) return;
      const retest = retestOf(id, caseRecordOf(row).state.plan, analysis, source);
      await move(id, told.verified, { kind: "verify", retest }, []);
    },
  };
}
