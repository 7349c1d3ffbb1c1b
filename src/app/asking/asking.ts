import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Store } from "../../store/index.js";
import { takeTurns } from "../installation/installation.js";
import { evidenceBundle } from "./evidence-bundle.js";
import type { Asking } from "./question.js";
import { writeDocuments } from "../installation/analyse-documents.js";
import { currentDocuments } from "../installation/documents.js";
import type { Answered, Question } from "./question.js";
import {
  isAskError,
  startQuestionProcess,
  usualAskingLimits,
  type AskingLimits,
  type QuestionProcess,
} from "./question-process.js";

export { usualAskingLimits };

interface Held {
  /** Id of the analysis, and version of the catalogue. */
  readonly key: string;
  readonly process: Promise<QuestionProcess>;
  started?: QuestionProcess;
  ready: boolean;
  /** By the question. The same estate answers the same. */
  readonly answers: Map<string, Promise<Answered>>;
}

const mostAnswers = 200;
/** Times that a question is begun again because another one ended the process. */
const mostTries = 3;

export function createAsking(
  store: Store,
  { program, secret }: { readonly program: string; readonly secret?: string },
  limits: AskingLimits = usualAskingLimits,
): Asking {
  let held: Held | undefined;
  const turn = takeTurns();
  const current = async (): Promise<Held | undefined> => {
    const analysis = await store.snapshots.latest("analysis", "*");
    if (analysis === undefined) return undefined;
    const catalogue = await store.catalogues.current();
    const key = `${analysis.id} ${String(catalogue?.version ?? 0)}`;
    if (held?.key === key && held.started?.ended() !== true) return held;
    held?.started?.end();
    const begun: Held = {
      key,
      ready: false,
      answers: new Map(),
      process: begin(store, { program, ...(secret === undefined ? {} : { secret }) }, limits, {
        takenAt: analysis.takenAt,
        version: catalogue?.version,
      }),
    };
    begun.process.then(
      (started) => {
        begun.started = started;
        // Overtaken while it was written out: nobody will ask it.
        if (held !== begun) started.end();
        started.ready.then(
          () => (begun.ready = true),
          () => undefined,
        );
      },
      () => {
        if (held === begun) held = undefined;
      },
    );
    held = begun;
    return begun;
  };
  async function ask(question: Question, tries = 1): Promise<Answered | undefined> {
    const of = await current();
    if (of === undefined) return undefined;
    const key = JSON.stringify(question);
    let answer = of.answers.get(key);
    if (answer === undefined) {
      answer = of.process.then((process) => process.ask(question));
      if (of.answers.size >= mostAnswers) of.answers.clear();
      of.answers.set(key, answer);
      answer.catch(() => of.answers.delete(key));
    }
    try {
      return await answer;
    } catch (error) {
      if (!isAskError(error) || error.asking !== "died" || tries >= mostTries) throw error;
      return ask(question, tries + 1);
    }
  }
  return {
    ask: (question) => ask(question),
    async warm() {
      return (await current())?.ready === true;
    },
    evidence: (id) =>
      turn(() => evidenceBundle(store, { program, ...(secret === undefined ? {} : { secret }) }, id)),
    end() {
      held?.started?.end();
      held = undefined;
    },
  };
}

/** Writes the documents out where only this user sees them, and takes them away again once they are read. */
async function begin(
  store: Store,
  program: { readonly program: string; readonly secret?: string },
  limits: AskingLimits,
  { takenAt, version }: { readonly takenAt: string; readonly version: number | undefined },
): Promise<QuestionProcess> {
  const { estate, findings } = await currentDocuments(store);
  const folder = await mkdtemp(join(tmpdir(), "remit-questions-"));
  const clear = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await writeDocuments(join(folder, "estate"), estate);
    await writeDocuments(join(folder, "findings"), findings);
    const bytes = version === undefined ? undefined : await store.catalogues.bytes(version);
    if (bytes !== undefined) await writeFile(join(folder, "remit.yaml"), bytes, { mode: 0o600 });
    const process = startQuestionProcess(
      { ...program, folder },
      {
        estate: estate.length > 0 ? ["estate"] : [],
        findings: findings.length > 0 ? ["findings"] : [],
        ...(bytes === undefined ? {} : { catalogue: "remit.yaml" }),
        now: takenAt,
      },
      limits,
    );
    process.ready.then(clear, clear).catch(() => undefined);
    return process;
  } catch (error) {
    await clear();
    throw error;
  }
}
