import { randomUUID } from "node:crypto";
import { isStoreFault, type Store, type StoredUpload, type UploadProgress } from "../../store/index.js";
import type { Installation } from "../installation/installation.js";
import type { ImportResult } from "./import-result.js";
import { analyseNow, type Reanalysed, type TellProgress } from "../installation/reanalyse.js";

/** This process, among those that may work on an import. */
const owner = randomUUID();
const beatMs = 2000;

/**
 * Analyses what was sent and waits, all of it together, and what a process left behind that has ended. Everything that it
 * does may be done again: rows are folded in once per document, cases open and move by what is there already. Rejects
 * with what the analysis rejects with; what it was about waits again, or has failed where it was tried often enough.
 */
export async function runImports(installation: Installation): Promise<number> {
  const { uploads } = installation.store;
  if ((await uploads.open()).length === 0) return 0;
  return installation.turn(async () => {
    const claimed = await uploads.claim(owner);
    if (claimed.length === 0) return 0;
    const heart = startHeart(installation.store, claimed);
    try {
      const held = await Promise.all(claimed.map((id) => uploads.find(id)));
      const senders = new Set(held.map((upload) => upload?.by));
      const [by] = senders;
      const made = await analyseNow(installation, senders.size === 1 ? by : undefined, heart.tell);
      await heart.stop();
      for (const upload of held)
        if (upload !== undefined)
          await uploads.done(owner, [upload.id], {
            analysis: made.import ?? made.digest,
            result: JSON.stringify(resultOf(upload, made)),
          });
      for (const id of claimed) await installation.store.announcements.add("progress", { id, state: "done" });
      return claimed.length;
    } catch (error) {
      await heart.stop();
      await giveBack(installation.store, claimed, error);
      throw error;
    }
  });
}

/** A database that is away cannot be told; whoever claims next finds that nobody works on them. */
async function giveBack(
  { uploads, announcements }: Store,
  ids: readonly string[],
  error: unknown,
): Promise<void> {
  try {
    for (const id of await uploads.failed(owner, ids, reasonOf(error)))
      await announcements.add("progress", { id, state: "failed" });
  } catch (told) {
    if (!isStoreFault(told)) throw told;
  }
}

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 2000);

const resultOf = (upload: StoredUpload, made: Reanalysed): ImportResult => ({
  documents: upload.documents,
  analysis: made.digest,
  opened: made.opened,
  redecided: made.redecided,
  verified: made.verified,
  refused: made.refused,
  rejected: made.analysis.rejected,
});

/** Says every two seconds that they are worked on and how far they have come. */
function startHeart(
  { uploads, announcements }: Store,
  ids: readonly string[],
): { readonly tell: TellProgress; readonly stop: () => Promise<void> } {
  let progress: UploadProgress | undefined;
  let told = "";
  let beating: Promise<void> | undefined;
  const beat = async (): Promise<void> => {
    await uploads.beat(owner, progress);
    const text = JSON.stringify(progress ?? {});
    if (text === told || progress === undefined) return;
    told = text;
    for (const id of ids) await announcements.add("progress", { id, state: "running", ...progress });
  };
  const timer = setInterval(() => {
    // One that does not come through is followed by another.
    beating ??= beat()
      .catch(() => undefined)
      .finally(() => (beating = undefined));
  }, beatMs);
  timer.unref();
  return {
    tell(phase, done, total) {
      progress = { phase, done, ...(total === undefined ? {} : { total }) };
    },
    async stop() {
      clearInterval(timer);
      await beating;
    },
  };
}

export type ImportState =
  | { readonly kind: "waiting" | "running" }
  | { readonly kind: "done"; readonly result: ImportResult }
  | { readonly kind: "failed"; readonly failure: string };

/** How far an import has come; it is there. */
export async function followImport({ store }: Pick<Installation, "store">, id: string): Promise<ImportState> {
  const upload = await store.uploads.find(id);
  if (upload === undefined) throw new Error(`the import \`${id}\` is gone`);
  const { state, result = "{}", failure = "" } = upload;
  if (state === "done") return { kind: state, result: JSON.parse(result) as ImportResult };
  return state === "failed" ? { kind: state, failure } : { kind: state };
}
